package io.heddle.chart

import kotlin.math.ceil
import kotlin.math.pow
import org.jetbrains.letsPlot.coord.coordFixed
import org.jetbrains.letsPlot.facet.facetWrap
import org.jetbrains.letsPlot.geom.geomRaster
import org.jetbrains.letsPlot.ggsize
import org.jetbrains.letsPlot.intern.Plot
import org.jetbrains.letsPlot.label.labs
import org.jetbrains.letsPlot.letsPlot
import org.jetbrains.letsPlot.sampling.samplingNone
import org.jetbrains.letsPlot.scale.guideColorbar
import org.jetbrains.letsPlot.scale.scaleFillGradientN
import org.jetbrains.letsPlot.scale.scaleXContinuous
import org.jetbrains.letsPlot.scale.scaleYContinuous
import org.jetbrains.letsPlot.themes.elementText
import org.jetbrains.letsPlot.themes.theme

/** An axis of a heat map: what it is, and what each of its entries is called. */
public class HeatAxis(public val title: String, public val labels: List<String>)

/** Numbers from 0 to 1 for each row and column of the panel with this [number]. */
public class HeatPanel(public val number: Int, public val rows: List<FloatArray>)

/** How much room a heat map has. */
public enum class HeatRoom(internal val wide: Double, internal val columns: Int, internal val narrowest: Int) {
    /** A page by itself. */
    Page(wide = 880.0, columns = 4, narrowest = 360),

    /** A column of text. */
    Column(wide = 500.0, columns = 4, narrowest = 360),

    /** A telephone held upright: the legend stands below. */
    Telephone(wide = 250.0, columns = 2, narrowest = 356),
}

/**
 * Numbers from 0 to 1 by row, from the top down, and column, as colours: panels side by side on one scale.
 *
 * @property panel what a panel is, as in `head`: its number stands behind it
 * @property unit what the numbers are, above the legend
 * @property room what it has to fit in, nearly
 */
public class HeatMap(
    public val title: String,
    public val subtitle: String,
    public val down: HeatAxis,
    public val across: HeatAxis,
    public val panel: String,
    public val panels: List<HeatPanel>,
    public val unit: String,
    public val room: HeatRoom = HeatRoom.Page,
) {
    /** The picture; [name] is what names inside of it begin with. */
    public fun svg(name: String): String = Charts.svg(plot(), name)

    private val columns =
        if (panels.size <= room.columns) panels.size else minOf(room.columns, ceil(panels.size / 2.0).toInt())
    private val lines = (panels.size + columns - 1) / columns

    /** How wide a cell is, in pixels: large enough for a word beside it, if all panels then fit on a page. */
    private val cell: Double =
        minOf(
            CELL,
            room.wide / columns / across.labels.size,
            maxOf(room.wide / columns, TALL / lines) / down.labels.size,
        )

    private fun plot(): Plot {
        val cells =
            panels.flatMap { panel ->
                panel.rows.flatMapIndexed { row, numbers ->
                    numbers.mapIndexed { column, number -> Cell(panel.number, row, column, number) }
                }
            }
        val data =
            mapOf(
                "panel" to cells.map { it.panel },
                "down" to cells.map { -it.row },
                "across" to cells.map { it.column },
                "number" to cells.map { it.number },
            )
        val (downward, rightward) = ticks(down.labels) to ticks(across.labels)
        return letsPlot(data) {
            x = "across"
            y = "down"
            fill = "number"
        } +
            geomRaster(sampling = samplingNone) +
            facetWrap("panel", ncol = columns, order = 1, format = "$panel {d}") +
            scaleXContinuous(breaks = rightward, labels = rightward.map { short(across.labels[it]) }, expand = FLUSH) +
            scaleYContinuous(
                breaks = downward.map { -it },
                labels = downward.map { short(down.labels[it]) },
                expand = FLUSH,
            ) +
            scaleFillGradientN(colors = COLOURS, limits = 0 to 1, breaks = BREAKS, name = unit, guide = bar()) +
            coordFixed() +
            labs(title = title, subtitle = subtitle, x = across.title, y = down.title) +
            Charts.look +
            theme(axisTextX = elementText(angle = if (isUpright()) UPRIGHT else 0)) +
            legend() +
            ggsize(width(), height())
    }

    private fun isBeside() =
        when (room) {
            HeatRoom.Page,
            HeatRoom.Column -> true
            HeatRoom.Telephone -> false
        }

    private fun bar() =
        if (isBeside()) guideColorbar(barWidth = BAR, barHeight = BAR_LENGTH, nbin = BINS)
        else guideColorbar(barWidth = BAR_LENGTH, barHeight = BAR, nbin = BINS)

    private fun legend() = if (isBeside()) theme().legendPositionRight() else theme().legendPositionBottom()

    private class Cell(val panel: Int, val row: Int, val column: Int, val number: Float)

    /** Whether labels of columns stand upright, because there is no room for them side by side. */
    private fun isUpright() = wide(across.labels) + Charts.SMALL / 2 > step(across.labels) * cell

    /** As many labels as have room, at even steps. */
    private fun ticks(labels: List<String>): List<Int> =
        step(labels).let { step -> labels.indices.filter { it % step == 0 } }

    private fun step(labels: List<String>): Int = STEPS.first { it * cell >= Charts.SMALL + 1 || it >= labels.size }

    private fun short(label: String): String =
        if (label.codePointCount(0, label.length) <= LONGEST) label
        else label.substring(0, label.offsetByCodePoints(0, LONGEST - 1)) + "…"

    private fun wide(labels: List<String>) = labels.maxOf { short(it).length } * Charts.SMALL * LETTER

    private fun width(): Int =
        (columns * (cell * across.labels.size + GAP) + wide(down.labels) + if (isBeside()) LEGEND else MARGIN)
            .toInt()
            .coerceAtLeast(room.narrowest)

    private fun below(): Double = if (isUpright()) wide(across.labels) else Charts.SMALL

    private fun height(): Int =
        (lines * (cell * down.labels.size + STRIP) + below() + HEAD + if (isBeside()) 0.0 else MARGIN).toInt()

    internal companion object {
        private const val CELL = 26.0
        private const val TALL = 880.0
        private const val LONGEST = 12
        private const val LETTER = 0.62
        private const val GAP = 14.0
        private const val STRIP = 28.0
        private const val LEGEND = 130.0
        private const val MARGIN = 60.0
        private const val HEAD = 110.0
        private const val UPRIGHT = 90
        private const val BAR = 12
        private const val BAR_LENGTH = 120
        private const val BINS = 64
        private val FLUSH = listOf(0, 0)
        private val BREAKS = listOf(0.0, 0.25, 0.5, 0.75, 1.0)
        private val STEPS = (0..6).flatMap { power -> listOf(1, 2, 5).map { it * 10.0.pow(power).toInt() } }

        /**
         * From white to almost black at even steps of lightness, `L* = 100 - 9.2 i` of CIE 1976, and from yellow over
         * red to violet: equal steps of a number are equal steps to the eye, in grey too.
         */
        internal val COLOURS =
            listOf("#ffffff", "#ffdfc2", "#ffbc98", "#ff957b", "#ff666c", "#ed386f") +
                listOf("#c52376", "#932574", "#5f2963", "#322444", "#181818")
    }
}
