package io.heddle.dsl

import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Contrast
import io.heddle.model.Contrastive
import io.heddle.model.CrossEntropy
import io.heddle.model.FrameError
import io.heddle.model.Head
import io.heddle.model.Labels
import io.heddle.model.Logits
import io.heddle.model.Matching
import io.heddle.model.Objective
import io.heddle.model.Pool
import io.heddle.model.Speech
import io.heddle.model.StopCrossEntropy
import io.heddle.terms.Depth
import io.heddle.terms.Deviation
import io.heddle.terms.Pooling

/** The usual objectives of each head; classes and boxes over the same sequence are matched together. */
internal fun usualObjectives(heads: List<Head>): List<Objective> =
    heads.flatMap { head ->
        when (head) {
            is Logits -> listOf(CrossEntropy(head.name, 0.0, Depth.LastLayer, 1.0))
            is Classify ->
                when {
                    heads.any { it is Boxes && it.input == head.input && head.pooling == Pooling.Each } -> emptyList()
                    head.labels == Labels.Many -> listOf(BinaryCrossEntropy(head.name, 1.0))
                    else -> listOf(CrossEntropy(head.name, 0.0, Depth.LastLayer, 1.0))
                }
            is Boxes ->
                heads
                    .filter { it is Classify && it.input == head.input && it.pooling == Pooling.Each }
                    .take(1)
                    .map { Matching(it.name, head.name, 5.0, 2.0, 0.1, Depth.LastLayer, 1.0) }
            is Contrast -> listOf(Contrastive(head.name, 1.0))
            is Speech ->
                listOf(
                    FrameError(head.name, Deviation.Absolute, 1.0),
                    StopCrossEntropy(head.name, ObjectiveScope.POSITIVE, 1.0),
                )
            is Pool -> emptyList()
        }
    }
