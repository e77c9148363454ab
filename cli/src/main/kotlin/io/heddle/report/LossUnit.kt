package io.heddle.report

import io.heddle.experiment.Experiment
import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Contrastive
import io.heddle.model.CrossEntropy
import io.heddle.model.FrameError
import io.heddle.model.GuidedAttention
import io.heddle.model.LoadBalance
import io.heddle.model.Matching
import io.heddle.model.Objective
import io.heddle.model.RouterSize
import io.heddle.model.StopCrossEntropy

/** What the losses of an experiment are in. */
internal enum class LossUnit(val caption: String) {
    /** Minus the natural logarithm of a probability. */
    Nats("Losses in nats a token or label") {
        override fun of(amount: String) = "$amount nats"

        override fun axis(name: String) = "$name (nats)"
    },

    /** A sum of terms that are of several kinds, such as logarithms and distances. */
    None("Losses are sums of several terms, and have no unit") {
        override fun of(amount: String) = amount

        override fun axis(name: String) = name
    };

    /** An amount of it. */
    abstract fun of(amount: String): String

    /** What an axis with a loss of this [name] is called. */
    abstract fun axis(name: String): String

    companion object {
        /** That of all variants, which are told side by side. */
        fun of(experiment: Experiment): LossUnit =
            if (experiment.variants.all { variant -> variant.model.objectives.all { isInNats(it) } }) Nats else None

        /** Whether it is a logarithm, or a term that only guides beside one. */
        private fun isInNats(objective: Objective) =
            when (objective) {
                is CrossEntropy,
                is BinaryCrossEntropy,
                is Contrastive,
                is LoadBalance,
                is RouterSize,
                is GuidedAttention -> true
                is Matching,
                is FrameError,
                is StopCrossEntropy -> false
            }
    }
}
