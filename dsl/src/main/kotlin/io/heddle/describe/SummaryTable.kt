package io.heddle.describe

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Shape
import io.heddle.model.AddNorm
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.Copying
import io.heddle.model.CrossAttention
import io.heddle.model.Extent
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Pool
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.SequenceComponent
import io.heddle.model.Speech
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.model.extent
import io.heddle.terms.Groups
import io.heddle.terms.Own
import io.heddle.terms.Pooling
import io.heddle.terms.Shared
import java.math.BigInteger

/** A row for each component of [model], each kind of layer, and what is in it. */
internal class SummaryTable(
    private val model: Model,
    private val ledger: Ledger,
    private val sizes: Map<String, Long>,
) {
    private val table = TextTable(3)
    private var borrows = false

    override fun toString(): String {
        table.row("path", "what", "output", "parameters", "operations")
        model.components.forEach { component(it) }
        return "$table" + if (borrows) "\n\n(weights in brackets are another row's)" else ""
    }

    private fun component(component: Component) {
        row(component.name, component.words(), shape(component), component.name)
        if (component is Stack) component.runs().forEach { run(component, it) }
    }

    private fun row(label: String, what: String, output: String, path: String, but: List<String> = emptyList()) {
        val owned = ledger.owned(path) - but.sumOf { ledger.owned(it) }
        val borrowed = ledger.borrowed(path) - but.sumOf { ledger.borrowed(it) }
        table.row(label, what, output, parameters(owned, borrowed), operations(path, but))
    }

    private fun parameters(owned: BigInteger, borrowed: BigInteger): String =
        when {
            owned.signum() > 0 -> grouped(owned)
            borrowed.signum() > 0 -> "(${grouped(borrowed)})".also { borrows = true }
            else -> "-"
        }

    private fun operations(path: String, but: List<String>): String {
        val count = ledger.operations(path, but).bind(sizes)
        return if (count == Dim.of(0)) "" else told(count)
    }

    private fun run(stack: Stack, run: LayerRun) {
        val path = "${stack.name}/${run.numbers[0]}"
        row("  $run${times(stack, run)}", "", "", path)
        var last = ""
        run.layer.parts.forEach { part ->
            when (part) {
                is Sublayer -> {
                    last = part.name
                    row("    $last", anywhere(part, run).words(), "", "$path/$last", norms.map { "$path/$last/$it" })
                }
                is AddNorm -> norms.forEach { norm(part, "$last/$it", "$path/$last/$it") }
            }
        }
    }

    /** One of many layers that attend to the layer of their own number. */
    private fun anywhere(part: Sublayer, run: LayerRun): Sublayer =
        if (part is CrossAttention && run.times > 1) part.copy(from = part.from.ownLayer(run.numbers[0])) else part

    /** Layouts decide which norms there are. */
    private fun norm(part: AddNorm, label: String, path: String) {
        if ((ledger.owned(path) + ledger.borrowed(path)).signum() > 0) row("    $label", part.norm.words(), "", path)
    }

    private fun times(stack: Stack, run: LayerRun): String {
        if (run.times == 1) return ""
        return "  x${run.times}" +
            when (val sharing = stack.sharing) {
                is Own -> ""
                is Shared -> ", one for all"
                is Groups -> ", ${sharing.count} for all"
            }
    }

    private fun shape(component: Component): String =
        when (component) {
            is SequenceComponent -> vectors(component.name, component.outputWidth)
            is Logits -> "${Shape(batch(), time(component.input), scored(component))}"
            is Pool -> "${Shape(batch(), Dim.of(component.width.toLong()))}"
            is Classify ->
                if (component.pooling == Pooling.Each && model.component(component.input) is SequenceComponent)
                    vectors(component.input, component.classes)
                else "${Shape(batch(), Dim.of(component.classes.toLong()))}"
            is Boxes -> vectors(component.input, BOX)
            is Speech -> vectors(component.input, component.features * component.reduction)
            is Contrast -> "${Shape(batch(), batch())}"
            is RelationInput -> {
                val time = time(component.of)
                "${Shape(batch(), time, time)}"
            }
            is RelativeBias -> ""
        }

    /** Behind the vocabulary, a word for each position of what may be copied. */
    private fun scored(head: Logits): Dim {
        val vocabulary = Dim.of(head.vocabulary.toLong())
        return when (val copying = head.copying) {
            is Copying.None -> vocabulary
            is Copying.From -> vocabulary + time(copying.source)
        }
    }

    private fun batch() = Dims.batch.bind(sizes)

    private fun vectors(name: String, width: Int): String = "${Shape(batch(), time(name), Dim.of(width.toLong()))}"

    private fun time(name: String): Dim =
        when (val extent = model.extent(name)) {
            is Extent.Open -> Dims.sequence(extent.input)
            is Extent.OpenGrid -> Dims.rows(extent.input) * Dims.columns(extent.input)
            is Extent.Row -> Dim.of(extent.count.toLong())
            is Extent.Grid -> Dim.of(extent.count)
        }.bind(sizes)

    private companion object {
        /** Center, width and height. */
        const val BOX = 4

        val norms = listOf("norm", "outputNorm")
    }
}
