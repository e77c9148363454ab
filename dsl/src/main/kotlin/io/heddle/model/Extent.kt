@file:JvmName("Extents")

package io.heddle.model

/** How the positions of a sequence lie, as far as a description tells. */
internal sealed interface Extent {
    /** In a row, as many as the input named [input] brings. */
    data class Open(val input: String) : Extent

    /** In a row, [count] of them. */
    data class Row(val count: Int) : Extent

    /** As the pixels of a picture: [rows] of [columns], after a class token where [classToken] says so. */
    data class Grid(val rows: Int, val columns: Int, val classToken: ClassToken) : Extent {
        /** How many positions there are. */
        val count: Long
            get() = rows.toLong() * columns + if (classToken == ClassToken.None) 0 else 1
    }

    /** As the pixels of a picture, as many as the input named [input] brings. */
    data class OpenGrid(val input: String) : Extent
}

/**
 * How the positions lie of the sequence at [path], a component or a layer of a stack.
 *
 * @throws IllegalArgumentException where there is no such sequence
 */
internal fun Model.extent(path: String): Extent =
    when (val component = component(path.substringBefore('/'))) {
        is ImageInput -> Extent.Grid(component.patchRows, component.patchColumns, component.classToken)
        is FeatureMapInput -> Extent.OpenGrid(component.name)
        is LearnedInput -> Extent.Row(component.count)
        is TokenInput,
        is VectorInput,
        is FrameInput,
        is SpokenInput,
        is CopiesInput -> Extent.Open(component.name)
        is Stack -> extent(component.input)
        is NormComponent -> extent(component.input)
        is MergedPatches -> merged(extent(component.input))
        is Head,
        is RelationInput,
        is RelativeBias -> throw IllegalArgumentException("$path is not a sequence.")
    }

private fun merged(below: Extent): Extent =
    when (below) {
        is Extent.Grid -> Extent.Grid((below.rows + 1) / 2, (below.columns + 1) / 2, below.classToken)
        is Extent.Open,
        is Extent.OpenGrid,
        is Extent.Row -> below
    }

/** The input at the bottom of what the sequence at [path] is made of. */
public fun Model.inputBelow(path: String): String =
    when (val component = component(path.substringBefore('/'))) {
        is InputComponent -> component.name
        is Stack -> inputBelow(component.input)
        is NormComponent -> inputBelow(component.input)
        is MergedPatches -> inputBelow(component.input)
        is Head,
        is RelationInput,
        is RelativeBias -> throw IllegalArgumentException("$path is not a sequence.")
    }
