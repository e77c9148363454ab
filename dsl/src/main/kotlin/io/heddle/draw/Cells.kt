package io.heddle.draw

import io.heddle.terms.Sight

/** A row of cells for each query and in it one for each key, each [size] pixels wide, coloured by what is [seen]. */
internal data class Cells(val x: Double, val y: Double, val size: Double, val seen: Seen) : Mark {
    val rows: Int = seen.rows.size
    val columns: Int = seen.rows.first().size

    override fun moved(x: Double, y: Double): Mark = copy(x = this.x + x, y = this.y + y)

    override val left: Double
        get() = x

    override val right: Double
        get() = x + size * columns

    override val top: Double
        get() = y

    override val bottom: Double
        get() = y + size * rows

    /**
     * Where cells are [sight], as an SVG path in which a cell is 1 wide: a rectangle for each run of them in a row, and
     * for as many rows below as are equal.
     */
    fun path(sight: Sight): String {
        val way = StringBuilder()
        var first = 0
        while (first < rows) {
            val row = seen.rows[first]
            val equal = (first until rows).takeWhile { seen.rows[it] == row }.size
            runs(row, sight).forEach { (start, length) ->
                way.append("M$start ${first}h${length}v${equal}h-${length}z")
            }
            first += equal
        }
        return "$way"
    }

    /**
     * Whole rows and columns of [sight] among others, as an SVG path, [thick] where a cell would be too thin to see.
     */
    fun stripes(sight: Sight, thick: String): String {
        val level = (0 until rows).filter { row -> seen.rows[row].all { it == sight } }
        val upright = (0 until columns).filter { column -> seen.rows.all { it[column] == sight } }
        if (level.size * 2 > rows || upright.size * 2 > columns) return ""
        return level.joinToString("") { "M0 ${it}h${columns}v${thick}h-${columns}z" } +
            upright.joinToString("") { "M$it 0h${thick}v${rows}h-${thick}z" }
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
