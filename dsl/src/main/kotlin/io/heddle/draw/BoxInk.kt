package io.heddle.draw

/** How large [Box]es are, and their marks. */
internal class BoxInk(private val box: Box) {
    private val lines = Letters.wrapped(box.notes, Look.NOTE, Look.WIDEST)
    private val small = box.kind == Kind.Norm && box.notes.isEmpty() || box.kind == Kind.Factor

    /** No narrower than its words. */
    val width: Double =
        maxOf(
            Letters.width(box.title, titleSize, titleWeight),
            lines.maxOfOrNull { Letters.width(it, Look.NOTE) } ?: 0.0,
            box.cells.size * (CELL + CELL_GAP),
        ) + 2 * Look.PADDING

    val height: Double =
        if (small) SMALL
        else
            2 * PAD +
                Look.TITLE_LINE +
                lines.size * Look.NOTE_LINE +
                if (box.cells.isEmpty()) 0.0 else CELL_HEIGHT + PAD

    private val titleSize
        get() = if (small) Look.NOTE + 1 else Look.TITLE

    private val titleWeight
        get() = if (small) Weight.Plain else Weight.Bold

    /** The box, [wide] and with its upper left corner at [x], [y]. */
    fun at(x: Double, y: Double, wide: Double): Mark {
        val middle = x + wide / 2
        val marks = mutableListOf<Mark>(Panel(x, y, wide, height, box.kind.colour, Look.EDGE))
        val base = if (small) y + SMALL / 2 + titleSize / 3 else y + PAD + Look.TITLE
        marks += Words(middle, base, box.title, titleSize, titleWeight)
        lines.forEachIndexed { number, line ->
            marks += Words(middle, base + (number + 1) * Look.NOTE_LINE + 1, line, Look.NOTE, colour = Look.QUIET)
        }
        val first = middle - (box.cells.size * (CELL + CELL_GAP) - CELL_GAP) / 2
        val top = y + height - PAD - CELL_HEIGHT
        box.cells.forEachIndexed { number, cell ->
            val left = first + number * (CELL + CELL_GAP)
            if (cell != "…") marks += Panel(left, top, CELL, CELL_HEIGHT, Kind.FeedForward.colour, Look.EDGE, ROUND)
            marks += Words(left + CELL / 2, top + CELL_HEIGHT / 2 + Look.NOTE / 3, cell, Look.NOTE)
        }
        return Named(box.path, marks)
    }

    private companion object {
        const val PAD = 8.0
        const val SMALL = 24.0
        const val CELL = 34.0
        const val CELL_HEIGHT = 20.0
        const val CELL_GAP = 5.0
        const val ROUND = 3.0
    }
}
