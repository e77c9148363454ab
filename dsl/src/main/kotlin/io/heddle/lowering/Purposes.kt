@file:JvmName("Purposes")

package io.heddle.lowering

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Contrast
import io.heddle.model.CrossAttention
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
import io.heddle.model.Stack
import io.heddle.model.Structure
import io.heddle.model.Sublayer
import io.heddle.model.TokenInput
import io.heddle.model.inputBelow

/** The stacks between logits and their input: those that run again for each token that is written. */
internal fun Model.decodedStacks(): List<Stack> {
    val names = all<Logits>().flatMapTo(HashSet()) { chain(it.input) }
    return all<Stack>().filter { it.name in names }
}

private fun Model.chain(name: String): List<String> =
    when (val component = component(name) as SequenceComponent) {
        is InputComponent -> listOf(name)
        is Stack -> chain(component.input) + name
        is NormComponent -> chain(component.input) + name
        is MergedPatches -> chain(component.input) + name
    }

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
        Purpose.Evaluation ->
            if (objectives.isNotEmpty()) emptyList()
            else
                listOf(
                    Problem(
                        name,
                        "there is nothing to train for",
                        "Add a head with an objective: val next by logits(decoder).",
                    )
                )
        Purpose.Encoding,
        Purpose.Decoding -> undecodable()
    }

private fun Model.undecodable(): List<Problem> {
    val heads = all<Logits>()
    if (heads.size != 1) {
        val mend = "Generation needs exactly one, and the model has ${heads.size}."
        return listOf(Problem(name, "which logits to write from is not known", mend))
    }
    val start = component(inputBelow(heads.single().input))
    if (start !is TokenInput) {
        return listOf(
            Problem(
                start.name,
                "what is written has no tokens to begin with",
                "Generation needs a tokens input below ${heads.single().name}.",
            )
        )
    }
    return notCausal() + wholeTexts() + unfinished(start.name)
}

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

private fun Model.whole(path: String, word: String): Problem {
    val origin = origins[path]
    val mend = "Generation goes word by word, with what it knows of earlier ones: leave $word out."
    return Problem(
        path,
        "$word looks at a whole text at once",
        listOf(Fact("word", word, origin.says, origin.where)),
        mend,
    )
}

private fun Model.unfinished(written: String): List<Problem> =
    decodedStacks().flatMap { stack ->
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts
                .filterIsInstance<CrossAttention>()
                .filter { inputBelow(it.from) == written }
                .map { part ->
                    val path = "${stack.name}/$number/${part.name}"
                    val origin = origins[path]
                    val facts = listOf(Fact("from", part.from, origin.says, origin.where))
                    Problem(
                        path,
                        "it looks at what is not written yet",
                        facts,
                        "Generation needs a sequence over another input than $written.",
                    )
                }
        }
    }

private fun Model.notCausal(): List<Problem> {
    return decodedStacks().flatMap { stack ->
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts
                .filterIsInstance<Attention>()
                .filterNot { it.mask.isCausal }
                .map { part ->
                    val path = "${stack.name}/$number/${part.name}"
                    val origin = origins[path]
                    val facts = listOf(Fact("mask", "${part.mask}", origin.says, origin.where))
                    Problem(
                        path,
                        "a word cannot be written that looks at later ones",
                        facts,
                        "Say attention(heads = ${part.heads}) { causal() }.",
                    )
                }
        }
    }
}
