package io.heddle.draw

import io.heddle.describe.words
import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Shape
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.CopiesInput
import io.heddle.model.Copying
import io.heddle.model.Extent
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Pool
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.SequenceComponent
import io.heddle.model.Speech
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.extent
import io.heddle.terms.Pooling

/** Says what a picture of [model] shows. */
internal class Sketcher(private val model: Model) {
    private val plans = LayerPlans(model)

    fun sketch(): Sketch {
        val description = model.components.joinToString("; ", postfix = ".") { "${it.name}: ${it.words()}" }
        return Sketch(model.name, description, model.components.map { piece(it) })
    }

    private fun piece(component: Component): Piece =
        if (component is Stack) TowerSketch(model, component, plans).tower(shape(component))
        else Chain(component.name, chain(component), below(component), tied(component), shape(component))

    private fun below(component: Component): List<String> =
        when (component) {
            is CopiesInput -> listOf(component.source, component.length)
            is InputComponent,
            is RelationInput,
            is RelativeBias -> emptyList()
            is Stack -> listOf(component.input)
            is NormComponent -> listOf(component.input)
            is MergedPatches -> listOf(component.input)
            is Logits -> listOf(component.input) + listOfNotNull((component.copying as? Copying.From)?.source)
            is Pool -> listOf(component.input)
            is Classify -> listOf(component.input)
            is Boxes -> listOf(component.input)
            is Speech -> listOf(component.input)
            is Contrast -> listOf(component.left, component.right)
        }.map { it.substringBefore('/') }

    private fun tied(component: Component): String {
        val table =
            when (component) {
                is TokenInput -> component.table
                is Logits -> component.table
                else -> return ""
            }
        return (table as? Table.Tied)?.input.orEmpty()
    }

    private fun shape(component: Component): String =
        when (component) {
            is SequenceComponent -> vectors(component.name, component.outputWidth)
            is Logits -> vectors(component.input, component.vocabulary)
            is Pool -> "${Shape(Dims.batch, size(component.width))}"
            is Classify -> if (each(component)) vectors(component.input, component.classes) else classes(component)
            is Boxes -> vectors(component.input, CORNERS)
            is Speech -> vectors(component.input, component.features * component.reduction)
            is Contrast -> "${Shape(Dims.batch, Dims.batch)}"
            is RelationInput,
            is RelativeBias -> ""
        }

    private fun each(head: Classify) =
        head.pooling == Pooling.Each && model.component(head.input.substringBefore('/')) is SequenceComponent

    private fun classes(head: Classify) = "${Shape(Dims.batch, size(head.classes))}"

    private fun vectors(path: String, width: Int): String {
        val time =
            when (val extent = model.extent(path)) {
                is Extent.Open -> Dims.sequence(extent.input)
                is Extent.OpenGrid -> Dims.rows(extent.input) * Dims.columns(extent.input)
                is Extent.Row -> size(extent.count.toLong())
                is Extent.Grid -> size(extent.count)
            }
        return "${Shape(Dims.batch, time, size(width))}"
    }

    private fun size(number: Int) = size(number.toLong())

    private fun size(number: Long) = Dim.of(number)

    private companion object {
        /** A box is its center, its height and its width. */
        const val CORNERS = 4
    }
}
