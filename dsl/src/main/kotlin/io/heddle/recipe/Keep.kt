package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Which weights a training leaves: those that are evaluated, that write, and that are handed on. */
@Serializable
public sealed interface Keep {
    /** Those after the last step. */
    @Serializable @SerialName("last") public data object Last : Keep

    /**
     * Those of the best look at the held-out data [by] one of its figures, the earliest of equals. The training itself
     * goes on from the last weights, and takes all its steps.
     *
     * A figure that chose the weights is better than the model is on data that chose nothing: measure on a test set of
     * its own.
     */
    @Serializable
    @SerialName("best")
    public data class Best @JvmOverloads constructor(public val by: BestBy = BestBy.Loss) : Keep
}

/** By which figure one look at the held-out data is better than another. */
@Serializable
public sealed interface BestBy {
    /**
     * The loss of the held-out data: the lowest is best. Where labels are learned it is a mean over them, in nats; of
     * frames and of boxes it is what their objectives say, which has no unit.
     */
    @Serializable @SerialName("loss") public data object Loss : BestBy

    /** The share of labels that have the highest score, for data that has labels: the highest is best. */
    @Serializable @SerialName("accuracy") public data object Accuracy : BestBy

    /**
     * A [metric] that the recipe asks for: the highest is best, but of rates of edits and errors, where it is the
     * lowest. ROUGE goes by ROUGE-L, entities by their F1.
     */
    @Serializable @SerialName("measured") public data class Measured(public val metric: Metric) : BestBy
}
