package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.model.AddNorm
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.model.Sublayer

/** Stacks have layers, layers have parts, and every `addNorm()` closes something. */
internal class BlockRules(private val model: Model) {
    fun problems(): List<Problem> {
        if (model.components.isEmpty()) {
            val mend = "Describe an input, a stack and a head: val text by tokens(vocab = 65)"
            return listOf(Problem(model.name, "the model is empty", listOf(model.fact("components", 0, "")), mend))
        }
        return model.all<Stack>().flatMap { stack -> empty(stack) + stack.layers.indices.flatMap { layer(stack, it) } }
    }

    private fun empty(stack: Stack): List<Problem> =
        if (stack.layers.isNotEmpty() || model.findings.any { it.place == stack.name }) emptyList()
        else
            listOf(
                Problem(
                    stack.name,
                    "the stack has no layers",
                    listOf(model.fact("layers", 0, stack.name)),
                    "Say how many: stack(${stack.input}, layers = 6).",
                )
            )

    private fun layer(stack: Stack, number: Int): List<Problem> {
        val path = "${stack.name}/$number"
        val parts = stack.layers[number].parts
        if (parts.isEmpty()) {
            return listOf(
                Problem(
                    path,
                    "the layer is empty",
                    listOf(model.fact("parts", 0, stack.name)),
                    "Say what it does: attention(heads = 8); addNorm()",
                )
            )
        }
        return parts.indices
            .filter { parts[it] is AddNorm && (it == 0 || parts[it - 1] is AddNorm) }
            .map { at ->
                val previous = parts.take(at).filterIsInstance<Sublayer>().lastOrNull()
                val mend =
                    if (previous == null) "Put it after a sublayer: attention(heads = 8); addNorm()"
                    else "Leave it out: the residual around ${previous.name} is closed already."
                val facts = listOf(model.fact("addNorm", "nothing before it", "$path/addNorm#${at + 1}"))
                Problem("$path/addNorm", "there is nothing to close", facts, mend)
            }
    }
}
