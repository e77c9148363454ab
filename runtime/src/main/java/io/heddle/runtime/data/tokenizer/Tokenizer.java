package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.messages.TokenizerMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Text to token ids and back. Immutable; may be used by several threads. */
public sealed interface Tokenizer
        permits CharacterTokenizer, WordTokenizer, EndingTokenizer, Llama2cTokenizer, HuggingFaceTokenizer {

    /** The file that {@link #save} writes and {@link #load} looks for in a folder. */
    String FILE_NAME = "tokenizer.json";

    /**
     * The ids of {@code text} alone, without begin or end.
     *
     * @param origin where the text comes from, for problems
     * @throws ProblemsException when the text holds what this tokenizer has no token for
     */
    int[] encode(String text, TextOrigin origin);

    /** {@link #encode(String, TextOrigin)} of a text that comes from no file. */
    default int[] encode(String text) {
        return encode(text, TextOrigin.startOf("text"));
    }

    /**
     * The ids that a decoder-only model reads before it continues {@code text}: the text's own, with the special tokens
     * around them that its tokenizer's makers put there (LLaMA: begin before it; GPT-2 and characters: none).
     */
    default int[] prompt(String text, TextOrigin origin) {
        return encode(text, origin);
    }

    /**
     * The text of {@code ids}; padding, begin and end give no text.
     *
     * @throws ProblemsException when an id is outside the vocabulary
     */
    default String decode(int[] ids) {
        StreamingDecoder decoder = streamingDecoder();
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(decoder.next(id));
        }
        return text.append(decoder.finish()).toString();
    }

    /**
     * What a reader sees of one token alone: its text, or the name of one that stands for no text, such as {@code </s>}.
     *
     * @throws ProblemsException when the id is outside the vocabulary
     */
    default String piece(int id) {
        return specialIds().name(requireKnown(id)).orElseGet(() -> decode(new int[] {id}));
    }

    /** A fresh decoder for ids that come one by one. */
    StreamingDecoder streamingDecoder();

    /** How many ids there are: every id is at least 0 and below this. */
    int vocabularySize();

    /** The ids of tokens that stand for no text. */
    SpecialIds specialIds();

    /**
     * The token that would stand where {@code id} does, were its word in no vocabulary; empty where a tokenizer has none for
     * such words.
     */
    default OptionalInt unknown(int id) {
        return specialIds().unknown();
    }

    /** Writes {@value #FILE_NAME} (and what goes with it) into {@code folder}; {@link #load} gives an equal tokenizer. */
    void save(Path folder) throws IOException;

    /**
     * Reads what {@link #save} wrote, or a {@code tokenizer.json} of Hugging Face's tokenizers.
     *
     * @param path the file, or the folder that holds {@value #FILE_NAME}
     * @throws ProblemsException when the file is missing, is no JSON or describes no tokenizer
     */
    static Tokenizer load(Path path) {
        return TokenizerLoader.load(path);
    }

    /**
     * Returns {@code id} when it is inside the vocabulary.
     *
     * @throws ProblemsException otherwise
     */
    default int requireKnown(int id) {
        if (id < 0 || id >= vocabularySize()) {
            throw new ProblemsException(TokenizerMessages.unknownToken(id, vocabularySize()));
        }
        return id;
    }
}
