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
     * Running text with hidden words: each sequence is [context] tokens, and its labels are those of them that are
     * hidden, a [share] drawn at random. Of these, 80 % are replaced by the mask, 10 % by any token, and 10 % stay
     * (arXiv 1810.04805, section 3.1 and appendix A.1). The mask is the token after the tokenizer's last one.
     *
     * @property files UTF-8 files, read one after the other
     * @property validation the share at the end, by characters, that is held out
     */
    @Serializable
    @SerialName("maskedText")
    public data class MaskedText(
        public val files: List<String>,
        public val context: Int,
        public val tokenizer: Tokenization,
        public val validation: Double,
        public val share: Double,
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
     * Texts with a class each: the model reads a text and says which of [classes] it is of.
     *
     * @property columns where a text and its class stand
     * @property classes what the classes are called in the files; class n of the model is the n-th
     * @property maximumLength of longer texts, in tokens, the beginning is read
     * @property wordDropout the share of the tokens to learn from that are read as unknown words, drawn anew each time
     *   (Iyyer et al. 2015, "Deep unordered composition rivals syntactic methods for text classification", section 3.2)
     */
    @Serializable
    @SerialName("labelledTexts")
    public data class LabelledTexts(
        public val training: String,
        public val validation: String,
        public val columns: Columns,
        public val classes: List<String>,
        public val tokenizer: Tokenization,
        public val maximumLength: Int,
        public val wordDropout: Double,
    ) : Data

    /**
     * Sentences with a tag for each word: a word a line, and a line without one behind each sentence, as in the shared
     * tasks of CoNLL. What a tokenizer makes of a word has its tag at the first token, and none at the others.
     *
     * A line that begins with `#` and has no tab is a remark, and a word whose tag is `_` is left out: CoNLL-U has
     * both.
     *
     * @property columns where a word and its tag stand
     * @property tags what the tags are called in the files; class n of the model is the n-th
     * @property maximumLength sentences with more tokens are left out of training
     * @property wordDropout the share of the tokens to learn from that are read as unknown words, drawn anew each time:
     *   with [Tokenization.WordsAndEndings] as their endings, so that these are learned from frequent words, too (arXiv
     *   1603.04351, section 4.3)
     */
    @Serializable
    @SerialName("taggedWords")
    public data class TaggedWords(
        public val training: String,
        public val validation: String,
        public val columns: Columns.Numbered,
        public val tags: List<String>,
        public val tokenizer: Tokenization,
        public val maximumLength: Int,
        public val wordDropout: Double,
    ) : Data

    /**
     * Pictures with a class each: the model looks at a picture and says which of [classes] it is of.
     *
     * @property classes what the classes are called; class n of the model is the n-th, and is `n` in the files, from 0
     * @property augmentation how pictures that are learned from are changed, each time anew
     */
    @Serializable
    @SerialName("pictures")
    public data class Pictures(
        public val training: PictureFiles,
        public val validation: HeldOutPictures,
        public val classes: List<String>,
        public val scaling: PixelScaling,
        public val augmentation: Augmentation,
    ) : Data

    /**
     * Pictures with any number of objects, each with a box and a class: the model looks at a picture and says where
     * what is (arXiv 2005.12872).
     *
     * @property classes what kinds of objects are called; class n of the model is the n-th, and one more is for nothing
     */
    @Serializable
    @SerialName("boxedPictures")
    public data class BoxedPictures(
        public val training: BoxedSource,
        public val validation: BoxedSource,
        public val classes: List<String>,
        public val scaling: PixelScaling,
    ) : Data

    /**
     * Recordings of speech with what is said in them: the model hears frames of sound and writes the text, end token
     * included.
     *
     * [training] and [validation] are lists in UTF-8: in each line stand the path of a WAV file, relative to the list,
     * a tab, and what is said. Recordings have one channel of 16 bits and the rate of the [features], which are
     * computed when a training begins, and kept in memory.
     *
     * @property maximumSeconds longer recordings are left out of training
     * @property maximumLength recordings of which more is said, in tokens, are left out of training
     */
    @Serializable
    @SerialName("recordings")
    public data class Recordings(
        public val training: String,
        public val validation: String,
        public val features: LogMel,
        public val tokenizer: Tokenization,
        public val maximumSeconds: Double,
        public val maximumLength: Int,
    ) : Data

    /**
     * Graphs of a stochastic block model with noisy features, drawn by Heddle itself: the model says of each node which
     * block it is of (arXiv 1807.09596, section 1; arXiv 2003.00982, section 4.2, for graphs that are not learned
     * from).
     *
     * A graph has `n` nodes, uniform in [minimumNodes] to [maximumNodes]. The block `b` of a node is uniform in 0 to
     * [blocks] - 1, its features are `signal * e(b) + z`, where `e(b)` is 1 at place `b` and 0 elsewhere, and `z` is
     * normal with deviation 1 at each of the [blocks] places. An edge joins two nodes with probability [within] where
     * their blocks are the same, and [between] where they differ; no node is joined to itself.
     *
     * What is known without edges is bounded: the best guess is the greatest feature, and right with probability
     * `integral of density(x - signal) * distribution(x)^(blocks - 1)` of a standard normal.
     *
     * Differs from arXiv 1807.09596: any number of blocks, whose means are the same in all graphs.
     */
    @Serializable
    @SerialName("blockGraphs")
    public data class BlockGraphs(
        public val graphs: Int,
        public val validationGraphs: Int,
        public val minimumNodes: Int,
        public val maximumNodes: Int,
        public val blocks: Int,
        public val within: Double,
        public val between: Double,
        public val signal: Double,
        public val seed: Long,
    ) : Data

    /**
     * Pairs of number sequences and their reverses, written by Heddle itself as JoeyNMT's generate_reverse_task.py
     * does.
     *
     * @property maximumLength the longest sequence to learn from
     * @property longer how much longer than that the held-out sequences may be; 0 asks for no length that was never
     *   learned
     */
    @Serializable
    @SerialName("reverseTask")
    public data class ReverseTask(
        public val pairs: Int,
        public val validationPairs: Int,
        public val maximumLength: Int,
        public val symbols: Int,
        public val seed: Long,
        public val longer: Int,
    ) : Data
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

    /**
     * As [TwoFiles], and line n of [alignments] says which of their words belong together: `0-0 1-2`, a word of the
     * source and one of the target, from 0, as aligners write it. Fertilities are learned from it (arXiv 1711.02281,
     * section 3.3).
     */
    @Serializable
    @SerialName("aligned")
    public data class Aligned(public val source: String, public val target: String, public val alignments: String) :
        PairFiles
}

/**
 * Which columns of a file are read: between tabs or, in a file whose name ends in `.csv`, between commas, with quotes
 * as in RFC 4180.
 */
@Serializable
public sealed interface Columns {
    /** Columns by number, from 1; every line is an example. */
    @Serializable
    @SerialName("numbered")
    public data class Numbered(public val input: Int, public val label: Int) : Columns

    /** Columns by the names that the first line gives them. */
    @Serializable
    @SerialName("named")
    public data class Named(public val input: String, public val label: String) : Columns
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

    /**
     * As [Words]; but a rarer word is what it is in small letters, where that is known, or else a token of its shape
     * and its last three letters, or of fewer letters where rarer words with those are rare themselves (after Brants
     * 2000, "TnT", section 2.3, which draws on endings of ten letters).
     */
    @Serializable
    @SerialName("wordsAndEndings")
    public data class WordsAndEndings(public val minimum: Int) : Tokenization

    /**
     * Parts of words, learned from the training text by byte pair encoding: at first each character is a token, and
     * then the two neighbours that come most often become one, until there are [vocabulary] tokens, special ones among
     * them, or no two come twice (arXiv 1508.07909, algorithm 1). Shared by all sides that say it.
     */
    @Serializable
    @SerialName("bytePairEncoding")
    public data class BytePairEncoding(public val vocabulary: Int) : Tokenization

    /** A `tokenizer.json` of Hugging Face's tokenizers. */
    @Serializable @SerialName("file") public data class File(public val path: String) : Tokenization
}
