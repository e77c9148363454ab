package io.heddle.report

import io.heddle.chart.Charts
import org.jetbrains.letsPlot.Stat
import org.jetbrains.letsPlot.coord.coordFlip
import org.jetbrains.letsPlot.facet.facetWrap
import org.jetbrains.letsPlot.geom.geomBoxplot
import org.jetbrains.letsPlot.geom.geomText
import org.jetbrains.letsPlot.ggsize
import org.jetbrains.letsPlot.intern.Plot
import org.jetbrains.letsPlot.label.labs
import org.jetbrains.letsPlot.letsPlot
import org.jetbrains.letsPlot.scale.scaleColorManual
import org.jetbrains.letsPlot.scale.scaleFillManual
import org.jetbrains.letsPlot.scale.scaleXDiscrete
import org.jetbrains.letsPlot.scale.scaleYContinuous
import org.jetbrains.letsPlot.themes.theme

/** How long steps took, as boxes: a row a variant, a panel a setting. */
internal class TimeChart(private val look: Look, private val times: List<StepTimes>) {
    private val panels = PanelTitles.of(times.map { it.setting })

    /** The chart in a [frame]. */
    fun plot(frame: Frame): Plot {
        val data =
            mapOf(
                "variant" to times.map { look.keys[it.variant] },
                "shortest" to times.map { it.shortest },
                "lower" to times.map { it.lower },
                "median" to times.map { it.median },
                "upper" to times.map { it.upper },
                "longest" to times.map { it.longest },
                "panel" to times.map { panels.getValue(it.setting) },
                "name" to times.map { look.labels[it.variant] },
                "edge" to times.map { 0.0 },
            )
        var plot = letsPlot(data) + boxes() + names()
        if (panels.size > 1) plot += facetWrap("panel", ncol = frame.across(panels.keys), order = 1)
        return plot +
            scaleXDiscrete(limits = look.keys.reversed()) +
            scaleYContinuous(limits = 0.0 to times.maxOf { it.longest } * ROOM) +
            scaleColorManual(look.colours, limits = look.keys) +
            scaleFillManual(look.colours, limits = look.keys) +
            coordFlip() + // which leaves x the axis of variants
            labs(x = "", y = "time of a step (ms)") +
            Charts.look +
            theme(axisTextX = "blank", axisTicksX = "blank").legendPositionNone() +
            ggsize(frame.width, height(frame))
    }

    /** Above its box a name has all the room there is; beside it the library would cut it. */
    private fun names() =
        geomText(size = LETTERS, hjust = 0.0, nudgeX = ABOVE, color = Charts.INK, showLegend = false) {
            x = "variant"
            y = "edge"
            label = "name"
        }

    private fun boxes() =
        geomBoxplot(stat = Stat.identity, alpha = FAINT, size = 0.7, width = 0.36, fatten = 1.5) {
            x = "variant"
            ymin = "shortest"
            lower = "lower"
            middle = "median"
            upper = "upper"
            ymax = "longest"
            color = "variant"
            fill = "variant"
        }

    private fun height(frame: Frame): Int {
        val across = frame.across(panels.keys)
        return (panels.size + across - 1) / across * (look.labels.size * ROW + STRIP) + AXIS
    }

    private companion object {
        const val FAINT = 0.2
        const val ROOM = 1.05
        const val ROW = 48
        const val STRIP = 44
        const val AXIS = 60
        const val LETTERS = 5.2
        const val ABOVE = 0.36
    }
}
