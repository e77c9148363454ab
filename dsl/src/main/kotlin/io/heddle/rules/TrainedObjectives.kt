package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.AllAtOnceMessages
import io.heddle.messages.BoxDataMessages
import io.heddle.messages.LabelMessages
import io.heddle.messages.SpeakingMessages
import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Contrastive
import io.heddle.model.CrossEntropy
import io.heddle.model.FrameError
import io.heddle.model.GuidedAttention
import io.heddle.model.LoadBalance
import io.heddle.model.Matching
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.model.RouterSize
import io.heddle.model.StopCrossEntropy
import io.heddle.model.about

/**
 * What keeps [model] from being trained by a recipe, whose data has labels of [head] alone. Beside the one objective
 * that these are for, others may guide what needs no labels.
 */
internal fun otherObjectives(model: Model, head: String): List<Problem> {
    // A model without any, and one with other labels, are told of elsewhere.
    if (model.objectives.isEmpty() || model.labelled().map { it.about } == listOf(listOf(head))) return emptyList()
    return listOf(LabelMessages.otherObjectives(head).at(model.name, objectivesOf(model)))
}

/** The same of a model that learns its [words] and their number, [length], together. */
internal fun otherObjectives(model: Model, words: String, length: String): List<Problem> {
    val labelled = model.labelled()
    val both =
        labelled.all { it is CrossEntropy } && labelled.flatMap { it.about }.sorted() == listOf(words, length).sorted()
    if (both) return emptyList()
    return listOf(AllAtOnceMessages.otherObjectives(words, length).at(model.name, objectivesOf(model)))
}

/** The same of a model that learns frames and where they end, of [speech], together. */
internal fun otherSpoken(model: Model, speech: String): List<Problem> {
    val labelled = model.labelled()
    val frames = labelled.filter { it is FrameError }
    val stops = labelled.filter { it is StopCrossEntropy }
    val fine = frames.isNotEmpty() && stops.size == 1 && frames.size + stops.size == labelled.size
    if (fine || model.objectives.isEmpty()) return emptyList()
    return listOf(SpeakingMessages.otherObjectives(speech).at(model.name, objectivesOf(model)))
}

/** The same of a model that learns the class, [label], and the [box] of each object together. */
internal fun otherMatching(model: Model, label: String, box: String): List<Problem> {
    val matched = model.labelled().singleOrNull() as? Matching
    if (matched?.about == listOf(label, box)) return emptyList()
    return listOf(BoxDataMessages.otherObjectives(label, box).at(model.name, objectivesOf(model)))
}

/** The objectives that have labels. */
private fun Model.labelled() = objectives.filter { it !is GuidedAttention }

private fun objectivesOf(model: Model) =
    listOf(Fact("objectives", model.objectives.joinToString { it.word }.ifEmpty { "none" }))

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
            is FrameError -> "frameError"
            is StopCrossEntropy -> "stopCrossEntropy"
        }
