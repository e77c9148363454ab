package io.heddle.lowering

/** What a graph is for: it decides what is dropped, what is kept between runs, and what comes out. */
public enum class Purpose {
    /** Dropout is on; the output is `loss`. */
    Training,

    /**
     * As [Training], of a model that writes, but dropout is off; words that it has drawn count, too, by weights that
     * are given, see [Names.drawn].
     */
    Rewarding,

    /** Dropout is off; the outputs are `loss` and every logits. */
    Evaluation,

    /**
     * Dropout is off; the outputs are every sequence that no other component reads, and every logits. No labels are
     * read.
     */
    Inference,

    /**
     * What the decoder looks at, once for a source: the keys and values of every cross-attention; where all words are
     * written at once, also the scores of their number.
     */
    Encoding,

    /**
     * The next tokens after those in the cache: the output is the logits of the last position, `[batch, vocabulary]`.
     */
    Decoding,

    /**
     * All tokens at once, of a model that foretells how many there are: the output is the logits of every position,
     * `[batch, time, vocabulary]`. As in [Decoding], keys and values of the source are inputs.
     */
    Filling;

    /** Whether the keys and values of a source are given, as [Encoding] makes them. */
    internal val readsEncoded: Boolean
        get() = this == Decoding || this == Filling

    /** Whether weights change by what the graph computes. */
    internal val learns: Boolean
        get() = this == Training || this == Rewarding
}
