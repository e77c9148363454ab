package io.heddle.report

import io.heddle.chart.Charts
import kotlin.math.abs
import kotlin.math.ln
import kotlin.math.pow
import org.jetbrains.letsPlot.coord.coordCartesian
import org.jetbrains.letsPlot.facet.facetWrap
import org.jetbrains.letsPlot.geom.geomLine
import org.jetbrains.letsPlot.geom.geomPoint
import org.jetbrains.letsPlot.geom.geomRibbon
import org.jetbrains.letsPlot.ggsize
import org.jetbrains.letsPlot.intern.Feature
import org.jetbrains.letsPlot.intern.Plot
import org.jetbrains.letsPlot.label.labs
import org.jetbrains.letsPlot.letsPlot
import org.jetbrains.letsPlot.sampling.samplingNone
import org.jetbrains.letsPlot.scale.guideLegend
import org.jetbrains.letsPlot.scale.scaleColorManual
import org.jetbrains.letsPlot.scale.scaleFillManual
import org.jetbrains.letsPlot.scale.scaleLinetypeManual
import org.jetbrains.letsPlot.scale.scaleShapeManual
import org.jetbrains.letsPlot.scale.scaleXContinuous
import org.jetbrains.letsPlot.scale.scaleYLog10
import org.jetbrains.letsPlot.themes.theme

/**
 * Curves as lines with bands: a panel beside the other, the same axes in all.
 *
 * @property x what stands below, with its unit
 * @property y what stands beside, with its unit
 */
internal class LineChart(
    private val look: Look,
    private val x: String,
    private val y: String,
    private val axis: Axis,
    private val points: Points,
    curves: List<Curve>,
) {
    /** How y is drawn. */
    sealed interface Axis {
        val lowest: Double
        val highest: Double

        /** Even steps from [lowest] to [highest]; what is above stands outside. */
        class Linear(override val lowest: Double, override val highest: Double) : Axis

        /** The same in powers of ten. */
        class Logarithmic(override val lowest: Double, override val highest: Double) : Axis
    }

    /** Whether points are marked. */
    enum class Points {
        Marked,
        Unmarked,
    }

    private val panels = PanelTitles.of(curves.map { it.panel })
    private val rows = curves.flatMapIndexed { number, curve -> curve.points.map { Row(number, curve, it) } }
    private val ends = apart(curves.flatMapIndexed { number, curve -> ended(number, curve) })

    /** The chart in a [frame]. */
    fun plot(frame: Frame): Plot {
        val (whole, single) = rows.partition { it.curve.end == CurveEnd.Whole }
        var plot = letsPlot()
        val banded = whole.filter { row -> row.curve.points.any { it.high > it.low } }
        if (banded.isNotEmpty()) plot += band(banded)
        if (single.isNotEmpty()) plot += line(single, THIN)
        if (whole.isNotEmpty()) plot += line(whole, THICK)
        val marked = if (points == Points.Marked) whole else rows.filter { it.curve.points.size == 1 }
        if (marked.isNotEmpty()) plot += marks(marked)
        if (ends.isNotEmpty()) plot += crosses()
        if (panels.keys.any { it.isNotEmpty() })
            plot += facetWrap("panel", ncol = frame.across(panels.keys), order = 1, scales = "free_x")
        return plot +
            scales(frame) +
            labs(x = x, y = y) +
            Charts.look +
            legend() +
            ggsize(frame.width, frame.height(panels.keys, look.labels))
    }

    private fun band(rows: List<Row>) =
        geomRibbon(data(rows), alpha = FAINT, size = 0.0, showLegend = false) {
            x = "x"
            ymin = "low"
            ymax = "high"
            fill = "variant"
            group = "curve"
        }

    private fun line(rows: List<Row>, width: Double) =
        geomLine(data(rows), size = width, sampling = samplingNone) {
            x = "x"
            y = "middle"
            color = "variant"
            linetype = "variant"
            group = "curve"
        }

    private fun marks(rows: List<Row>) =
        geomPoint(data(rows), size = MARK, sampling = samplingNone) {
            x = "x"
            y = "middle"
            color = "variant"
            shape = "variant"
        }

    /** Where trials diverged. */
    private fun crosses() =
        geomPoint(data(ends), size = CROSS, shape = CROSSED, stroke = 1.5, showLegend = false) {
            x = "x"
            y = "middle"
            color = "variant"
        }

    private fun ended(number: Int, curve: Curve): List<Row> =
        when (val end = curve.end) {
            is CurveEnd.Diverged ->
                listOf(Row(number, curve, curve.points.last().copy(x = end.step.toDouble()).inside()))
            is CurveEnd.Whole,
            is CurveEnd.CutShort -> emptyList()
        }

    /** One below the other where they would cover each other. */
    private fun apart(crosses: List<Row>): List<Row> {
        val near = rows.maxOfOrNull { it.point.x }.let { (it ?: 0.0) * NEAR }
        val placed = mutableListOf<Row>()
        crosses.forEach { cross ->
            val beside = placed.filter { it.curve.panel == cross.curve.panel && abs(it.point.x - cross.point.x) < near }
            val heights = beside.map { height(it.point.middle) }
            var height = height(cross.point.middle)
            while (height > 0 && heights.any { abs(it - height) < EDGE }) height -= EDGE
            placed += Row(cross.number, cross.curve, cross.point.copy(middle = at(maxOf(height, EDGE / 2))))
        }
        return placed
    }

    /** How high [value] stands, as a share of the axis. */
    private fun height(value: Double): Double =
        when (axis) {
            is Axis.Linear -> (value - axis.lowest) / (axis.highest - axis.lowest)
            is Axis.Logarithmic -> ln(value / axis.lowest) / ln(axis.highest / axis.lowest)
        }

    /** The value at a share of the axis. */
    private fun at(height: Double): Double =
        when (axis) {
            is Axis.Linear -> axis.lowest + height * (axis.highest - axis.lowest)
            is Axis.Logarithmic -> axis.lowest * (axis.highest / axis.lowest).pow(height)
        }

    private fun data(rows: List<Row>): Map<String, List<Any>> =
        mapOf(
            "x" to rows.map { it.point.x },
            "low" to rows.map { it.point.low },
            "middle" to rows.map { drawn(it.point.middle) },
            "high" to rows.map { it.point.high },
            "variant" to rows.map { look.keys[it.curve.variant] },
            "curve" to rows.map { it.number },
            "panel" to rows.map { panels.getValue(it.curve.panel) },
        )

    /** A trial that ended far above the axis left the panel at its upper edge. */
    private fun CurvePoint.inside(): CurvePoint = copy(middle = minOf(middle, at(1 - EDGE)))

    /** The library leaves out what is beyond a logarithmic axis: it goes along the edge instead. */
    private fun drawn(value: Double) = if (axis is Axis.Logarithmic) minOf(value, axis.highest) else value

    private fun scales(frame: Frame): Feature {
        val guide = guideLegend(ncol = frame.legendColumns(look.labels))
        val manual =
            scaleColorManual(look.colours, limits = look.keys, labels = look.labels, name = "", guide = guide) +
                scaleFillManual(look.colours, limits = look.keys, guide = "none") +
                scaleLinetypeManual(look.lines, limits = look.keys, labels = look.labels, name = "", guide = guide) +
                scaleShapeManual(look.shapes, limits = look.keys, labels = look.labels, name = "", guide = guide)
        val along =
            if (points == Points.Marked || rows.distinctBy { it.point.x }.size == 1) manual + whole() else manual
        return when (axis) {
            is Axis.Linear -> along + coordCartesian(ylim = axis.lowest to axis.highest)
            is Axis.Logarithmic -> along + scaleYLog10(limits = axis.lowest to axis.highest, expand = listOf(0, 0))
        }
    }

    /** Layers, and a step alone, are whole numbers, of which some are named, evenly. */
    private fun whole(): Feature {
        val layers = rows.map { it.point.x.toInt() }.distinct().sorted()
        val every = (layers.size + LABELS - 1) / LABELS
        val named = layers.filterIndexed { number, _ -> number % every == 0 }
        return scaleXContinuous(breaks = named, labels = named.map { "$it" })
    }

    private fun legend(): Feature =
        if (look.labels.size == 1) theme().legendPositionNone() else theme().legendPositionBottom()

    private class Row(val number: Int, val curve: Curve, val point: CurvePoint)

    private companion object {
        const val THICK = 0.9
        const val THIN = 0.5
        const val FAINT = 0.18
        const val MARK = 2.5
        const val CROSS = 4.0
        const val CROSSED = 4

        /** The height of a cross, as a share of the axis. */
        const val EDGE = 0.06

        /** The width of one, as a share of all steps. */
        const val NEAR = 0.03
        const val LABELS = 8
    }
}
