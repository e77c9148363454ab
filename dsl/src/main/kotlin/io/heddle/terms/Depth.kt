package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** After which layers of the stack below a loss is taken. */
@Serializable
public enum class Depth {
    /** After the last. */
    @SerialName("lastLayer") LastLayer,

    /** After each, by the same head, and added up (arXiv 2005.12872, section 3.2). */
    @SerialName("allLayers") AllLayers,
}
