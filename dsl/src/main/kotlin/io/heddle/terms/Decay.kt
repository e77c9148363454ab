package io.heddle.terms

import kotlin.math.max
import kotlin.math.pow
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** How the weight of an objective becomes less while a model is trained. */
@Serializable
public sealed interface Decay {
    /** It stays. */
    @Serializable @SerialName("none") public data object None : Decay

    /** `2^(-step / steps)`: half as much after every [steps] (SpeechBrain's `StepScheduler`, for guided attention). */
    @Serializable @SerialName("halfLife") public data class HalfLife(public val steps: Int) : Decay

    /** `max(0, 1 - step / steps)`: nothing from the step [steps] on. */
    @Serializable @SerialName("linear") public data class Linear(public val steps: Int) : Decay

    /** The share that is left after [step] steps, from 0 to 1. */
    public fun share(step: Long): Double =
        when (this) {
            is None -> 1.0
            is HalfLife -> 2.0.pow(-step.toDouble() / steps)
            is Linear -> max(0.0, 1.0 - step.toDouble() / steps)
        }
}
