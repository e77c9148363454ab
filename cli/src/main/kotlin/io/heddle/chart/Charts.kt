package io.heddle.chart

import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon
import org.jetbrains.letsPlot.intern.Feature
import org.jetbrains.letsPlot.intern.Plot
import org.jetbrains.letsPlot.intern.toSpec
import org.jetbrains.letsPlot.themes.elementBlank
import org.jetbrains.letsPlot.themes.elementLine
import org.jetbrains.letsPlot.themes.elementRect
import org.jetbrains.letsPlot.themes.elementText
import org.jetbrains.letsPlot.themes.margin
import org.jetbrains.letsPlot.themes.theme
import org.jetbrains.letsPlot.themes.themeMinimal

/** What charts have in common: one look, for paper as for screens, and the way to SVG. */
internal object Charts {
    /** What is written. */
    const val INK: String = "#222222"

    private const val QUIET = "#555555"
    private const val FAINT = "#bbbbbb"

    private const val MARGIN = 12
    private const val TITLE = 14.0

    /** How large the words on axes are, in pixels. */
    const val SMALL: Double = 11.0

    /** Black on white with thin lines and no grid, whatever surrounds it. */
    val look: Feature =
        themeMinimal() +
            theme(
                text = elementText(family = "Helvetica, Arial, sans-serif", color = INK, size = SMALL + 1),
                title = elementText(size = SMALL + 1, color = INK),
                axisTitle = elementText(size = SMALL + 1, color = INK),
                plotMargin = margin(MARGIN, MARGIN, MARGIN, MARGIN),
                plotTitle = elementText(size = TITLE, color = INK, face = "bold"),
                plotSubtitle = elementText(size = SMALL + 1, color = QUIET),
                plotBackground = elementRect(fill = "white", color = "white"),
                panelGrid = elementBlank(),
                panelBorder = elementRect(color = FAINT, fill = "rgba(0,0,0,0)", size = 1 / 2.0),
                axisText = elementText(size = SMALL, color = QUIET),
                axisTicks = elementLine(color = FAINT, size = 1 / 2.0),
                stripBackground = elementBlank(),
                stripText = elementText(size = SMALL + 1, color = INK),
                legendTitle = elementText(size = SMALL, color = INK),
                legendText = elementText(size = SMALL, color = QUIET),
            )

    /**
     * The chart as SVG that scales, and is the same every time.
     *
     * @param name what the names inside it begin with, so that several stand on one page
     */
    fun svg(plot: Plot, name: String): String {
        val drawn = PlotSvgExportCommon.buildSvgImageFromRawSpecs(plot.toSpec(), null, Pixels, false)
        return scaling(named(drawn, name))
    }

    /** The library draws its names at random: they are numbered here. */
    private fun named(svg: String, name: String): String {
        val names = Regex(" id=\"([^\"]+)\"").findAll(svg).map { it.groupValues[1] }.distinct().toList()
        val numbers = names.withIndex().associate { (number, random) -> random to "$name-$number" }
        return Regex("(id=\"|#)([A-Za-z0-9]+)").replace(svg) { found ->
            val (before, random) = found.destructured
            "$before${numbers[random] ?: random}"
        }
    }

    private fun scaling(svg: String): String =
        Regex("width=\"([0-9.]+)\" height=\"([0-9.]+)\"").replaceFirst(svg, "$0 viewBox=\"0 0 $1 $2\"")
}
