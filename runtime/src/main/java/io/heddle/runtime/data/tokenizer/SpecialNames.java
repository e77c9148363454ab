package io.heddle.runtime.data.tokenizer;

import java.util.List;

/** How the tokens that stand for no text are usually called; the first that a vocabulary has is taken. */
public final class SpecialNames {
    /** Of what fills rows up. */
    public static final List<String> PADDING = List.of("<pad>", "[PAD]", "<|pad|>");

    /** Of what stands before a text. */
    public static final List<String> BEGIN =
            List.of("<s>", "<bos>", "<|begin_of_text|>", "<|startoftext|>", "[CLS]");

    /** Of what stands after a text. */
    public static final List<String> END = List.of("</s>", "<eos>", "<|end_of_text|>", "<|endoftext|>", "[SEP]");

    /** Of what stands for text outside the vocabulary. */
    public static final List<String> UNKNOWN = List.of("<unk>", "[UNK]");

    private SpecialNames() {}
}
