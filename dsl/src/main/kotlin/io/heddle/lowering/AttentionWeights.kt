@file:JvmName("AttentionWeights")

package io.heddle.lowering

import io.heddle.check.Problem
import io.heddle.messages.AttentionMessages
import io.heddle.model.Attending
import io.heddle.model.Method
import io.heddle.model.Model
import io.heddle.model.word
import io.heddle.rules.AttentionPlace
import io.heddle.rules.fact

/** What the weights of an attention are for: the columns of `softmax(scores)`. */
public enum class WeightsOver {
    /**
     * The positions that are looked at, after those that are remembered. Of `hashed`, all rounds together; of heads
     * that hear of each other, before they do a second time.
     */
    Positions,

    /** Mixtures of positions, as many as the rank of `lowRank` says. */
    Mixtures,

    /** Nothing: `kernel` has no scores. */
    Nothing,
}

/** What the weights of this attention are for. */
public val Attending.weightsOver: WeightsOver
    get() =
        when (method) {
            is Method.Softmax,
            is Method.TopK,
            is Method.Hashed -> WeightsOver.Positions
            is Method.LowRank -> WeightsOver.Mixtures
            is Method.Kernel -> WeightsOver.Nothing
        }

/** Why the attention at [place] has no weights to record; nothing where it has. */
public fun Model.weightless(place: AttentionPlace): List<Problem> =
    when (place.attention.weightsOver) {
        WeightsOver.Positions,
        WeightsOver.Mixtures -> emptyList()
        WeightsOver.Nothing -> {
            val facts = listOf(fact("method", "kernel", place.path.word("method")))
            listOf(AttentionMessages.hasNoWeights().at(place.path, facts))
        }
    }
