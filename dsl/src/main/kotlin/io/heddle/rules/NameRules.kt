package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.NameMessages
import io.heddle.messages.ReferenceMessages
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.CopiesInput
import io.heddle.model.Copying
import io.heddle.model.CrossAttention
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Origins
import io.heddle.model.Pool
import io.heddle.model.RelationInput
import io.heddle.model.Relative
import io.heddle.model.RelativeBias
import io.heddle.model.SequenceComponent
import io.heddle.model.Speech
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.Weights
import io.heddle.model.word
import io.heddle.terms.relations

/** Whether [name] shows on one line. */
internal fun isPrintable(name: String): Boolean = name.isNotBlank() && name.codePoints().noneMatch(::isUnprintable)

/** [name] with `?` for what no line shows. */
internal fun printed(name: String): String =
    name
        .codePoints()
        .map { if (isUnprintable(it)) '?'.code else it }
        .toArray()
        .joinToString("") { Character.toString(it) }

private fun isUnprintable(letter: Int) =
    when (Character.getType(letter).toByte()) {
        Character.CONTROL,
        Character.LINE_SEPARATOR,
        Character.PARAGRAPH_SEPARATOR,
        Character.SURROGATE -> true // half a character
        else -> false
    }

/** Names are there, are legal, are said once, and mean something that comes before. */
internal class NameRules(private val model: Model) {
    fun problems(): List<Problem> =
        unprintable() + illegal() + reserved() + repeated() + model.components.flatMapIndexed(::references)

    private fun illegal(): List<Problem> {
        val names = model.components.map { it.name to it.name } + sublayers().map { (path, part) -> path to part.name }
        val shared =
            sublayers().mapNotNull { (path, part) -> (part.weights as? Weights.Named)?.let { path to it.name } }
        fun told(word: String, all: List<Pair<String, String>>) =
            all.filterNot { (_, name) -> legal.matches(name) }
                .map { (path, name) -> NameMessages.notAName(name).at(path, model.fact(word, "\"$name\"", path)) }
        return told("name", names) +
            told("weights", shared) +
            shared.mapNotNull { (path, name) -> components(path, name) }
    }

    /** Weights of a name of their own are apart from those that a component has by its name. */
    private fun components(path: String, weights: String): Problem? =
        if (model.components.none { it.name == weights }) null
        else NameMessages.weightsOfAComponent(weights).at(path, model.fact("weights", weights, path))

    private fun unprintable(): List<Problem> {
        if (isPrintable(model.name)) return emptyList()
        val printed = "\"${printed(model.name)}\""
        val said = model.edited("name", printed, "").ifEmpty { listOf(Fact("name", printed)) }
        return listOf(NameMessages.notPrintable().at("model", said))
    }

    private fun reserved(): List<Problem> =
        model.components
            .filter { it.name in taken }
            .map { NameMessages.taken(taken).at(it.name, model.fact("name", it.name, it.name)) }

    private fun sublayers(): List<Pair<String, Sublayer>> =
        model.all<Stack>().flatMap { stack ->
            stack.layers.flatMapIndexed { number, layer ->
                layer.parts.filterIsInstance<Sublayer>().map { "${stack.name}/$number/${it.name}" to it }
            }
        }

    /** The paths that several sublayers have. */
    fun repeatedPaths(): Set<String> = sublayers().groupingBy { it.first }.eachCount().filterValues { it > 1 }.keys

    private fun repeated(): List<Problem> =
        model.components
            .groupBy { it.name }
            .filter { it.value.size > 1 }
            .map { (name, all) -> NameMessages.componentsShareIt(all.size).at(name, model.fact("name", name, name)) } +
            sublayers()
                .groupBy { it.first }
                .filter { it.value.size > 1 }
                .map { (path, all) ->
                    val word = all.first().second.name
                    NameMessages.sublayersShareIt(all.size, word).at(path, model.fact("name", word, path))
                }

    private fun references(index: Int, component: Component): List<Problem> {
        val path = component.name
        return when (component) {
            is TokenInput -> table(path, index, component.table)
            is CopiesInput ->
                named<TokenInput>(path, "source", index, component.source, "tokens input") +
                    named<Classify>(path, "length", index, component.length, "classify head")
            is InputComponent -> emptyList()
            is RelationInput -> sequence(path, "of", index, component.of)
            is RelativeBias -> emptyList()
            is NormComponent -> sequence(path, "input", index, component.input)
            is MergedPatches -> sequence(path, "input", index, component.input)
            is Logits ->
                sequence(path, "input", index, component.input) +
                    table(path, index, component.table) +
                    copying(index, component)
            is Pool -> sequence(path, "input", index, component.input)
            is Classify ->
                if (model.components.any { it.name == component.input && it is Pool })
                    named<Pool>(path, "input", index, component.input, "pool")
                else sequence(path, "input", index, component.input)
            is Boxes -> sequence(path, "input", index, component.input)
            is Speech -> sequence(path, "input", index, component.input)
            is Contrast ->
                named<Pool>(path, "left", index, component.left, "pool") +
                    named<Pool>(path, "right", index, component.right, "pool")
            is Stack -> sequence(path, "input", index, component.input) + parts(index, component)
        }
    }

    private fun parts(index: Int, stack: Stack): List<Problem> =
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts.filterIsInstance<Attending>().flatMap { part ->
                val path = "${stack.name}/$number/${part.name}"
                val relations = part.mask.relations().flatMap { relation(path, index, it, stack) }
                relations +
                    when (part) {
                        is CrossAttention -> from(path, index, part.from)
                        is Attention -> bias(path, index, part.relative)
                    }
            }
        }

    /** What a cross-attention looks at: a component, or a layer of a stack. */
    private fun from(path: String, index: Int, from: String): List<Problem> {
        val component = from.substringBefore('/')
        val told = sequence(path, "from", index, component)
        if (told.isNotEmpty() || component == from) return told
        val layers = (model.components.find { it.name == component } as? Stack)?.layers?.size ?: 0
        val number = from.substringAfter('/').toIntOrNull()
        if (number != null && number in 0 until layers) return emptyList()
        return listOf(
            ReferenceMessages.noSuchLayer(component, layers)
                .at(path, listOf(model.fact("from", from, path)) + model.edited("layers", layers, component))
        )
    }

    private fun bias(path: String, index: Int, relative: Relative): List<Problem> =
        when (relative) {
            is Relative.Bias ->
                named<RelativeBias>(path.word("relative"), "relativeBias", index, relative.bias, "relative bias")
            is Relative.None,
            is Relative.Alibi,
            is Relative.Grid,
            is Relative.Clipped,
            is Relative.Sinusoidal -> emptyList()
        }

    private fun relation(path: String, index: Int, name: String, stack: Stack): List<Problem> {
        val told = named<RelationInput>(path, "mask", index, name, "relation")
        val relation = model.components.find { it.name == name } as? RelationInput
        if (told.isNotEmpty() || relation == null) return told
        val over = model.soundBottom(relation.of)
        val here = model.soundBottom(stack.name)
        if (over == null || here == null || over == here) return emptyList()
        val facts = listOf(model.fact("relation of", over, name), model.fact("positions of", here, stack.name))
        return listOf(ReferenceMessages.aboutOtherPositions(name, here).at(path, facts))
    }

    private fun copying(index: Int, head: Logits): List<Problem> =
        when (val copying = head.copying) {
            is Copying.None -> emptyList()
            is Copying.From -> {
                val known = sublayers().filter { it.second is CrossAttention }.map { it.first }
                val through = model.fact("through", copying.through, head.name.word("copying"))
                val unknown = ReferenceMessages.unknownCrossAttention(copying.through, known).at(head.name, through)
                named<TokenInput>(head.name.word("copying"), "copyFrom", index, copying.source, "tokens input") +
                    if (copying.through in known) emptyList() else listOf(unknown)
            }
        }

    /** [name] must be a component of one kind, before the one at [index]. */
    private inline fun <reified Kind : Component> named(
        path: String,
        word: String,
        index: Int,
        name: String,
        what: String,
    ): List<Problem> {
        val known = model.components.take(index).filterIsInstance<Kind>().map { it.name }
        if (name in known) return emptyList()
        val facts = listOf(model.fact(word, name, path)) + gone(name)
        return listOf(ReferenceMessages.unknown(what, name, known).at(path.substringBefore(Origins.WORD), facts))
    }

    /** [name] must be a sequence before the component at [index]. */
    private fun sequence(path: String, word: String, index: Int, name: String): List<Problem> {
        val at = model.components.indexOfFirst { it.name == name }
        val before = model.components.take(index).filterIsInstance<SequenceComponent>().map { it.name }
        val message =
            when {
                at < 0 -> ReferenceMessages.unknown(name, before)
                at == index -> ReferenceMessages.itself(name, before)
                at > index -> ReferenceMessages.comesLater(name, model.components[index].name, before)
                model.components[at] !is SequenceComponent -> ReferenceMessages.notASequence(name, before)
                else -> return emptyList()
            }
        return listOf(message.at(path, listOf(model.fact(word, name, path)) + gone(name)))
    }

    /** What took [name] away, where it was there before an edit. */
    private fun gone(name: String) = if (model.components.any { it.name == name }) emptyList() else model.removed(name)

    private fun table(path: String, index: Int, table: Table): List<Problem> =
        when (table) {
            is Table.Own,
            is Table.Adaptive -> emptyList()
            is Table.Tied -> {
                val owner = model.components.take(index).find { it.name == table.input }
                val owners = model.components.take(index).filter { it is TokenInput && it.table !is Table.Tied }
                if (owner in owners) emptyList()
                else {
                    val message = ReferenceMessages.noTable(table.input, owners.map { it.name })
                    val said = listOf(model.fact("tiedTo", table.input, path.word("table")))
                    listOf(message.at(path, said + gone(table.input)))
                }
            }
        }

    private companion object {
        /** What every graph calls its own; see the lowering's `Names`. */
        val taken = listOf("loss", "normalizer", "randomness")
        val legal = Regex("[A-Za-z][A-Za-z0-9_-]*")
    }
}
