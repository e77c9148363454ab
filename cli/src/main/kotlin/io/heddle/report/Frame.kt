package io.heddle.report

import kotlin.math.ceil

/** How much room a chart has, in pixels. */
internal enum class Frame(val width: Int, val columns: Int, private val panelHeight: Int) {
    /** A page. */
    Wide(width = 760, columns = 3, panelHeight = 220),

    /** A telephone held upright. */
    Narrow(width = 356, columns = 1, panelHeight = 180);

    /** How many of the panels with these titles stand side by side: the titles do not run into each other. */
    fun across(panels: Collection<String>): Int {
        val longest = panels.maxOfOrNull { Look.label(it).length } ?: 0
        val wide = panels.size == FOUR || longest * LETTER > width / columns
        return minOf(panels.size, if (wide) minOf(columns, 2) else columns).coerceAtLeast(1)
    }

    /** How high a chart of [panels] is, with a legend of [labels]. */
    fun height(panels: Collection<String>, labels: List<String>): Int {
        val rows = ceil(panels.size / across(panels).toDouble()).toInt()
        val alone = rows == 1 && columns > 1
        return rows * (if (alone) panelHeight * ALONE / TENTHS else panelHeight) +
            AXES +
            legendRows(labels) * LEGEND_ROW
    }

    /** How many names a row of the legend holds. */
    fun legendColumns(labels: List<String>): Int =
        ((width - MARGIN) / (labels.maxOf { it.length } * LETTER + KEY)).toInt().coerceIn(1, labels.size)

    private fun legendRows(labels: List<String>): Int =
        if (labels.size == 1) 0 else ceil(labels.size / legendColumns(labels).toDouble()).toInt()

    private companion object {
        const val FOUR = 4
        const val ALONE = 12
        const val TENTHS = 10
        const val AXES = 62
        const val LEGEND_ROW = 24
        const val MARGIN = 60
        const val LETTER = 6.2
        const val KEY = 46
    }
}
