package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Which positions of a sequence a head reads. */
@Serializable
public enum class Pooling {
    /** The first. */
    @SerialName("first") First,

    /** The last real one. */
    @SerialName("last") Last,

    /** The mean of the real ones. */
    @SerialName("mean") Mean,

    /** The largest of the real ones, feature by feature. */
    @SerialName("max") Max,

    /** A mixture of the real ones by the softmax of a linear map to one number (arXiv 1703.03130, with one hop). */
    @SerialName("attentive") Attentive,

    /** Each by itself. */
    @SerialName("each") Each,
}
