package io.heddle.chart

import io.heddle.runtime.sound.MelFilters
import io.heddle.runtime.sound.SpokenFrames
import java.util.Locale
import kotlin.math.roundToInt
import org.jetbrains.letsPlot.coord.coordCartesian
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

/**
 * What the model named [model] said of [text]: time from left to right, in seconds, and bands from low to high, at the
 * frequencies where their filters are highest; darker is louder.
 */
public class SpectrogramChart(private val model: String, private val text: String, private val spoken: SpokenFrames) {
    private val frames = spoken.frames
    private val step = spoken.features.hop.toDouble() / spoken.features.rate

    /** The picture. */
    public fun svg(): String = Charts.svg(plot(), "spectrogram")

    private fun plot(): Plot {
        val places = 0 until frames.frames() * frames.bands()
        val data =
            mapOf(
                "seconds" to places.map { it / frames.bands() * step },
                "band" to places.map { it % frames.bands() },
                "number" to places.map { frames.values()[it] },
            )
        val bands = (0 until frames.bands()).filter { it % (frames.bands() / TICKS).coerceAtLeast(1) == 0 }
        val middles = MelFilters.middles(spoken.features)
        return letsPlot(data) {
            x = "seconds"
            y = "band"
            fill = "number"
        } +
            geomRaster(sampling = samplingNone) +
            scaleXContinuous(expand = FLUSH) +
            scaleYContinuous(
                breaks = bands,
                labels = bands.map { "%,d".format(Locale.ROOT, middles[it].roundToInt()) },
                expand = FLUSH,
            ) +
            scaleFillGradientN(
                colors = HeatMap.COLOURS,
                name = spoken.unit.words(),
                guide = guideColorbar(barWidth = BAR, barHeight = BAR_LENGTH, nbin = BINS),
            ) +
            coordCartesian() +
            labs(title = "“$text”", subtitle = told(), x = "seconds", y = "Hertz") +
            Charts.look +
            ggsize(width(), HEIGHT)
    }

    private fun told() =
        "$model: %,d frames of %,d bands, %.2f s".format(Locale.ROOT, frames.frames(), frames.bands(), spoken.seconds())

    private fun width() = (frames.frames() * FRAME + AXES).coerceIn(NARROWEST, WIDEST)

    private companion object {
        const val TICKS = 8
        const val FRAME = 8
        const val AXES = 190
        const val NARROWEST = 420
        const val WIDEST = 1200
        const val HEIGHT = 380
        const val BAR = 12
        const val BAR_LENGTH = 120
        const val BINS = 64
        val FLUSH = listOf(0, 0)
    }
}
