package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What becomes of windows that reach beyond a picture's edge. */
@Serializable
public enum class WindowEdge {
    /** They hold fewer positions. */
    @SerialName("cut") Cut,

    /**
     * Rows and columns of zeros are put below and on the right, until windows fill the picture. They become queries,
     * keys and values by the same maps, biases included, and are seen as others are; what they see is thrown away
     * (Swin's code).
     */
    @SerialName("filled") Filled,
}

/** What becomes of the pixels that fill no patch. */
@Serializable
public enum class PatchEdge {
    /** There are none: rows and columns are multiples of a patch. */
    @SerialName("whole") Whole,

    /** Rows and columns of zeros are put below and on the right, until patches fill the picture (Swin's code). */
    @SerialName("filled") Filled,
}
