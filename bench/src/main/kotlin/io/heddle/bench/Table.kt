package io.heddle.bench

import java.util.Locale

/** Rows as Markdown tables, which are read as well on a terminal. */
internal object Table {
    private val works =
        listOf("work", "threads", "Heddle", "libtorch", "ratio", "lowest to highest", "goal", "of the limit")
    private val claims = listOf("claim", "threads", "Heddle", "against", "ratio", "lowest to highest", "goal")

    fun ofWorks(rows: List<Row>): String = text(works, rows.map { cells(it) })

    fun ofClaims(rows: List<ClaimRow>): String = text(claims, rows.map { cells(it) })

    fun ofGrowth(rows: List<GrowthRow>): String {
        val lengths = rows.firstOrNull()?.lengths.orEmpty().map { String.format(Locale.ROOT, "%,d", it) }
        val head = listOf("attention") + lengths + "time grows like" + lengths + "memory grows like"
        return text(head, rows.map { cells(it) })
    }

    private fun text(head: List<String>, lines: List<List<String>>): String {
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
            UnitOfMeasure.Milliseconds.text(row.heddle),
            UnitOfMeasure.Milliseconds.text(row.libtorch),
            ratio(row.ratio),
            "${ratio(row.lowest)} to ${ratio(row.highest)}",
            if (row.goal == 0.0) "" else "<= ${ratio(row.goal)}" + if (row.ratio <= row.goal) "" else " missed",
            if (row.limitShare == 0.0) "" else String.format(Locale.ROOT, "%.0f%%", row.limitShare * 100),
        )

    private fun cells(row: ClaimRow): List<String> =
        listOf(
            row.title,
            "${row.threads}",
            row.unit.text(row.heddle) +
                if (row.loss == 0.0) "" else String.format(Locale.ROOT, ", loss %.3f", row.loss),
            row.unit.text(row.against),
            ratio(row.ratio),
            "${ratio(row.lowest)} to ${ratio(row.highest)}",
            row.goal + if (row.holds) "" else " missed",
        )

    private fun cells(row: GrowthRow): List<String> =
        listOf(row.attention) +
            row.milliseconds.map(UnitOfMeasure.Milliseconds::text) +
            "length^${ratio(row.timeExponent)}" +
            row.bytes.map(UnitOfMeasure.Bytes::text) +
            "length^${ratio(row.memoryExponent)}"

    private fun ratio(number: Double) = String.format(Locale.ROOT, "%.2f", number)
}
