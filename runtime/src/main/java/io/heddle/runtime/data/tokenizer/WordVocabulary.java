package io.heddle.runtime.data.tokenizer;

import java.util.List;
import java.util.OptionalInt;

/** A tokenizer with one token for each word, which can tell which words it has. */
public sealed interface WordVocabulary permits WordTokenizer, EndingTokenizer {
    /** The words of a text: one for each token that it is encoded as. */
    List<String> words(String text);

    /** The token of a word; empty when the vocabulary does not have it. */
    OptionalInt id(String word);
}
