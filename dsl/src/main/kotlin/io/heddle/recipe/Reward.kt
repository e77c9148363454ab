package io.heddle.recipe

import java.util.Optional
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.Transient

/** How good what a model has written is, as a number: more is better. */
@Serializable
public sealed interface Reward {
    /**
     * BLEU of one sentence, from 0 to 1: `min(1, exp(1 - r / h)) * (p1 p2 p3 p4)^(1/4)` for `h` words and a target of
     * `r`, where 1 is added to the matches and to the totals of n-grams of 2 words and more (Lin and Och, COLING 2004,
     * section 4; method 2 of Chen and Cherry, WMT 2014). Without a word of the target it is 0.
     */
    @Serializable
    @SerialName("bleu")
    public data class Bleu
    @JvmOverloads
    constructor(public val tokenization: BleuTokenization = BleuTokenization.Mteval13a) : Reward

    /** chrF2 of one sentence, from 0 to 1: see [Metric.ChrF]. */
    @Serializable @SerialName("chrF") public data object ChrF : Reward

    /** 1 where exactly the target is written, word for word, and 0 otherwise. */
    @Serializable @SerialName("exactMatch") public data object ExactMatch : Reward

    /**
     * What a function of the script says, as finite numbers of any size. It is known by its [name] alone: that is what
     * is stored and compared, so that a function that changes is given another. A recipe that is read from JSON names
     * it, and cannot be trained.
     */
    @Serializable
    @SerialName("function")
    public data class Function(public val name: String) : Reward {
        @Transient private var said: SequenceReward? = null

        /** The function [reward], which is called [name]. */
        public constructor(name: String, reward: SequenceReward) : this(name) {
            said = reward
        }

        /** The function; none where the recipe was read from JSON. */
        public fun reward(): Optional<SequenceReward> = Optional.ofNullable(said)
    }
}

/** How good a text is that a model has written. */
public fun interface SequenceReward {
    /** The reward of [written], where [target] should have been written. */
    public fun of(written: String, target: String): Double
}
