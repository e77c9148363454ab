package io.heddle.terms

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
