package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How a stack ends. */
@Serializable
public enum class Ending {
    /**
     * With a norm like the last residual's, where the layout has one: before it sums have grown from layer to layer.
     */
    @SerialName("normed") Normed,

    /** With what the last layer made. */
    @SerialName("bare") Bare,
}
