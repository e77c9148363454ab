package io.heddle.draw

import io.heddle.terms.Sight

/** A square of [count] by [count] cells, each [size] pixels wide, coloured by what is [seen]. */
internal data class Cells(val x: Double, val y: Double, val size: Double, val count: Int, val seen: Seen) : Mark {
    override fun moved(x: Double, y: Double): Mark = copy(x = this.x + x, y = this.y + y)

    override val left: Double
        get() = x

    override val right: Double
        get() = x + size * count

    override val top: Double
        get() = y

    override val bottom: Double
        get() = y + size * count

    /**
     * Where cells are [sight], as an SVG path in which a cell is 1 wide: a rectangle for each run of them in a row, and
     * for as many rows below as are equal.
     */
    fun path(sight: Sight): String {
        val way = StringBuilder()
        var first = 0
        while (first < count) {
            val row = seen.rows[first]
            val rows = (first until count).takeWhile { seen.rows[it] == row }.size
            runs(row, sight).forEach { (start, length) -> way.append("M$start ${first}h${length}v${rows}h-${length}z") }
            first += rows
        }
        return "$way"
    }

    private fun runs(row: List<Sight>, sight: Sight): List<Pair<Int, Int>> {
        val found = mutableListOf<Pair<Int, Int>>()
        var at = 0
        while (at < row.size) {
            val length = (at until row.size).takeWhile { row[it] == sight }.size
            if (length > 0) found += at to length
            at += length + 1
        }
        return found
    }
}
