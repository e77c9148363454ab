package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.graph.Op
import io.heddle.graph.Value

/**
 * Puts rows and columns of zeros below and on the right of a picture until windows of [size] fill it, and takes away
 * what is made of them (Swin's code; arXiv 2103.14030 has pictures that windows fill).
 */
internal class FilledWindows(private val context: LoweringContext, size: Int) {
    private val side = Dim.of(size.toLong())

    /** What [attend] makes of [x] with its zeros, `[batch, time, w]` of the positions that were there. */
    fun over(x: Track, spot: Spot, attend: (Track) -> Value): Value {
        val columns = x.place.columns
        val rows = x.place.time / columns
        val grid = Grid(rows, columns, whole(rows), whole(columns), spot)
        if (grid.isWhole) return attend(x)
        val (batch, _, width) = x.vectors.type.shape.dims
        val more = context.reshape(x.vectors, spot, batch, rows, columns, width)
        val vectors = context.reshape(grid.filled(more, 1), spot, batch, grid.all, width)
        val place =
            Place(
                x.place.input,
                grid.all,
                grid.allColumns,
                { context.everywhere(grid.all.size) },
                grid.filled(x.place.queriesAndKeys),
                grid.filled(x.place.everyLayer),
            )
        val heads = attend(Track(vectors, place))
        context.watchAgain(spot.path) { grid.cut(grid.cut(it, 2), HEADED) }
        return grid.cut(heads, 1)
    }

    private fun whole(count: Dim) = (count + (side - 1L)) / side * side

    /** A picture of [rows] and [columns], and of [allRows] and [allColumns] with its zeros. */
    private inner class Grid(
        private val rows: Dim,
        private val columns: Dim,
        private val allRows: Dim,
        val allColumns: Dim,
        private val spot: Spot,
    ) {
        val all = allRows * allColumns
        val isWhole = allRows == rows && allColumns == columns

        /** `[.., rows, columns, ..]` with zeros, where [axis] is that of rows. */
        fun filled(x: Value, axis: Int): Value =
            context.filled(context.filled(x, axis, allRows, spot), axis + 1, allColumns, spot)

        /** `[time, width]` with zeros. */
        fun filled(added: Added): Added =
            when (added) {
                is Added.Nothing -> added
                is Added.This -> {
                    val width = added.value.type.shape.last
                    val apart = context.reshape(added.value, spot, rows, columns, width)
                    Added.This(context.reshape(filled(apart, 0), spot, all, width))
                }
            }

        /** `[.., all positions, ..]` without those of zeros. */
        fun cut(x: Value, axis: Int): Value {
            val dims = x.type.shape.dims
            val (before, after) = dims.take(axis) to dims.drop(axis + 1)
            val apart = context.reshape(x, spot, *(before + allRows + allColumns + after).toTypedArray())
            val lower = first(apart, axis, rows)
            val real = first(lower, axis + 1, columns)
            return context.reshape(real, spot, *(before + rows * columns + after).toTypedArray())
        }

        private fun first(x: Value, axis: Int, count: Dim): Value =
            if (x.type.shape[axis] == count) x else context.graph.first(Op.Slice(axis, Dim.of(0), count), spot.path, x)
    }

    private companion object {
        /** The axis of keys in `[batch, heads, queries, keys]`. */
        const val HEADED = 3
    }
}
