package io.heddle.draw

import io.heddle.terms.Sight
import kotlin.math.ceil
import kotlin.math.pow

/** Draws [panels] side by side, with what their colours mean below. */
internal class MaskPicture(private val panels: List<MaskPanel>) {
    private val ink = Ink()

    /** All panels together are about a page wide, four of them in a row at most. */
    private val across = if (panels.size <= ROW) panels.size else minOf(ROW, ceil(panels.size / 2.0).toInt())
    private val side = if (across == 1) WHOLE else SHARED

    fun text(): String {
        panels.forEachIndexed { number, panel ->
            panel(panel, number % across * (side + BESIDE), number / across * (side + ABOVE))
        }
        legend()
        val left = ink.all.minOf { it.left } - Look.MARGIN
        val top = ink.all.minOf { it.top } - Look.MARGIN
        val width = ink.all.maxOf { it.right } + Look.MARGIN - left
        val height = ink.all.maxOf { it.bottom } + Look.MARGIN - top
        return SvgText("What ${panels.first().places.first().path} sees", description())
            .write(ink.all, left, top, width, height)
    }

    private fun description(): String =
        panels.joinToString("; ", postfix = ". Queries go down, keys across.") { "${title(it)}: ${notes(it)}" }

    private fun title(panel: MaskPanel): String {
        val first = panel.places.first()
        if (panel.places.size == 1) return first.path
        return "${first.path} and ${panel.places.size - 1} more"
    }

    private fun notes(panel: MaskPanel): String {
        val attention = panel.places.first().attention
        return if (panel.heads.size == attention.heads) "${attention.mask}"
        else "${attention.mask}, ${heads(panel.heads)}"
    }

    private fun heads(heads: List<Int>): String =
        when {
            heads.size == 1 -> "head ${heads.single()}"
            heads.last() - heads.first() == heads.size - 1 -> "heads ${heads.first()} to ${heads.last()}"
            else -> "heads ${heads.joinToString()}"
        }

    private fun panel(panel: MaskPanel, x: Double, y: Double) {
        val count = panel.seen.rows.size
        val cell = side / count
        val notes = Letters.wrapped(phrases(notes(panel)), Look.NOTE, side)
        val base = y - HEAD - notes.size * Look.NOTE_LINE
        val marks = mutableListOf<Mark>(Words(x, base, title(panel), Look.TITLE, Weight.Bold, anchor = Anchor.Start))
        notes.forEachIndexed { line, words ->
            val height = base + 2 + (line + 1) * Look.NOTE_LINE
            marks += Words(x, height, words, Look.NOTE, colour = Look.QUIET, anchor = Anchor.Start)
        }
        marks += Cells(x, y, cell, count, panel.seen)
        ink.boxes += Named(panel.places.first().path, marks)
        ticks(x, y, cell, count)
    }

    /** Numbers along both axes at the middle of their cells, and what the axes are. */
    private fun ticks(x: Double, y: Double, cell: Double, count: Int) {
        val step = step(count)
        for (at in 0 until count step step) {
            val middle = (at + 1 / 2.0) * cell
            ink.boxes += Words(x + middle, y - TICK, "$at", SMALL, colour = Look.QUIET)
            ink.boxes += Words(x - TICK, y + middle + SMALL / 3, "$at", SMALL, colour = Look.QUIET, anchor = Anchor.End)
        }
        ink.boxes += Words(x + side, y + side + AXIS, "keys →", Look.NOTE, colour = Look.QUIET, anchor = Anchor.End)
        ink.boxes += Words(x, y + side + AXIS, "↓ queries", Look.NOTE, colour = Look.QUIET, anchor = Anchor.Start)
    }

    /** A round number of which at most eight fit into [count]. */
    private fun step(count: Int): Int =
        generateSequence(0) { it + 1 }
            .flatMap { power -> listOf(1, 2, 5).map { it * 10.0.pow(power).toInt() } }
            .first { count <= it * TICKS }

    private fun legend() {
        val rows = panels.flatMap { panel -> panel.seen.rows }.toSet()
        val shown = Sight.entries.filter { sight -> sight != Sight.Open || rows.any { Sight.Open in it } }
        val y = ink.all.maxOf { it.bottom } + LEGEND
        var x = 0.0
        shown.forEach { sight ->
            ink.boxes += Panel(x, y, SWATCH, SWATCH, sight.colour, Look.FRAME_EDGE, 2.0)
            ink.boxes += Words(x + SWATCH + TICK, y + SWATCH - 2, sight.words, Look.NOTE, anchor = Anchor.Start)
            x += SWATCH + Letters.width(sight.words, Look.NOTE) + LEGEND * 2
        }
    }

    private companion object {
        const val ROW = 4
        const val WHOLE = 420.0
        const val SHARED = 230.0
        const val BESIDE = 52.0
        const val ABOVE = 96.0
        const val HEAD = 24.0
        const val TICK = 6.0
        const val TICKS = 8
        const val SMALL = 10.0
        const val AXIS = 18.0
        const val LEGEND = 12.0
        const val SWATCH = 12.0
    }
}

/** What a cell of this kind looks like. */
internal val Sight.colour: String
    get() =
        when (this) {
            Sight.Seen -> "#6f9bc4"
            Sight.Hidden -> "#f1f1f1"
            Sight.Open -> "#f0c987"
        }

/** What a cell of this kind is called. */
internal val Sight.words: String
    get() =
        when (this) {
            Sight.Seen -> "seen"
            Sight.Hidden -> "hidden"
            Sight.Open -> "given with the data"
        }
