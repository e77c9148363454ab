package io.heddle.report

import io.heddle.runtime.experiment.ExperimentResult

/** The pictures of a report. What there are no numbers for is left out, with a sentence that says why. */
internal class ChartBlocks(private val result: ExperimentResult) {
    private val experiment = result.experiment
    private val unit = LossUnit.of(experiment)
    private val judge = Judge(experiment)
    private val look = Look(experiment.variants.map { it.name })
    private val band = "Lines are means over the seeds that finished, bands run from the lowest to the highest of them."
    private val alone = result.trials.any { trial -> Curves.isAlone(trial) }
    private val others = if (alone) " $ALONE" else ""

    /** Losses and learning rates over steps. */
    fun curves(): List<Block> {
        val validation = Curves.validationLoss(result)
        val training = Curves.trainingLoss(result)
        val bin = Curves.binOf(result)
        return judged() +
            listOf(
                lines(
                    Lines("validation-loss", "Validation loss", "step", unit.axis("validation loss")),
                    validation,
                    Axes.losses(validation),
                    band + others + Axes.cut(validation),
                    "no held-out data was looked at",
                ),
                lines(
                    Lines("training-loss", "Training loss", "step", unit.axis("training loss")),
                    training,
                    Axes.losses(training),
                    "${point(bin.toInt())} $band$others${Axes.cut(training)}",
                    "no step was recorded",
                ),
                learningRate(),
            )
    }

    /** What variants are compared by, where that is not the loss. */
    private fun judged(): List<Block> {
        if (!judge.isMeasure) return emptyList()
        val curves = Curves.figure(result, judge.column)
        val chart = Lines("judged", judge.name.replaceFirstChar { it.uppercase() }, "step", judge.name)
        return listOf(lines(chart, curves, Axes.linear(curves), band + others + judge.direction, "it was not measured"))
    }

    private fun point(steps: Int) =
        if (steps == 1) "Each point is a step." else "Each point is the mean of $steps steps."

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
                Axes.logarithmic(atFirst),
                "The length of each block's gradients as one vector, before clipping, at step 1; a panel a kind of " +
                    "block. Points are geometric means over all trials of a variant, bands run from the lowest to " +
                    "the highest.${if (shared) " Layers that share their weights $TOGETHER." else ""}",
                if (shared) "layers that share their weights $TOGETHER" else "no block was measured at step 1",
            )
        return listOf(initial) + OVER_TRAINING.map { overTraining(it) }
    }

    private val shared = BlockCurves.areShared(result)

    private fun overTraining(quantity: Quantity): Block {
        val settings = experiment.settings.size
        val shown = if (settings > SETTINGS) " Of $settings settings, the first $SETTINGS are shown." else ""
        val together = if (shared) ", and one for layers that share their weights" else ""
        val curves = BlockCurves.overTraining(result, quantity.of, SETTINGS)
        val (axis, means) =
            when (quantity.of.middle) {
                Middle.Geometric -> Axes.logarithmic(curves) to "geometric means"
                Middle.Arithmetic -> Axes.linear(curves) to "means"
            }
        return lines(
            quantity.lines,
            curves,
            axis,
            "${quantity.what} A panel a layer: the first, the middle and the last of each stack$together. " +
                "Lines are $means over the seeds that finished, bands run from the lowest to the highest.$others$shown",
            "it was not measured",
        )
    }

    /** How long steps took. */
    fun times(): Block {
        val times = StepTimes.of(result)
        if (times.isEmpty()) return Block.Paragraph("Step time is not shown: no step after the first was timed.")
        val chart = TimeChart(look, times)
        return Figures.of(
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
        return Figures.of(chart.name, chart.title, caption) { drawn.plot(it) }
    }

    private companion object {
        const val SETTINGS = 4
        const val ABOVE = 1.05
        const val ALONE =
            "Thin lines are single trials that did not finish; × is at the step where one diverged, one below the " +
                "other where several did."
        const val TOGETHER = "have one gradient, which stands in the table below"

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
