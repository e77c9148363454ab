package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.messages.DescriptionMessages
import io.heddle.messages.PartMessages
import io.heddle.model.AddNorm
import io.heddle.model.Model
import io.heddle.model.Origin
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.model.keys
import io.heddle.model.places

/** Stacks have layers, layers have parts, and every `addNorm()` closes something. */
internal class BlockRules(private val model: Model) {
    fun problems(): List<Problem> {
        if (model.components.isEmpty()) {
            return listOf(DescriptionMessages.modelIsEmpty().at(model.name, model.fact("components", 0, "")))
        }
        return model.all<Stack>().flatMap { stack -> empty(stack) + stack.layers.indices.flatMap { layer(stack, it) } }
    }

    private fun empty(stack: Stack): List<Problem> =
        if (stack.layers.isNotEmpty() || model.findings.any { it.place == stack.name }) emptyList()
        else listOf(PartMessages.stackHasNoLayers(stack.input).at(stack.name, model.fact("layers", 0, stack.name)))

    private fun layer(stack: Stack, number: Int): List<Problem> {
        val path = "${stack.name}/$number"
        val parts = stack.layers[number].parts
        if (parts.isEmpty()) {
            // An edit empties one layer, while a description says all layers of a stack.
            val said = if (model.origins[path] == Origin.Unknown) stack.name else path
            return listOf(PartMessages.layerIsEmpty().at(path, model.fact("parts", 0, said)))
        }
        val (places, keys) = parts.places() to parts.keys()
        return parts.indices
            .filter { parts[it] is AddNorm && (it == 0 || parts[it - 1] is AddNorm) }
            .map { at ->
                val previous = parts.take(at).filterIsInstance<Sublayer>().lastOrNull()
                val message =
                    if (previous == null) PartMessages.nothingToClose() else PartMessages.closedAlready(previous.name)
                val said = model.fact("addNorm", "nothing before it", "$path/${keys[at]}")
                message.at("$path/${places[at]}", said)
            }
    }
}
