package io.heddle.recipe

import kotlin.math.exp
import kotlin.math.max
import kotlin.math.min
import kotlin.math.pow
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What a decoder reads of what it has written before, while it learns to go on. */
@Serializable
public sealed interface DecoderInput {
    /** The true words, whatever it would have written itself. */
    @Serializable @SerialName("teacherForcing") public data object TeacherForcing : DecoderInput

    /**
     * Words of its own in the place of a [share] of the true ones, drawn anew in each step; the labels stay (Bengio et
     * al. 2015, arXiv 1506.03099, section 2.4). All places are read at once:
     * ```
     * read(0) = the true words
     * read(n) = at each drawn place the model's choice after read(n - 1), at all others the true word
     * ```
     *
     * One pass is the two-pass form for transformers (Mihaylova and Martins 2019, arXiv 1906.07651, section 3); with as
     * many [passes] as a sequence has words it is what writing word after word gives (Duckworth et al. 2019, arXiv
     * 1906.04331, section 3). Each pass is a run of the model without dropout, and takes some third of what a step of
     * teacher forcing does; gradients see the last words alone.
     *
     * @property choice which word the model puts in a place
     */
    @Serializable
    @SerialName("scheduledSampling")
    public data class ScheduledSampling
    @JvmOverloads
    constructor(
        public val share: SampledShare,
        public val passes: Int = 1,
        public val choice: OwnWord = OwnWord.Likeliest,
    ) : DecoderInput

    /**
     * No word at all: blanks, as many as there are words to write, which are then written all at once (Gu et al. 2018,
     * arXiv 1711.02281). A blank is a copy of a word of the source, `copies(source, length)`, or the mask: the token
     * after the tokenizer's last one. All words have labels, the end token included.
     */
    @Serializable @SerialName("blanks") public data object Blanks : DecoderInput

    /**
     * The true words but for those that are masked, which alone have labels (Ghazvininejad et al. 2019, arXiv
     * 1904.09324, section 3.1). Of a target of `n` words, the end token included, `k` are masked: `k` is drawn
     * uniformly from 1 to `n`, and every `k` places are as likely as any other. The mask is the token after the
     * tokenizer's last one.
     */
    @Serializable @SerialName("masked") public data object Masked : DecoderInput
}

/** Which share of the words is the decoder's own after some steps: 1 less what Bengio et al. 2015 call epsilon. */
@Serializable
public sealed interface SampledShare {
    /** Always [share]. */
    @Serializable @SerialName("constant") public data class Constant(public val share: Double) : SampledShare

    /** `min(highest, step / steps)` (section 2.4, linear decay). */
    @Serializable
    @SerialName("linear")
    public data class Linear @JvmOverloads constructor(public val steps: Int, public val highest: Double = 1.0) :
        SampledShare

    /** `1 - base^step` (section 2.4, exponential decay). */
    @Serializable @SerialName("exponential") public data class Exponential(public val base: Double) : SampledShare

    /** `1 - speed / (speed + exp(step / speed))` (section 2.4, inverse sigmoid decay). */
    @Serializable
    @SerialName("inverseSigmoid")
    public data class InverseSigmoid(public val speed: Double) : SampledShare

    /** The share after [step] steps, from 0 to 1. */
    public fun after(step: Long): Double =
        when (this) {
            is Constant -> share
            is Linear -> min(highest, step.toDouble() / steps)
            is Exponential -> 1.0 - base.pow(step.toDouble())
            is InverseSigmoid -> max(0.0, 1.0 - speed / (speed + exp(step / speed)))
        }
}

/** Which word a decoder puts in the place of a true one. */
@Serializable
public sealed interface OwnWord {
    /** The likeliest; the lower id of two alike. */
    @Serializable @SerialName("likeliest") public data object Likeliest : OwnWord

    /** Drawn from `softmax(logits / temperature)`. */
    @Serializable
    @SerialName("drawn")
    public data class Drawn @JvmOverloads constructor(public val temperature: Double = 1.0) : OwnWord
}
