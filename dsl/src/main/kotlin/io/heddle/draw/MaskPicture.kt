package io.heddle.draw

import io.heddle.describe.grouped
import io.heddle.model.Attending
import io.heddle.model.CrossAttention
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
        val wide = panels.maxOf { cell(it.scale) * it.scale.keys }
        var y = 0.0
        panels.chunked(across).forEach { row ->
            row.forEachIndexed { number, panel -> panel(panel, number * (maxOf(side, wide) + BESIDE), y) }
            y += row.maxOf { cell(it.scale) * it.scale.queries } + ABOVE
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
        val memory = if (panel.scale.remembered == 0) "" else "memory of ${grouped(panel.scale.remembered)}"
        val heads = if (panel.heads.size == attention.heads) "" else heads(panel.heads)
        return listOf("${attention.mask}", memory, heads).filter { it.isNotEmpty() }.joinToString()
    }

    private fun heads(heads: List<Int>): String =
        when {
            heads.size == 1 -> "head ${heads.single()}"
            heads.last() - heads.first() == heads.size - 1 -> "heads ${heads.first()} to ${heads.last()}"
            else -> "heads ${heads.joinToString()}"
        }

    private fun panel(panel: MaskPanel, x: Double, y: Double) {
        val scale = panel.scale
        val cells = Cells(x, y, cell(scale), panel.seen)
        val notes = Letters.wrapped(phrases(notes(panel)), Look.NOTE, side)
        val head = if (scale.memory > 0) HEAD + Look.NOTE_LINE else HEAD
        val base = y - head - notes.size * Look.NOTE_LINE
        val marks = mutableListOf<Mark>(Words(x, base, title(panel), Look.TITLE, Weight.Bold, anchor = Anchor.Start))
        notes.forEachIndexed { line, words ->
            val height = base + 2 + (line + 1) * Look.NOTE_LINE
            marks += Words(x, height, words, Look.NOTE, colour = Look.QUIET, anchor = Anchor.Start)
        }
        marks += cells
        ink.boxes += Named(panel.places.first().path, marks)
        if (scale.memory > 0) memory(cells, scale)
        ticks(cells, scale)
        axes(cells, panel.places.first().attention)
    }

    /** Cells are square, and as large as the longer side of all of them allows. */
    private fun cell(scale: MaskScale) = minOf(side * LONGER / scale.keys, side / scale.queries)

    /** What is remembered of before, and where own positions begin. */
    private fun memory(cells: Cells, scale: MaskScale) {
        val x = cells.x + scale.memory * cells.size
        val y = cells.y - TICK - Look.NOTE_LINE
        val count = if (scale.memory == scale.remembered) "" else ", ${scale.memory} of ${scale.remembered}"
        ink.boxes += Words(x - TICK, y, "memory$count", Look.NOTE, colour = Look.QUIET, anchor = Anchor.End)
        ink.boxes += Words(x + TICK, y, "own positions", Look.NOTE, colour = Look.QUIET, anchor = Anchor.Start)
        ink.boxes += Line(listOf(Spot(x, cells.y - TICK / 2), Spot(x, cells.bottom + TICK / 2)), Stroke.Solid, Tip.Bare)
    }

    /** Numbers along both axes at the middle of their cells; what is remembered counts down to -1. */
    private fun ticks(cells: Cells, scale: MaskScale) {
        val across = step(scale.keys, cells.right - cells.x, WIDE)
        for (at in -scale.memory until scale.keys - scale.memory) {
            if (at % across != 0) continue
            val middle = cells.x + (scale.memory + at + 1 / 2.0) * cells.size
            ink.boxes += Words(middle, cells.y - TICK, "$at".replace('-', '−'), SMALL, colour = Look.QUIET)
        }
        for (at in 0 until scale.queries step step(scale.queries, cells.bottom - cells.y, SMALL + 2)) {
            val middle = cells.y + (at + 1 / 2.0) * cells.size + SMALL / 3
            ink.boxes += Words(cells.x - TICK, middle, "$at", SMALL, colour = Look.QUIET, anchor = Anchor.End)
        }
    }

    /** What the axes are. */
    private fun axes(cells: Cells, attention: Attending) {
        val y = cells.bottom + AXIS
        val keys = if (attention is CrossAttention) "keys of ${attention.from} →" else "keys →"
        val queries = "↓ queries"
        val right = maxOf(cells.right, cells.x + Letters.width(queries + keys, Look.NOTE) + AXIS)
        ink.boxes += Words(right, y, keys, Look.NOTE, colour = Look.QUIET, anchor = Anchor.End)
        ink.boxes += Words(cells.x, y, queries, Look.NOTE, colour = Look.QUIET, anchor = Anchor.Start)
    }

    /** A round number of which at most eight fit into [count], and into [far] with [room] for each. */
    private fun step(count: Int, far: Double, room: Double): Int =
        generateSequence(0) { it + 1 }
            .flatMap { power -> listOf(1, 2, 5).map { it * 10.0.pow(power).toInt() } }
            .first { count <= it * TICKS && count * room <= it * far || count <= it }

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
        const val WIDE = 26.0

        /** So much wider than high may all cells together be. */
        const val LONGER = 1.5
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
