package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/**
 * Whether a model that writes also learns from what it writes itself, as a whole.
 *
 * After [after] steps of cross entropy, sequences `y` are drawn from the model for the sources of a batch, without
 * dropout, and cut at twice the words of the batch's longest target. `r(y)` is the [Reward] of one, `S` the number of
 * sources of a step; what a step makes small is told below. Gradients are of `log p(y)` as it was drawn from: without
 * dropout, and so is the cross entropy of such a step.
 */
@Serializable
public sealed interface Rewards {
    /** After how many steps of cross entropy sequences are rewarded. */
    public val after: Int

    /** It learns from the words of its targets alone. */
    @Serializable
    @SerialName("none")
    public data object None : Rewards {
        override val after: Int
            get() = Int.MAX_VALUE
    }

    /**
     * Makes `-E[r(y)]` small, the mean over the sources of a step, by
     *
     * ```
     * gradient = 1 / (S samples) * the sum over sources and samples of (r(y) - b) * gradient(-log p(y))
     * ```
     *
     * with the [baseline] `b` (Williams 1992; Ranzato et al. 2016, arXiv 1511.06732, equations 9 and 11).
     *
     * @property samples how many sequences are drawn for each source
     */
    @Serializable
    @SerialName("reinforce")
    public data class Reinforce
    @JvmOverloads
    constructor(
        public val reward: Reward,
        public val baseline: Baseline = Baseline.SelfCritical,
        public val samples: Int = 1,
        override val after: Int = 0,
    ) : Rewards

    /**
     * MIXER (Ranzato et al. 2016, arXiv 1511.06732, section 3.2.2): the first `s` words of each target are learned by
     * cross entropy, and what the model writes after them by [Reinforce] with one sample:
     * ```
     * s(step) = max(0, words - fewer * (1 + floor((step - after) / every)))
     * loss    = 1/N * the sum over sources of -log p(y*(1) .. y*(s))
     *         - 1/S * the sum over sources of E[r(y*(1) .. y*(s) y)]
     * ```
     *
     * `N` is the number of words of all targets of the step. Of a target of `s` words or less nothing is drawn, and it
     * has no part in the second sum. The paper stops at `s = 1`, this at 0.
     *
     * @property words how many words are learned by cross entropy before the first change: those of the longest target
     * @property fewer by how many words they become less at a time
     * @property every after how many steps they do
     */
    @Serializable
    @SerialName("mixer")
    public data class Mixer
    @JvmOverloads
    constructor(
        public val reward: Reward,
        public val words: Int,
        public val fewer: Int,
        public val every: Int,
        public val baseline: Baseline = Baseline.SelfCritical,
        override val after: Int = 0,
    ) : Rewards {
        /** How many words of each target are learned by cross entropy after [step] steps. */
        public fun words(step: Long): Int =
            if (step < after) Int.MAX_VALUE
            else (words - fewer * (1 + (step - after) / every)).coerceIn(0L, Int.MAX_VALUE.toLong()).toInt()
    }

    /**
     * Makes the expected loss over some sequences small, those drawn and the target, each counted once (Shen et al.
     * 2016, arXiv 1512.02433, equations 10 and 11, with `-r` as the loss):
     * ```
     * loss = 1/S * the sum over sources of the sum over sequences of q(y) * -r(y)
     * q(y) = p(y)^sharpness / the sum over sequences of p(y)^sharpness
     * ```
     *
     * @property samples how many sequences are drawn for each source
     * @property sharpness the paper's alpha
     */
    @Serializable
    @SerialName("minimumRisk")
    public data class MinimumRisk
    @JvmOverloads
    constructor(
        public val reward: Reward,
        public val samples: Int,
        public val sharpness: Double = 5e-3,
        override val after: Int = 0,
    ) : Rewards
}

/** What is taken off a reward before it counts: it leaves the mean of gradients as it is, and makes them vary less. */
@Serializable
public sealed interface Baseline {
    /** Nothing. */
    @Serializable @SerialName("none") public data object None : Baseline

    /** The reward of what the model writes greedily (Rennie et al. 2017, arXiv 1612.00563, equation 7). */
    @Serializable @SerialName("selfCritical") public data object SelfCritical : Baseline

    /** The mean reward of the other sequences drawn for the source (Kool et al. 2019, "Buy 4 REINFORCE samples"). */
    @Serializable @SerialName("meanOfOthers") public data object MeanOfOthers : Baseline

    /**
     * What a linear function of the decoder's state expects at each word (Ranzato et al. 2016, arXiv 1511.06732,
     * section 3.2.1): `b(t) = w h(t) + c`, where `h(t)` is what the scores of the word are computed from, a constant to
     * gradients. It begins with zeros and learns after each batch, by normalized least mean squares:
     * ```
     * (w, c) = (w, c) + rate * the mean over drawn words of (r(y) - b(t)) (h(t), 1) / |(h(t), 1)|^2
     * ```
     */
    @Serializable
    @SerialName("learned")
    public data class Learned @JvmOverloads constructor(public val rate: Double = 0.5) : Baseline
}
