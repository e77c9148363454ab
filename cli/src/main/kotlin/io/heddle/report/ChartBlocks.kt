package io.heddle.report

import io.heddle.chart.Charts
import io.heddle.runtime.experiment.ExperimentResult
import kotlin.math.pow
import org.jetbrains.letsPlot.intern.Plot

/** The pictures of a report. What there are no numbers for is left out, with a sentence that says why. */
internal class ChartBlocks(private val result: ExperimentResult) {
    private val experiment = result.experiment
    private val look = Look(experiment.variants.map { it.name })
    private val band = "Lines are means over the seeds that finished, bands run from the lowest to the highest of them."
    private val alone = result.trials.any { trial -> Curves.isAlone(trial) }
    private val others =
        if (alone) " Thin lines are single trials that did not finish; × is where one diverged." else ""

    /** Losses and learning rates over steps. */
    fun curves(): List<Block> {
        val validation = Curves.validationLoss(result)
        val training = Curves.trainingLoss(result)
        val bin = Curves.binOf(result)
        return listOf(
            lines(
                Lines("validation-loss", "Validation loss", "step", "validation loss (nats)"),
                validation,
                losses(validation),
                band + others + cut(validation),
                "no held-out data was looked at",
            ),
            lines(
                Lines("training-loss", "Training loss", "step", "training loss (nats)"),
                training,
                losses(training),
                "Each point is the mean of ${Numbers.counted(bin.toInt(), "step")}. $band$others${cut(training)}",
                "no step was recorded",
            ),
            learningRate(),
        )
    }

    private fun learningRate(): Block {
        val rates = Curves.learningRate(result).filter { it.end == CurveEnd.Whole }
        return lines(
            Lines("learning-rate", "Learning rate", "step", "learning rate"),
            rates,
            LineChart.Axis.Linear(0.0, (rates.flatMap { it.points }.maxOfOrNull { it.high } ?: 1.0) * ABOVE),
            "As the schedule sets it; where variants have the same, their lines lie on each other.",
            "no trial finished",
        )
    }

    /** Gradients, weights, updates and activations of blocks. */
    fun blocks(): List<Block> {
        val atFirst = BlockCurves.atInitialization(result)
        val initial =
            lines(
                Lines(
                    "gradient-at-initialization",
                    "Gradient norm at initialization",
                    "layer",
                    "gradient norm at step 1",
                    LineChart.Points.Marked,
                ),
                atFirst,
                logarithmic(atFirst),
                "The length of each block's gradients as one vector, before clipping, at step 1; a panel a kind of " +
                    "block. Points are geometric means over all trials of a variant, bands run from the lowest to " +
                    "the highest.",
                "no block was measured at step 1",
            )
        return listOf(initial) + OVER_TRAINING.map { overTraining(it) }
    }

    private fun overTraining(quantity: Quantity): Block {
        val settings = experiment.settings.size
        val shown = if (settings > SETTINGS) " Of $settings settings, the first $SETTINGS are shown." else ""
        val curves = BlockCurves.overTraining(result, quantity.of, SETTINGS)
        val (axis, means) =
            when (quantity.of.middle) {
                Middle.Geometric -> logarithmic(curves) to "geometric means"
                Middle.Arithmetic -> linear(curves) to "means"
            }
        return lines(
            quantity.lines,
            curves,
            axis,
            "${quantity.what} A panel a layer: the first, the middle and the last of each stack. " +
                "Lines are $means over the seeds that finished, bands run from the lowest to the highest.$others$shown",
            "it was not measured",
        )
    }

    /** How long steps took. */
    fun times(): Block {
        val times = StepTimes.of(result)
        if (times.isEmpty()) return Block.Paragraph("Step time is not shown: no step after the first was timed.")
        val chart = TimeChart(look, times)
        return figure(
            "step-time",
            "Step time",
            "Boxes hold the middle half of all steps, the line in them is the median, whiskers reach from 5 % to " +
                "95 %. Steps of all trials count but each one's first, which makes programs ready.",
        ) {
            chart.plot(it)
        }
    }

    private class Lines(
        val name: String,
        val title: String,
        val x: String,
        val y: String,
        val points: LineChart.Points = LineChart.Points.Unmarked,
    )

    private class Quantity(val of: BlockQuantity, val lines: Lines, val what: String)

    private fun lines(chart: Lines, curves: List<Curve>, axis: LineChart.Axis, caption: String, why: String): Block {
        if (curves.isEmpty()) return Block.Paragraph("${chart.title} is not shown: $why.")
        val drawn = LineChart(look, chart.x, chart.y, axis, chart.points, curves)
        return figure(chart.name, chart.title, caption) { drawn.plot(it) }
    }

    private fun figure(name: String, title: String, caption: String, plot: (Frame) -> Plot): Block.Figure {
        val wide = drawn(plot(Frame.Wide), name)
        val narrow = drawn(plot(Frame.Narrow), "$name-narrow")
        return Block.Figure(name, title, caption, wide, narrow)
    }

    private fun drawn(plot: Plot, name: String) = ShortNumbers.of(PanelTitles.shown(Charts.svg(plot, name)))

    /** From the lowest loss to what trials that finished had after a tenth of the way. */
    private fun losses(curves: List<Curve>): LineChart.Axis.Linear {
        val whole = whole(curves)
        if (whole.isEmpty()) return LineChart.Axis.Linear(0.0, 1.0)
        val (lowest, highest) = whole.minOf { it.low } to late(curves)
        val room = (highest - lowest).coerceAtLeast(lowest * SMALLEST) * ROOM
        return LineChart.Axis.Linear(lowest - room, highest + room)
    }

    /** All that trials that finished had. */
    private fun linear(curves: List<Curve>): LineChart.Axis.Linear {
        val points = whole(curves)
        if (points.isEmpty()) return LineChart.Axis.Linear(0.0, 1.0)
        val room = (points.maxOf { it.high } - points.minOf { it.low }).coerceAtLeast(SMALLEST) * ROOM
        return LineChart.Axis.Linear(points.minOf { it.low } - room, points.maxOf { it.high } + room)
    }

    /** The same in powers of ten, and up to a hundred times more where a trial diverged. */
    private fun logarithmic(curves: List<Curve>): LineChart.Axis.Logarithmic {
        val points = whole(curves)
        if (points.isEmpty()) return LineChart.Axis.Logarithmic(TENTH, 1.0)
        val (lowest, highest) = points.minOf { it.low } to points.maxOf { it.high }
        val most = curves.flatMap { it.points }.maxOf { it.high }.coerceIn(highest, highest * FAR)
        val room = (most / lowest).coerceAtLeast(1 + TENTH).pow(ROOM)
        return LineChart.Axis.Logarithmic(lowest / room, most * room)
    }

    private fun whole(curves: List<Curve>): List<CurvePoint> =
        curves.filter { it.end == CurveEnd.Whole }.ifEmpty { curves }.flatMap { it.points }

    private fun late(curves: List<Curve>): Double {
        val whole = whole(curves)
        val begin = whole.maxOf { it.x } * EARLY
        return (whole.filter { it.x >= begin }.ifEmpty { whole }).maxOf { it.high }
    }

    private fun cut(curves: List<Curve>): String {
        val points = curves.flatMap { it.points }
        return if (points.isEmpty() || points.maxOf { it.high } <= losses(curves).highest) ""
        else " Losses above ${Numbers.fixed(losses(curves).highest, 1)}, most of them of the first steps, lie outside."
    }

    private companion object {
        const val SETTINGS = 4
        const val TENTH = 0.1
        const val FAR = 100.0
        const val EARLY = 0.1
        const val ABOVE = 1.05
        const val ROOM = 0.03
        const val SMALLEST = 0.01

        val OVER_TRAINING =
            listOf(
                Quantity(
                    BlockQuantity.GradientNorm,
                    Lines("gradient-norm", "Gradient norm over training", "step", "gradient norm"),
                    "The length of all gradients of a layer as one vector, before clipping.",
                ),
                Quantity(
                    BlockQuantity.WeightNorm,
                    Lines("weight-norm", "Weight norm over training", "step", "weight norm"),
                    "The length of all weights of a layer as one vector.",
                ),
                Quantity(
                    BlockQuantity.UpdateRatio,
                    Lines("update-ratio", "Update ratio over training", "step", "update / weight norm"),
                    "The length of what a step adds to the weights of a layer, divided by theirs.",
                ),
                Quantity(
                    BlockQuantity.Activation,
                    Lines("activation", "Activations over training", "step", "root mean square"),
                    "The root of the mean square of what a layer's blocks give out, without dropout.",
                ),
            )
    }
}
