package io.heddle.bench

import java.util.Locale

/** The rows as a Markdown table, which is read as well on a terminal. */
internal object Table {
    private val head =
        listOf("work", "threads", "Heddle", "libtorch", "ratio", "lowest to highest", "goal", "of the limit")

    fun text(rows: List<Row>): String {
        val lines = rows.map { cells(it) }
        val widths = head.indices.map { column -> (lines + listOf(head)).maxOf { it[column].length } }
        fun line(cells: List<String>) =
            cells.withIndex().joinToString(" | ", "| ", " |") { (column, cell) ->
                if (column == 0) cell.padEnd(widths[column]) else cell.padStart(widths[column])
            }
        val rule =
            widths.withIndex().joinToString("|", "|", "|") { (column, width) ->
                if (column == 0) "-".repeat(width + 2) else "-".repeat(width + 1) + ":"
            }
        return (listOf(line(head), rule) + lines.map(::line)).joinToString("\n")
    }

    private fun cells(row: Row): List<String> =
        listOf(
            Works.named(row.work).title,
            "${row.threads}",
            "${number(row.heddle)} ms",
            "${number(row.libtorch)} ms",
            ratio(row.ratio),
            "${ratio(row.lowest)} to ${ratio(row.highest)}",
            "<= ${ratio(row.goal)}" + if (row.ratio <= row.goal) "" else " missed",
            if (row.limitShare == 0.0) "" else String.format(Locale.ROOT, "%.0f%%", row.limitShare * 100),
        )

    private fun ratio(number: Double) = String.format(Locale.ROOT, "%.2f", number)

    private fun number(milliseconds: Double) =
        String.format(Locale.ROOT, if (milliseconds < 100) "%.2f" else "%.0f", milliseconds)
}
