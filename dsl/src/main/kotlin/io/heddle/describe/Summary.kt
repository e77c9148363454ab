@file:JvmName("Describe")

package io.heddle.describe

import io.heddle.check.Nearest
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.AddNorm
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.Extent
import io.heddle.model.Layer
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Pool
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.model.extent
import io.heddle.terms.Pooling
import kotlin.jvm.JvmName

/**
 * The model as a table: what each part is, the shape of what it makes, and how many parameters it has. Layers that are
 * equal stand there once; below are all parameters together, shared ones counted once, and the operations of a forward
 * pass as [Cost.operations] counts them.
 *
 * @param sizes what dims are known to be, by name: `batch`, or the name of an input for its length
 * @throws ProblemsException for a model that does not fit together, and for sizes of what it does not have
 */
@JvmOverloads
public fun Model.summary(sizes: Map<String, Long> = emptyMap()): String {
    val graph = lower(Purpose.Inference)
    checkNames(graph, sizes)
    return Summary(this, graph, sizes).text()
}

private fun Model.checkNames(graph: Graph, sizes: Map<String, Long>) {
    val known =
        graph.nodes
            .flatMap { node -> node.outputs.flatMap { it.type.shape.dims } }
            .flatMapTo(sortedSetOf()) { it.symbols }
    val problems =
        sizes.mapNotNull { (size, value) ->
            val near = Nearest.of(size, known)
            when {
                size !in known ->
                    Problem(
                        name,
                        "there is no size \"$size\"",
                        if (near == null) "Known are ${known.joinToString()}." else "Did you mean \"$near\"?",
                    )
                value < 1 -> Problem(name, "$size = $value is not positive", "A size is 1 or more.")
                else -> null
            }
        }
    if (problems.isNotEmpty()) throw ProblemsException(problems)
}

private class Summary(private val model: Model, private val graph: Graph, private val sizes: Map<String, Long>) {
    private val table = TextTable(3)
    private val weights = graph.parameters.associate { (it.op as Op.Parameter).name to Cost.size(it.output) }

    fun text(): String {
        table.row("path", "what", "output", "parameters")
        model.components.forEach { component(it) }
        val operations = Cost.operations(graph).bind(sizes)
        return listOf(
                model.name,
                "",
                "$table",
                "",
                "parameters  ${grouped(Cost.parameters(graph))}",
                "operations  ${grouped(operations)}",
            )
            .joinToString("\n")
    }

    private fun component(component: Component) {
        val count = count("${component.name}/")
        table.row(component.name, component.words(), shape(component), count)
        if (component is Stack) layers(component)
    }

    private fun layers(stack: Stack) {
        var first = 0
        while (first < stack.layers.size) {
            val layer = stack.layers[first]
            val times = stack.layers.drop(first).takeWhile { it == layer }.size
            val numbers = if (times == 1) "$first" else "$first..${first + times - 1}"
            val repeated = if (times == 1) "" else "x$times"
            table.row("  $numbers", "", "", count("${stack.name}/$first/"), repeated)
            parts(layer, "${stack.name}/$first")
            first += times
        }
    }

    private fun parts(layer: Layer, path: String) {
        var last = ""
        layer.parts.forEach { part ->
            when (part) {
                is Sublayer -> {
                    last = part.name
                    val norms = count(weights.filterKeys { it.startsWith("$path/$last/norm/") })
                    val all = count(weights.filterKeys { it.startsWith("$path/$last/") })
                    table.row("    $last", part.words(), "", words(all - norms))
                }
                is AddNorm -> table.row("    $last/norm", part.norm.words(), "", count("$path/$last/norm/"))
            }
        }
    }

    private fun count(prefix: String): String = words(count(weights.filterKeys { it.startsWith(prefix) }))

    private fun count(some: Map<String, Long>): Long = some.values.sum()

    private fun words(count: Long) = if (count == 0L) "-" else grouped(count)

    private fun shape(component: Component): String =
        when (component) {
            is SequenceComponent -> vectors(component.name, component.width)
            is Logits -> vectors(component.input, component.vocabulary)
            is Pool -> "${Shape(Dims.batch.bind(sizes), Dim.of(component.width.toLong()))}"
            is Classify ->
                if (component.pooling == Pooling.Each && model.component(component.input) is SequenceComponent)
                    vectors(component.input, component.classes)
                else "${Shape(Dims.batch.bind(sizes), Dim.of(component.classes.toLong()))}"
            is Boxes -> vectors(component.input, 4)
            is Contrast -> "${Shape(Dims.batch.bind(sizes), Dims.batch.bind(sizes))}"
            is RelationInput,
            is RelativeBias -> ""
        }

    private fun vectors(name: String, width: Int): String {
        val time =
            when (val extent = model.extent(name)) {
                is Extent.Open -> Dims.sequence(extent.input)
                is Extent.OpenGrid -> Dims.rows(extent.input) * Dims.columns(extent.input)
                is Extent.Row -> Dim.of(extent.count.toLong())
                is Extent.Grid -> Dim.of(extent.count.toLong())
            }
        return "${Shape(listOf(Dims.batch, time).map { it.bind(sizes) } + Dim.of(width.toLong()))}"
    }
}
