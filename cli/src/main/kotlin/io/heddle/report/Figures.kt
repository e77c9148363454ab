package io.heddle.report

import io.heddle.chart.Charts
import org.jetbrains.letsPlot.intern.Plot

/** Charts as pictures for a page and for a telephone. */
internal object Figures {
    /** What [plot] draws in each frame, called [name]. */
    fun of(name: String, title: String, caption: String, plot: (Frame) -> Plot): Block.Figure {
        val wide = drawn(plot(Frame.Wide), name)
        val narrow = drawn(plot(Frame.Narrow), "$name-narrow")
        return Block.Figure(name, title, caption, wide, narrow)
    }

    private fun drawn(plot: Plot, name: String) = ShortNumbers.of(PanelTitles.shown(Charts.svg(plot, name)))
}
