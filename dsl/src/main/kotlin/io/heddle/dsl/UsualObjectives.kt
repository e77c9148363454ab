package io.heddle.dsl

import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Contrast
import io.heddle.model.Contrastive
import io.heddle.model.CrossEntropy
import io.heddle.model.Head
import io.heddle.model.Labels
import io.heddle.model.Logits
import io.heddle.model.Matching
import io.heddle.model.Objective
import io.heddle.model.Pool
import io.heddle.terms.Depth
import io.heddle.terms.Pooling

/** The usual objective of each head; classes and boxes over the same sequence are matched together. */
internal fun usualObjectives(heads: List<Head>): List<Objective> =
    heads.mapNotNull { head ->
        when (head) {
            is Logits -> CrossEntropy(head.name, 0.0, Depth.LastLayer, 1.0)
            is Classify ->
                when {
                    heads.any { it is Boxes && it.input == head.input && head.pooling == Pooling.Each } -> null
                    head.labels == Labels.Many -> BinaryCrossEntropy(head.name, 1.0)
                    else -> CrossEntropy(head.name, 0.0, Depth.LastLayer, 1.0)
                }
            is Boxes ->
                heads
                    .find { it is Classify && it.input == head.input && it.pooling == Pooling.Each }
                    ?.let { Matching(it.name, head.name, 5.0, 2.0, 0.1, Depth.LastLayer, 1.0) }
            is Contrast -> Contrastive(head.name, 1.0)
            is Pool -> null
        }
    }
