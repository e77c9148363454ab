package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.RecipeMessages
import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Contrastive
import io.heddle.model.CrossEntropy
import io.heddle.model.GuidedAttention
import io.heddle.model.LoadBalance
import io.heddle.model.Matching
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.model.RouterSize
import io.heddle.model.about

/**
 * What keeps [model] from being trained by a recipe, whose data has labels of [head] alone. Beside the one objective
 * that these are for, others may guide what needs no labels.
 */
internal fun otherObjectives(model: Model, head: String): List<Problem> {
    val objectives = model.objectives
    val labelled = objectives.filter { it !is GuidedAttention }
    // A model without any, and one with other labels, are told of elsewhere.
    if (objectives.isEmpty() || (labelled.size == 1 && labelled.single().about == listOf(head))) return emptyList()
    val facts = listOf(Fact("objectives", objectives.joinToString { it.word }))
    return listOf(RecipeMessages.otherObjectives(head).at(model.name, facts))
}

/** What scripts call it. */
private val Objective.word: String
    get() =
        when (this) {
            is CrossEntropy -> "crossEntropy"
            is BinaryCrossEntropy -> "binaryCrossEntropy"
            is Contrastive -> "contrastive"
            is Matching -> "matching"
            is LoadBalance -> "loadBalance"
            is RouterSize -> "routerSize"
            is GuidedAttention -> "guidedAttention"
        }
