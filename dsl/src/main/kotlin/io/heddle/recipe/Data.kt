package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What a model learns from. Relative paths are relative to the file that says them. */
@Serializable
public sealed interface Data {
    /**
     * Running text: each sequence is [context] tokens from a place drawn at random, and its labels are the tokens one
     * further on. Where the model has a memory (`memory(150)`), the text is read in order instead: it is cut into as
     * many rows as a step has sequences, and each row goes on where it ended (arXiv 1901.02860, section 3.2).
     *
     * @property files UTF-8 files, read one after the other
     * @property validation the share at the end, by characters, that is held out
     */
    @Serializable
    @SerialName("text")
    public data class Text(
        public val files: List<String>,
        public val context: Int,
        public val tokenizer: Tokenization,
        public val validation: Double,
    ) : Data

    /**
     * Sentence pairs: the model reads the source and writes the target, end token included.
     *
     * @property maximumLength pairs with a longer side, in tokens, are left out of training
     */
    @Serializable
    @SerialName("pairs")
    public data class Pairs(
        public val training: PairFiles,
        public val validation: PairFiles,
        public val source: Tokenization,
        public val target: Tokenization,
        public val maximumLength: Int,
    ) : Data

    /**
     * Pairs of number sequences and their reverses, written by Heddle itself as JoeyNMT's generate_reverse_task.py
     * does.
     *
     * @property maximumLength the longest sequence to learn from; those held out may be [HELD_OUT_LONGER] longer
     */
    @Serializable
    @SerialName("reverseTask")
    public data class ReverseTask(
        public val pairs: Int,
        public val validationPairs: Int,
        public val maximumLength: Int,
        public val symbols: Int,
        public val seed: Long,
    ) : Data {
        public companion object {
            /** How much longer than those learned from the held-out sequences may be. */
            public const val HELD_OUT_LONGER: Int = 5
        }
    }
}

/** Where sentence pairs stand. */
@Serializable
public sealed interface PairFiles {
    /** Line n of one file belongs to line n of the other. */
    @Serializable
    @SerialName("files")
    public data class TwoFiles(public val source: String, public val target: String) : PairFiles

    /** A tab between the two sides of each line. */
    @Serializable @SerialName("tabSeparated") public data class TabSeparated(public val file: String) : PairFiles
}

/** How text becomes token ids. */
@Serializable
public sealed interface Tokenization {
    /** Each character of the training text is a token; ids in the order of code points. */
    @Serializable @SerialName("characters") public data object Characters : Tokenization

    /**
     * Words between blanks that occur at least [minimum] times, after the special tokens; shared by all sides that say
     * it.
     */
    @Serializable @SerialName("words") public data class Words(public val minimum: Int) : Tokenization

    /** A `tokenizer.json` of Hugging Face's tokenizers. */
    @Serializable @SerialName("file") public data class File(public val path: String) : Tokenization
}
