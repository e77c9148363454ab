package io.heddle.draw

import kotlin.math.ceil
import kotlin.math.floor

/**
 * A [piece] that is drawn, as a block to be placed: a strip for the shape of what it makes lies on top.
 *
 * @property ink its marks, with x = 0 where lines come and go
 * @property whole its outline, without the strip
 * @property since the height at which the line begins that leads out
 */
internal class BlockInk(
    val piece: Piece,
    private val ink: Ink,
    private val whole: Panel,
    private val since: Double,
    private val entries: List<Entry>,
    private val outlets: List<Outlet>,
) {
    private val half = Letters.width(piece.shape, Look.NOTE) + 2 * GAP
    private val left = floor(minOf(whole.left, -half))
    private val right = ceil(maxOf(whole.right, if (piece is Chain) half else 0.0))
    private val strip = if (piece.shape.isEmpty()) 0.0 else Look.SHAPE
    private val top = floor(whole.top - strip)
    private val side = floor(whole.right - SIDE)

    /** The block, with a port for every line that may come or go. */
    fun block(): Block {
        val width = right - left
        val ways = piece.below.mapIndexed { number, _ -> port("in$number", PortSide.Bottom, way(number), whole.bottom) }
        val sides = entries.mapIndexed { number, entry -> port("read$number", PortSide.Left, left, entry.height) }
        val level = if (piece.below.isEmpty()) Level.Ground else Level.Free
        val tied = port(TIED, PortSide.Bottom, side, whole.bottom)
        val ports = listOf(port(OUT, PortSide.Top, 0.0, top), port(TABLE, PortSide.Top, side, top), tied)
        val outs = outlets.map { port(exit(it.path), PortSide.Right, right, it.height) }
        return Block(piece.path, width, whole.bottom - top, level, ports + ways + sides + outs)
    }

    private fun port(name: String, side: PortSide, x: Double, y: Double) = Port(name, side, x - left, y - top)

    /** What comes from below arrives in the middle, or spread around it. */
    private fun way(number: Int): Double =
        (number - (piece.below.size - 1) / 2.0) * floor(whole.width / piece.below.size)

    /** What is read from the side, by the names of its ports. */
    val reads: List<Pair<String, String>> = entries.mapIndexed { number, entry -> entry.read to "read$number" }

    /**
     * The marks with the block's upper left corner at [place]; [last] where nothing reads it, [given] what others ask
     * for.
     */
    fun at(place: Spot, last: Boolean, shared: Boolean): Ink {
        val placed = Ink()
        placed.add(finished(last, shared), place.x - left, place.y - top)
        return placed
    }

    private fun finished(last: Boolean, shared: Boolean): Ink {
        val all = Ink()
        all.add(ink, 0.0, 0.0)
        entries.forEach { all.line(Spot(left, it.height), it.corner, it.end) }
        outlets.forEach { all.lines += Line(it.corners + Spot(right, it.height), Stroke.Solid, Tip.Bare) }
        if (piece.shape.isNotEmpty()) {
            val idle = last && outlets.isNotEmpty()
            if (!idle) all.line(Spot(0.0, since), Spot(0.0, top), tip = if (last) Tip.Arrow else Tip.Bare)
            val base = whole.top - (strip - Look.NOTE) / 2
            all.boxes += Words(-GAP, base, piece.shape, Look.NOTE, colour = Look.QUIET, anchor = Anchor.End)
        }
        if (shared) all.line(Spot(side, whole.top), Spot(side, top), stroke = Stroke.Dashed, tip = Tip.Bare)
        return all
    }

    companion object {
        const val OUT = "out"
        const val TABLE = "table"
        const val TIED = "tied"

        /** The name of the port at the way out that [path] names. */
        fun exit(path: String) = "exit $path"

        private const val GAP = 6.0
        private const val SIDE = 14.0

        /** The boxes of [chain] on top of each other. */
        fun of(chain: Chain): BlockInk {
            val ink = Ink()
            val width = chain.boxes.maxOf { BoxInk(it).width }.coerceAtLeast(Look.NARROWEST)
            var top = 0.0
            chain.boxes.forEachIndexed { number, box ->
                val drawn = BoxInk(box)
                if (number > 0) ink.line(Spot(0.0, top), Spot(0.0, top - Look.GAP))
                top -= drawn.height + if (number > 0) Look.GAP else 0.0
                ink.boxes += drawn.at(-width / 2, top, width)
            }
            val whole = Panel(-width / 2, top, width, -top, "", "")
            return BlockInk(chain, ink, whole, top, emptyList(), emptyList())
        }
    }
}
