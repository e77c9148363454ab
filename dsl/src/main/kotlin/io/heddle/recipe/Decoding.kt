package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How the next token is chosen from a model's scores. */
@Serializable
public sealed interface Decoding {
    /** The likeliest; the lower id of two alike. */
    @Serializable @SerialName("greedy") public data object Greedy : Decoding

    /**
     * Drawn from `p = softmax(logits / temperature)`, of which are kept, one after the other, and each time scaled to a
     * sum of 1:
     * - the [topK] likeliest (0 keeps all; arXiv 1805.04833),
     * - the fewest likeliest that together have probability [topP] (arXiv 1904.09751),
     * - those with `p >= minP * max p` (arXiv 2407.01082),
     * - the fewest that together have probability [typical], those first whose `-log p` is nearest to the entropy of
     *   `p` (arXiv 2202.00666, section 4).
     */
    @Serializable
    @SerialName("sampling")
    public data class Sampling
    @JvmOverloads
    constructor(
        public val temperature: Double = 1.0,
        public val topK: Int = 0,
        public val topP: Double = 1.0,
        public val minP: Double = 0.0,
        public val typical: Double = 1.0,
    ) : Decoding

    /**
     * The best of [size] sequences kept side by side, by `log p / length^lengthPenalty`, which is 0 or more, and what
     * [coverage] takes from it.
     */
    @Serializable
    @SerialName("beam")
    public data class Beam
    @JvmOverloads
    constructor(
        public val size: Int,
        public val lengthPenalty: Double = 1.0,
        public val coverage: Coverage = Coverage.None,
    ) : Decoding

    /**
     * Of the [candidates] likeliest tokens, the one with the highest `(1 - penalty) p(v) - penalty max_j cos(h(v),
     * h(x_j))`: `h` are the vectors that scores are made of, those of a candidate after it was read, and `x_j` all
     * tokens before it, of the prompt, too (arXiv 2202.06417, equation 5, where `penalty` is alpha).
     */
    @Serializable
    @SerialName("contrastive")
    public data class Contrastive
    @JvmOverloads
    constructor(public val candidates: Int = 5, public val penalty: Double = 0.6) : Decoding

    /**
     * [groups] beams of `size / groups` sequences each, where a group chooses by `log p - diversity * n`: `n` is how
     * often the groups before it have chosen the token at this step (arXiv 1610.02424, equation 5, with Hamming
     * diversity). Sequences are told apart by their own `log p / length^lengthPenalty`.
     */
    @Serializable
    @SerialName("diverseBeam")
    public data class DiverseBeam
    @JvmOverloads
    constructor(
        public val size: Int,
        public val groups: Int,
        public val diversity: Double = 0.5,
        public val lengthPenalty: Double = 1.0,
    ) : Decoding

    /**
     * All words at once, of a decoder that sees all places of its target (Ghazvininejad et al. 2019, arXiv 1904.09324,
     * section 4). For each of the [lengths] likeliest lengths `n` of a source:
     * ```
     * pass 1        reads n masks, and writes the likeliest word, of probability p, at each place
     * pass t + 1    masks the floor(n * (passes - t) / passes) words of the least p, and writes these anew
     * score         (log p(n) + the sum of log p over all places) / (n + 1), each p from the pass that wrote its word
     * ```
     *
     * Of the lengths that one is kept whose score is highest, cut behind the first end token. The paper's score is the
     * mean over the places alone: of a model that is sure of its words, whatever their number, a wrong length may win.
     * One pass over one length is what [Greedy] does where all words are written at once.
     */
    @Serializable
    @SerialName("allAtOnce")
    public data class AllAtOnce @JvmOverloads constructor(public val passes: Int = 10, public val lengths: Int = 5) :
        Decoding

    /** [way], of whose choices [rules] forbid or disfavour some. */
    @Serializable
    @SerialName("restricted")
    public data class Restricted(public val way: Decoding, public val rules: List<DecodingRule>) : Decoding
}

/** What may not be written, or hardly, whatever the scores are. */
@Serializable
public sealed interface DecodingRule {
    /** No [length] tokens in a row are written twice, those of the prompt included (arXiv 1705.04304, section 2.5). */
    @Serializable @SerialName("noRepeat") public data class NoRepeat(public val length: Int) : DecodingRule

    /**
     * The score of a token that is there already, in the prompt or after it, is divided by [factor] where it is above
     * 0, and multiplied by it elsewhere (arXiv 1909.05858, section 4.1, with the signs of Hugging Face transformers).
     */
    @Serializable
    @SerialName("repetitionPenalty")
    public data class RepetitionPenalty(public val factor: Double) : DecodingRule

    /** What is written begins with [text]. */
    @Serializable @SerialName("beginning") public data class Beginning(public val text: String) : DecodingRule

    /** What is written ends with the token that completes [text]. */
    @Serializable @SerialName("stop") public data class Stop(public val text: String) : DecodingRule

    /**
     * What is written has the tokens of [text] in a row, each text in a place of its own. For beams alone, which keep
     * sequences that have come further with it beside those that are likelier (arXiv 1804.06609).
     */
    @Serializable @SerialName("required") public data class Required(public val text: String) : DecodingRule
}
