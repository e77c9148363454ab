package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.messages.DescriptionMessages
import io.heddle.messages.PartMessages
import io.heddle.model.AddNorm
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.model.Sublayer

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
        if (parts.isEmpty()) return listOf(PartMessages.layerIsEmpty().at(path, model.fact("parts", 0, stack.name)))
        return parts.indices
            .filter { parts[it] is AddNorm && (it == 0 || parts[it - 1] is AddNorm) }
            .map { at ->
                val previous = parts.take(at).filterIsInstance<Sublayer>().lastOrNull()
                val message =
                    if (previous == null) PartMessages.nothingToClose() else PartMessages.closedAlready(previous.name)
                message.at("$path/addNorm", model.fact("addNorm", "nothing before it", "$path/addNorm#${at + 1}"))
            }
    }
}
