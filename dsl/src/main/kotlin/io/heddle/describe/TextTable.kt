package io.heddle.describe

/** Rows of words in columns that are as wide as they need to be. */
internal class TextTable(private vararg val rightAligned: Int) {
    private val rows = mutableListOf<List<String>>()

    fun row(vararg cells: String) {
        rows += cells.toList()
    }

    override fun toString(): String {
        val widths =
            List(rows.maxOfOrNull { it.size } ?: 0) { column -> rows.maxOf { it.getOrElse(column) { "" }.length } }
        return rows.joinToString("\n") { row -> line(row, widths) }
    }

    private fun line(row: List<String>, widths: List<Int>) =
        row.mapIndexed { column, cell ->
                if (column in rightAligned) cell.padStart(widths[column]) else cell.padEnd(widths[column])
            }
            .joinToString("  ")
            .trimEnd()
}

/** `1234567` as `1,234,567`, in every number of the text. */
internal fun grouped(text: Any): String =
    digits.replace("$text") { it.value.reversed().chunked(3).joinToString(",").reversed() }

private val digits = Regex("(?<![\\d.])\\d{4,}")
