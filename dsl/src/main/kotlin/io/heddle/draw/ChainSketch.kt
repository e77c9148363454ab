package io.heddle.draw

import io.heddle.describe.grouped
import io.heddle.describe.words
import io.heddle.model.ClassToken
import io.heddle.model.Component
import io.heddle.model.Convolution
import io.heddle.model.CopiesInput
import io.heddle.model.Copying
import io.heddle.model.Dense
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.Head
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.LearnedInput
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.NormComponent
import io.heddle.model.Pool
import io.heddle.model.PreNetLayer
import io.heddle.model.Projection
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.SpokenInput
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.model.Transform
import io.heddle.model.VectorInput
import io.heddle.terms.CopyHeads
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.PositionTarget

/** The boxes of a component that is no stack, in the order in which they compute. */
internal fun chain(component: Component): List<Box> =
    when (component) {
        is InputComponent -> inputs(component)
        is RelationInput,
        is RelativeBias -> listOf(box(component, Kind.Input))
        is NormComponent -> listOf(box(component, Kind.Norm))
        is MergedPatches -> listOf(box(component, Kind.Step), normBox("${component.name}/norm", component.norm))
        is Logits -> transform(component.name, component.transform) + box(component, Kind.Head, through(component))
        is Pool -> listOf(box(component, Kind.Head)) + transform(component.name, component.transform)
        is Head -> listOf(box(component, Kind.Head))
        is Stack -> emptyList()
    }.filter { it.title != NO_NORM }

private fun box(component: Component, kind: Kind, vararg more: String): Box {
    val words = component.words()
    val added = more.filter { it.isNotEmpty() && it !in words }
    return Box(component.name, kind, component.name, phrases(words) + added)
}

/** Which cross-attention tells what is copied. */
private fun through(head: Logits): String =
    (head.copying as? Copying.From)?.let { "through ${it.through}" + head(it.heads) }.orEmpty()

private fun head(heads: CopyHeads): String =
    when (heads) {
        is CopyHeads.Mean -> ""
        is CopyHeads.One -> ", head ${heads.head}"
    }

private fun inputs(input: InputComponent): List<Box> {
    val first = box(input, Kind.Input, classToken(input), added(input))
    val convolutions =
        (input as? FrameInput)?.convolutions.orEmpty().mapIndexed { number, step ->
            convolution(input.name, number, step)
        }
    val preNet =
        (input as? SpokenInput)?.preNet.orEmpty().mapIndexed { number, layer -> preNet(input.name, number, layer) }
    val norm = normBox("${input.name}/norm", input.norm)
    return listOf(first) + convolutions + preNet + norm + projections(input)
}

private fun classToken(input: InputComponent) =
    if (input is ImageInput && input.classToken is ClassToken.Learned) "class token" else ""

private fun added(input: InputComponent): String =
    when (input.position.to) {
        PositionTarget.Input -> ""
        PositionTarget.QueriesAndKeys -> "added to queries and keys"
        PositionTarget.EveryLayer -> "added in every layer"
    }

private fun preNet(path: String, number: Int, layer: PreNetLayer): Box {
    val dropout = if (layer.dropout == 0.0) emptyList() else listOf("dropout ${layer.dropout}")
    return linear("$path/preNet/$number", grouped(layer.width), "${layer.activation}", *dropout.toTypedArray())
}

private fun convolution(path: String, number: Int, convolution: Convolution): Box {
    val size = "kernel ${convolution.kernel}, stride ${convolution.stride}"
    val notes = listOf("${grouped(convolution.channels)} channels", size, "${convolution.activation}")
    return Box("$path/convolution/$number", Kind.Step, "convolution", notes)
}

/** Narrow tables are brought to the model's width after all else; other projections are part of what they project. */
private fun projections(input: InputComponent): List<Box> =
    when (input) {
        is TokenInput ->
            if (input.projection is Projection.None) emptyList()
            else listOf(linear("${input.name}/projection", "${grouped(input.tableWidth)} to ${grouped(input.width)}"))
        is VectorInput,
        is FrameInput,
        is SpokenInput,
        is ImageInput,
        is FeatureMapInput,
        is LearnedInput,
        is CopiesInput -> emptyList()
    }

private fun linear(path: String, vararg notes: String) = Box(path, Kind.Step, "linear", notes.toList())

private fun transform(path: String, transform: Transform): List<Box> {
    val dense =
        when (val dense = transform.dense) {
            is Dense.None -> emptyList()
            is Dense.Layer -> listOf(linear("$path/dense", grouped(dense.width), "${dense.activation}"))
        }
    return dense + normBox("$path/norm", transform.norm)
}

/** A box for [norm]; one without one is told by its title. */
internal fun normBox(path: String, norm: Norm): Box =
    Box(path, Kind.Norm, if (norm is NoNorm) NO_NORM else norm.words(), emptyList())

internal const val NO_NORM = ""
