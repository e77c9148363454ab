package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.model.Component
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput

/** Names are there, are legal, are said once, and mean something that comes before. */
internal class NameRules(private val model: Model) {
    fun problems(): List<Problem> =
        unprintable() +
            illegal() +
            reserved() +
            repeated() +
            model.components.flatMapIndexed(::references) +
            objectives()

    private fun illegal(): List<Problem> {
        val names = model.components.map { it.name to it.name } + sublayers().map { (path, part) -> path to part.name }
        return names
            .filterNot { (_, name) -> legal.matches(name) }
            .map { (path, name) ->
                Problem(
                    path,
                    "\"$name\" is not a name",
                    listOf(model.fact("name", "\"$name\"", path)),
                    "Use letters, digits, - and _, beginning with a letter.",
                )
            }
    }

    private fun unprintable(): List<Problem> {
        if (model.name.isNotBlank() && model.name.none { it.isISOControl() || it.isSurrogate() }) return emptyList()
        val printed =
            model.name.map { if (it.isISOControl() || it.isSurrogate()) '?' else it }.joinToString("", "\"", "\"")
        return listOf(
            Problem("model", "its name cannot be printed", listOf(Fact("name", printed)), "Give it a name on one line.")
        )
    }

    private fun reserved(): List<Problem> =
        model.components
            .filter { it.name in taken }
            .map { component ->
                val facts = listOf(model.fact("name", component.name, component.name))
                Problem(
                    component.name,
                    "the name is taken",
                    facts,
                    "Choose another: the engine's own inputs and outputs are ${taken.joinToString()}.",
                )
            }

    private fun sublayers(): List<Pair<String, Sublayer>> =
        model.all<Stack>().flatMap { stack ->
            stack.layers.flatMapIndexed { number, layer ->
                layer.parts.filterIsInstance<Sublayer>().map { "${stack.name}/$number/${it.name}" to it }
            }
        }

    private fun repeated(): List<Problem> =
        model.components
            .groupBy { it.name }
            .filter { it.value.size > 1 }
            .map { (name, all) ->
                Problem(
                    name,
                    "${all.size} components have this name",
                    listOf(model.fact("name", name, name)),
                    "Give each its own.",
                )
            } +
            sublayers()
                .groupBy { it.first }
                .filter { it.value.size > 1 }
                .map { (path, all) ->
                    val word = all.first().second.name
                    val mend = "Give the second one a name for its path: name = \"${word}2\"."
                    Problem(
                        path,
                        "${all.size} sublayers of this block have the same name",
                        listOf(model.fact("name", word, path)),
                        mend,
                    )
                }

    private fun references(index: Int, component: Component): List<Problem> {
        val path = component.name
        return when (component) {
            is TokenInput -> table(path, index, component.table)
            is VectorInput -> emptyList()
            is NormComponent -> sequence(path, "input", index, component.input)
            is Logits -> sequence(path, "input", index, component.input) + table(path, index, component.table)
            is Stack -> sequence(path, "input", index, component.input) + crossAttentions(index, component)
        }
    }

    private fun crossAttentions(index: Int, stack: Stack): List<Problem> =
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts.filterIsInstance<CrossAttention>().flatMap { part ->
                sequence("${stack.name}/$number/${part.name}", "from", index, part.from)
            }
        }

    /** [name] must be a sequence before the component at [index]. */
    private fun sequence(path: String, word: String, index: Int, name: String): List<Problem> {
        val at = model.components.indexOfFirst { it.name == name }
        val facts = listOf(model.fact(word, name, path))
        return when {
            at < 0 -> listOf(Problem(path, "there is no \"$name\"", facts, "Name one of: ${sequencesBefore(index)}."))
            at == index ->
                listOf(
                    Problem(
                        path,
                        "\"$name\" looks at itself",
                        facts,
                        "Name one that comes before it: ${sequencesBefore(index)}.",
                    )
                )
            at > index -> {
                val mend =
                    "Move \"$name\" before \"${model.components[index].name}\", " +
                        "or name one that comes before: ${sequencesBefore(index)}."
                listOf(Problem(path, "\"$name\" comes later", facts, mend))
            }
            model.components[at] !is SequenceComponent ->
                listOf(Problem(path, "\"$name\" is not a sequence", facts, "Name one of: ${sequencesBefore(index)}."))
            else -> emptyList()
        }
    }

    private fun sequencesBefore(index: Int): String =
        model.components
            .take(index)
            .filterIsInstance<SequenceComponent>()
            .joinToString { it.name }
            .ifEmpty { "(none is there)" }

    private fun table(path: String, index: Int, table: Table): List<Problem> =
        when (table) {
            is Table.Own -> emptyList()
            is Table.Tied -> {
                val owner = model.components.take(index).find { it.name == table.input }
                val facts = listOf(model.fact("tiedTo", table.input, path))
                val owners =
                    model.components.filter { it is TokenInput && it.table is Table.Own }.joinToString { it.name }
                when {
                    owner is TokenInput && owner.table is Table.Own -> emptyList()
                    else ->
                        listOf(
                            Problem(
                                path,
                                "\"${table.input}\" has no table of its own that comes before",
                                facts,
                                "Tie it to one of: ${owners.ifEmpty { "(none is there)" }}.",
                            )
                        )
                }
            }
        }

    private fun objectives(): List<Problem> =
        model.objectives.mapNotNull { objective ->
            when (objective) {
                is CrossEntropy ->
                    if (model.components.any { it is Logits && it.name == objective.logits }) null
                    else {
                        val heads = model.all<Logits>().joinToString { it.name }.ifEmpty { "(none is there)" }
                        Problem(
                            "objective",
                            "there are no logits \"${objective.logits}\"",
                            emptyList(),
                            "Name one of: $heads.",
                        )
                    }
            }
        }

    private companion object {
        /** What every graph calls its own; see the lowering's `Names`. */
        val taken = listOf("loss", "normalizer", "randomness")
        val legal = Regex("[A-Za-z][A-Za-z0-9_-]*")
    }
}
