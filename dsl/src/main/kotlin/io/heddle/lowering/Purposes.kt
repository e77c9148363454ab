@file:JvmName("Purposes")

package io.heddle.lowering

import io.heddle.check.Problem
import io.heddle.messages.AllAtOnceMessages
import io.heddle.messages.PurposeMessages
import io.heddle.messages.SpeakingMessages
import io.heddle.model.Attending
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Contrast
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.Method
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Pool
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.SequenceComponent
import io.heddle.model.Speech
import io.heddle.model.Stack
import io.heddle.model.Structure
import io.heddle.model.Sublayer
import io.heddle.model.TokenInput
import io.heddle.model.inputBelow
import io.heddle.rules.Writing
import io.heddle.rules.copiesAtOnce
import io.heddle.rules.decodedStacks
import io.heddle.rules.fact
import io.heddle.rules.notCausal
import io.heddle.rules.writing

/** What the cross-attentions of a stack look at. */
internal fun Stack.attended(): List<String> =
    layers.flatMap { layer -> layer.parts.filterIsInstance<CrossAttention>().map { it.from } }.distinct()

/** The sequences that no component reads. */
internal fun Model.ends(): List<SequenceComponent> {
    val read =
        components.flatMapTo(HashSet()) { component ->
            when (component) {
                is InputComponent,
                is RelationInput,
                is RelativeBias,
                is Contrast -> emptyList()
                is Logits -> listOf(component.input)
                is Pool -> listOf(component.input)
                is Classify -> listOf(component.input)
                is Boxes -> listOf(component.input)
                is Speech -> listOf(component.input)
                is NormComponent -> listOf(component.input)
                is MergedPatches -> listOf(component.input)
                is Stack -> component.attended().map { it.substringBefore('/') } + component.input
            }
        }
    return components.filterIsInstance<SequenceComponent>().filter { it.name !in read }
}

/** What keeps a legal model from [purpose]. */
internal fun Model.purposeProblems(purpose: Purpose): List<Problem> =
    when (purpose) {
        Purpose.Inference -> emptyList()
        Purpose.Training,
        Purpose.Evaluation -> untrained()
        Purpose.Rewarding -> untrained().ifEmpty { unwritten() }.ifEmpty { unlearned() }
        Purpose.Encoding ->
            when (val writing = writing) {
                is Writing.WordByWord -> undecodable()
                is Writing.AllAtOnce -> unfillable(writing)
            }
        Purpose.Decoding -> undecodable()
        Purpose.Filling ->
            when (val writing = writing) {
                is Writing.WordByWord -> listOf(AllAtOnceMessages.nothingForetellsHowMany().at(name))
                is Writing.AllAtOnce -> unfillable(writing)
            }
    }

private fun Model.untrained(): List<Problem> =
    if (objectives.isNotEmpty()) emptyList() else listOf(PurposeMessages.nothingToTrainFor().at(name))

/** Of a model that has one logits. */
private fun Model.unlearned(): List<Problem> {
    val head = all<Logits>().single().name
    val learned = objectives.count { it is CrossEntropy && it.scores == head } == 1
    return if (learned) emptyList() else listOf(PurposeMessages.wordsAreNotLearned().at(head))
}

/** What keeps the model from writing all words at once. */
private fun Model.unfillable(writing: Writing.AllAtOnce): List<Problem> =
    copiesAtOnce(writing) + unfinished(writing.blanks.name)

private fun Model.undecodable(): List<Problem> =
    all<Speech>().singleOrNull()?.unsaid(this, all<Logits>().size) ?: unwritten()

private fun Model.unwritten(): List<Problem> {
    val heads = all<Logits>()
    if (heads.size != 1) return listOf(PurposeMessages.logitsAreUnknown(heads.size).at(name))
    val start = component(inputBelow(heads.single().input))
    if (start !is TokenInput) return listOf(PurposeMessages.noTokensToBeginWith(heads.single().name).at(start.name))
    return notCausal() + wholeTexts() + unfinished(start.name)
}

/** What keeps a model from saying frames, one after the other. */
private fun Speech.unsaid(model: Model, logits: Int): List<Problem> =
    if (logits > 0) listOf(SpeakingMessages.nothingBesideSpeech(logits).at(name))
    else model.notCausal() + model.wholeTexts() + model.unfinished(model.inputBelow(input))

/** What looks at a whole text at once, and so cannot follow it word by word. */
private fun Model.wholeTexts(): List<Problem> {
    val chained = all<Logits>().filter { it.structure is Structure.Chain }
    val parts =
        decodedStacks().flatMap { stack ->
            stack.layers.flatMapIndexed { number, layer ->
                layer.parts.filterIsInstance<Sublayer>().mapNotNull { part ->
                    whole(part)?.let { whole("${stack.name}/$number/${part.name}", it) }
                }
            }
        }
    return parts + chained.map { whole(it.name, "crf") }
}

private fun whole(part: Sublayer): String? =
    when (part) {
        is Attending -> "hashed".takeIf { part.method is Method.Hashed }
        is FeedForward -> "convolve".takeIf { part.kernel > 1 }
        is Experts -> null
    }

private fun Model.whole(path: String, word: String): Problem =
    PurposeMessages.looksAtAWholeText(word).at(path, fact("word", word, path))

private fun Model.unfinished(written: String): List<Problem> =
    decodedStacks().flatMap { stack ->
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts
                .filterIsInstance<CrossAttention>()
                .filter { inputBelow(it.from) == written }
                .map { part ->
                    val path = "${stack.name}/$number/${part.name}"
                    PurposeMessages.looksAtWhatIsNotWritten(written).at(path, fact("from", part.from, path))
                }
        }
    }
