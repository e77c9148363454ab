package io.heddle.lowering

import io.heddle.rules.AttentionPlace

/** What each run of a graph of [Purpose.Decoding] gives. */
public sealed interface DecodingView {
    /** The scores of the token after the last that is read, `[batch, vocabulary]`. */
    public data object Next : DecodingView

    /** The scores of the token after each that is read, `[batch, time, vocabulary]`. */
    public data object Every : DecodingView

    /**
     * As [Next], and beside them the vectors that scores are made of, of every token that is read, `[batch, time,
     * width]`: see [Names.vectors].
     */
    public data object Vectors : DecodingView

    /** As [Next], and beside them what [attentions] give to each position: see [Names.attentionWeights]. */
    public data class Weights(public val attentions: List<AttentionPlace>) : DecodingView
}
