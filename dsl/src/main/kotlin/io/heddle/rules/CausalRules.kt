package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.messages.PurposeMessages
import io.heddle.model.Attention
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.SequenceComponent
import io.heddle.model.Speech
import io.heddle.model.Stack
import io.heddle.terms.Blocks
import io.heddle.terms.Both
import io.heddle.terms.Causal
import io.heddle.terms.Either
import io.heddle.terms.Everything
import io.heddle.terms.Except
import io.heddle.terms.Given
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.PerHead
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.heddle.terms.Window
import io.heddle.terms.Windows2d

/**
 * The stacks between logits or speech and their input: those that run again for each token that is written, or said.
 */
internal fun Model.decodedStacks(): List<Stack> {
    val names = written().flatMapTo(HashSet()) { chain(it) }
    return all<Stack>().filter { it.name in names }
}

/** What logits are made of, or, of a model that has none, speech. */
internal fun Model.written(): List<String> = all<Logits>().map { it.input }.ifEmpty { all<Speech>().map { it.input } }

private fun Model.chain(name: String): List<String> =
    when (val component = component(name) as SequenceComponent) {
        is InputComponent -> listOf(name)
        is Stack -> chain(component.input) + name
        is NormComponent -> chain(component.input) + name
        is MergedPatches -> chain(component.input) + name
    }

/** What keeps the model from writing, or speaking, step by step: attention that looks at what does not exist yet. */
internal fun Model.notCausal(): List<Problem> {
    return decodedStacks().flatMap { stack ->
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts
                .filterIsInstance<Attention>()
                .filterNot { it.mask.isCausal }
                .map { part ->
                    val path = "${stack.name}/$number/${part.name}"
                    PurposeMessages.looksAtLaterWords(part.heads).at(path, fact("mask", part.mask, path))
                }
        }
    }
}

/** True when no key after its query is ever seen, as far as the algebra tells. */
internal val Mask.isCausal: Boolean
    get() =
        when (this) {
            is Causal,
            is Self -> true
            is Both -> first.isCausal || second.isCausal
            is Either -> first.isCausal && second.isCausal
            is PerHead -> masks.all { it.isCausal }
            is Blocks -> size == 1 && mask.isCausal
            is Everything,
            is Except,
            is Given,
            is Global,
            is Random,
            is Window,
            is Windows2d -> false
        }
