package io.heddle.terms

import kotlin.math.PI
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** In which order sines and cosines stand in a sinusoidal encoding. */
@Serializable
public enum class SinusoidOrder {
    /** Sine, cosine, sine, cosine, as in "Attention Is All You Need", section 3.5. */
    @SerialName("interleaved") Interleaved,

    /** All sines, then all cosines, as in tensor2tensor and fairseq. */
    @SerialName("concatenated") Concatenated,
}

/** Which two numbers of a head rotate together. */
@Serializable
public enum class RotaryPairs {
    /** Neighbours 2i and 2i + 1, as in RoFormer (arXiv 2104.09864, equation 34) and llama2.c. */
    @SerialName("interleaved") Interleaved,

    /** i and i + half of the head, as in GPT-NeoX and Hugging Face's LLaMA. */
    @SerialName("halfSplit") HalfSplit,
}

/** How rotary positions reach further than the texts a model was trained on. */
@Serializable
public sealed interface RotaryScaling {
    /** How far a pair turns from one position to the next that would turn by [frequency], in radians. */
    public fun slowed(frequency: Double): Double

    /** They do not. */
    @Serializable
    @SerialName("none")
    public data object None : RotaryScaling {
        override fun slowed(frequency: Double): Double = frequency
    }

    /** Every position is divided by [factor] (arXiv 2306.15595, equation 4). */
    @Serializable
    @SerialName("linear")
    public data class Linear(public val factor: Double) : RotaryScaling {
        override fun slowed(frequency: Double): Double = frequency / factor
    }

    /**
     * Pairs that turn fewer than [low] times over [length] positions are slowed down by [factor], those that turn more
     * than [high] times are not, and those between are in proportion (Llama 3.1; arXiv 2407.21783).
     */
    @Serializable
    @SerialName("byFrequency")
    public data class ByFrequency(
        public val factor: Double,
        public val low: Double,
        public val high: Double,
        public val length: Int,
    ) : RotaryScaling {
        override fun slowed(frequency: Double): Double {
            val turns = length * frequency / (2 * PI)
            val kept = ((turns - low) / (high - low)).coerceIn(0.0, 1.0)
            return kept * frequency + (1 - kept) * frequency / factor
        }
    }
}
