package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** On which side of a query keys are told apart. */
@Serializable
public enum class Side {
    /** Before and after, with half of the buckets each. */
    @SerialName("both") Both,

    /** Before it; what comes after is as near as itself. */
    @SerialName("past") Past,
}
