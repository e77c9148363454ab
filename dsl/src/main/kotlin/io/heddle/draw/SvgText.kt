package io.heddle.draw

import io.heddle.terms.Sight
import java.math.BigDecimal
import java.math.RoundingMode
import kotlin.math.abs
import kotlin.math.hypot
import kotlin.math.min
import kotlin.math.sign

/** Writes marks as SVG: a picture of its own, with its own background, that asks for nothing from outside. */
internal class SvgText(private val title: String, private val description: String) {
    private val text = StringBuilder()

    /** [marks], from [left] and [top] on, in a picture of [width] and [height]. */
    fun write(marks: List<Mark>, left: Double, top: Double, width: Double, height: Double): String {
        val size = "width=\"${number(width)}\" height=\"${number(height)}\""
        val view = "viewBox=\"${number(left)} ${number(top)} ${number(width)} ${number(height)}\""
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" $size $view role=\"img\" font-family=\"$FONT\">")
        line("<title>${escaped(title)}</title>")
        line("<desc>${escaped(description)}</desc>")
        mark(Panel(left, top, width, height, Look.PAPER, "none", 0.0))
        marks.forEach { mark(it) }
        line("</svg>")
        return "$text"
    }

    private fun line(more: String) {
        text.append(more).append('\n')
    }

    private fun mark(mark: Mark) {
        when (mark) {
            is Panel -> panel(mark)
            is Words -> words(mark)
            is Line -> line(mark)
            is Plus -> plus(mark)
            is Cells -> cells(mark)
            is Named -> {
                line("<g data-path=\"${escaped(mark.path)}\">")
                mark.marks.forEach { mark(it) }
                line("</g>")
            }
        }
    }

    private fun panel(mark: Panel) {
        val place = "x=\"${number(mark.x)}\" y=\"${number(mark.y)}\""
        val size = "width=\"${number(mark.width)}\" height=\"${number(mark.height)}\""
        val round = if (mark.radius == 0.0) "" else " rx=\"${number(mark.radius)}\""
        val stroke = if (mark.stroke == "none") "" else " stroke=\"${mark.stroke}\""
        line("<rect $place $size$round fill=\"${mark.fill}\"$stroke/>")
    }

    private fun words(mark: Words) {
        val place = "x=\"${number(mark.x)}\" y=\"${number(mark.y)}\""
        val weight = if (mark.weight == Weight.Plain) "" else " font-weight=\"${mark.weight.value}\""
        val font = "font-size=\"${number(mark.size)}\"$weight"
        val anchor = "text-anchor=\"${mark.anchor.word}\""
        line("<text $place $font $anchor fill=\"${mark.colour}\">${escaped(mark.text)}</text>")
    }

    private fun plus(mark: Plus) {
        val (x, y) = number(mark.x) to number(mark.y)
        val arm = Look.RING / 2
        line("<g data-path=\"${escaped(mark.path)}\">")
        line("<circle cx=\"$x\" cy=\"$y\" r=\"${number(Look.RING)}\" fill=\"${Look.PAPER}\" stroke=\"${Look.LINE}\"/>")
        val level = "M ${number(mark.x - arm)} $y H ${number(mark.x + arm)}"
        line("<path d=\"$level M $x ${number(mark.y - arm)} V ${number(mark.y + arm)}\" stroke=\"${Look.LINE}\"/>")
        line("</g>")
    }

    /** Cells are drawn on paper of which each is 1 wide; lines between them show where they are few. */
    private fun cells(mark: Cells) {
        panel(Panel(mark.x, mark.y, mark.right - mark.x, mark.bottom - mark.y, Sight.Hidden.colour, "none", 0.0))
        val place = "translate(${number(mark.x)} ${number(mark.y)}) scale(${precise(mark.size)})"
        line("<g transform=\"$place\" shape-rendering=\"crispEdges\">")
        (Sight.entries - Sight.Hidden).forEach { sight ->
            val way = mark.path(sight)
            if (way.isNotEmpty()) line("<path data-sight=\"${sight.name}\" fill=\"${sight.colour}\" d=\"$way\"/>")
        }
        if (mark.size < THIN) {
            val stripes = mark.stripes(Sight.Seen, precise(THIN / mark.size))
            if (stripes.isNotEmpty()) line("<path fill=\"${Sight.Seen.colour}\" d=\"$stripes\"/>")
        }
        line("</g>")
        if (mark.size >= WIDE) lattice(mark)
        panel(Panel(mark.x, mark.y, mark.right - mark.x, mark.bottom - mark.y, "none", Look.EDGE, 0.0))
    }

    private fun lattice(mark: Cells) {
        val upright =
            (1 until mark.columns).map {
                "M ${number(mark.x + it * mark.size)} ${number(mark.y)} V ${number(mark.bottom)}"
            }
        val level =
            (1 until mark.rows).map { "M ${number(mark.x)} ${number(mark.y + it * mark.size)} H ${number(mark.right)}" }
        val way = (upright + level).joinToString(" ")
        if (way.isNotEmpty()) line("<path d=\"$way\" stroke=\"${Look.PAPER}\" fill=\"none\"/>")
    }

    private fun line(mark: Line) {
        val corners = mark.corners.filterIndexed { place, spot -> place == 0 || spot != mark.corners[place - 1] }
        if (corners.size < 2) return
        val colour = if (mark.stroke == Stroke.Dashed) Look.FAINT else Look.LINE
        val dashes = if (mark.stroke == Stroke.Dashed) " stroke-dasharray=\"4 3\"" else ""
        val (before, end) = corners.takeLast(2)
        val shaft = if (mark.tip == Tip.Arrow) corners.dropLast(1) + toward(end, before, ARROW - 1) else corners
        line("<path d=\"${rounded(shaft)}\" fill=\"none\" stroke=\"$colour\" stroke-width=\"1.2\"$dashes/>")
        if (mark.tip == Tip.Arrow) line("<path d=\"${arrow(before, end)}\" fill=\"$colour\"/>")
    }

    /** The way through [corners], each turned in a small arc. */
    private fun rounded(corners: List<Spot>): String {
        val way = StringBuilder("M ${place(corners.first())}")
        for (at in 1 until corners.lastIndex) {
            val (before, corner, after) = corners.subList(at - 1, at + 2)
            val radius = min(TURN, min(distance(before, corner), distance(corner, after)) / 2)
            way.append(" L ${place(toward(corner, before, radius))}")
            way.append(" Q ${place(corner)} ${place(toward(corner, after, radius))}")
        }
        return "$way L ${place(corners.last())}"
    }

    private fun arrow(from: Spot, tip: Spot): String {
        val (across, along) = (tip.x - from.x).sign to (tip.y - from.y).sign
        val back = Spot(tip.x - ARROW * across, tip.y - ARROW * along)
        val one = Spot(back.x - HALF * along, back.y - HALF * across)
        val other = Spot(back.x + HALF * along, back.y + HALF * across)
        return "M ${place(tip)} L ${place(one)} L ${place(other)} Z"
    }

    private fun distance(one: Spot, other: Spot) = hypot(one.x - other.x, one.y - other.y)

    private fun toward(from: Spot, to: Spot, far: Double): Spot {
        val distance = distance(from, to)
        if (abs(distance) < far) return to
        return Spot(from.x + (to.x - from.x) * far / distance, from.y + (to.y - from.y) * far / distance)
    }

    private fun place(spot: Spot) = "${number(spot.x)} ${number(spot.y)}"

    private companion object {
        const val FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
        const val TURN = 6.0
        const val ARROW = 7.0
        const val HALF = 3.2

        /** What is thinner than this is hard to see. */
        const val THIN = 1.5

        /** Cells that are wider than this have lines between them. */
        const val WIDE = 5.0
    }
}

/** A factor with so many digits that thousands of cells are as wide as they are told to be. */
private fun precise(value: Double): String =
    BigDecimal(value).setScale(6, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()

/** A number of pixels with one digit after the point, where it needs one. */
private fun number(value: Double): String =
    BigDecimal(value).setScale(1, RoundingMode.HALF_UP).let {
        if (it.signum() == 0) "0" else it.stripTrailingZeros().toPlainString()
    }

/** [text] as XML has it; what XML 1.0 cannot hold is left out. */
internal fun escaped(text: String): String =
    text.filter { it >= ' ' }.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
