package io.heddle.experiment

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What a variant may have more of than another, so that a comparison of both is none of what they describe. */
@Serializable
public enum class Resource {
    /** Numbers of all weights, frozen ones among them. */
    @SerialName("parameters") Parameters,

    /** Operations of all steps together; see [io.heddle.describe.ModelCost.training]. */
    @SerialName("operations") Operations,

    /** Seconds that the steps of a training take. */
    @SerialName("time") Time,
}

/** What all variants of an experiment have alike. */
@Serializable
public sealed interface Parity {
    /** Whatever each of them has; the report tells it. */
    @Serializable @SerialName("none") public data object None : Parity

    /**
     * Nothing is trained where a variant has more or less of [resource] than the first one, by more than the share
     * [within].
     */
    @Serializable
    @SerialName("required")
    public data class Required(public val resource: Resource, public val within: Double) : Parity

    /** Each variant is trained for as many steps as come to what the first one has of [resource]. */
    @Serializable @SerialName("rescaled") public data class Rescaled(public val resource: Resource) : Parity
}
