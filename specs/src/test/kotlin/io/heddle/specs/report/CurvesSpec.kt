package io.heddle.specs.report

import io.heddle.report.BlockCurves
import io.heddle.report.BlockQuantity
import io.heddle.report.CurveEnd
import io.heddle.report.Curves
import io.heddle.report.ReportPages
import io.heddle.report.StepTimes
import io.heddle.runtime.experiment.BlockRow
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialResult
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldBeIn
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.math.pow
import kotlin.math.sqrt

/** What charts show, before it is drawn; the results are made up. */
class CurvesSpec :
    StringSpec({
        val experiment = MadeUpResults.experiment()
        val result = MadeUpResults.result(experiment)

        fun trials(variant: Int, warmup: Int) =
            result.trials.filter {
                it.trial.configuration.name == "${experiment.variants[variant].name}, warmup $warmup"
            }

        "a curve is the mean of the seeds that finished, and its band holds all of them" {
            val curve = Curves.validationLoss(result).single { it.panel == "warmup 400" && it.variant == 1 }
            curve.seeds shouldContainExactly listOf(1L, 2L, 3L)
            curve.points shouldHaveSize 21
            curve.points.forEach { point ->
                val losses =
                    trials(1, 400).map { trial ->
                        trial.metrics.single { it.step == point.x.toLong() }.metric("validationLoss").get().asDouble()
                    }
                point.middle shouldBe (losses.sum() / 3 plusOrMinus 1e-12)
                point.low shouldBe losses.min()
                point.high shouldBe losses.max()
            }
        }

        "a trial that diverged is a line of its own, and in no mean" {
            val curves = Curves.validationLoss(result).filter { it.panel == "warmup 0" && it.variant == 0 }
            curves.map { it.seeds to it.end } shouldContainExactly
                listOf(listOf(1L, 3L) to CurveEnd.Whole, listOf(2L) to CurveEnd.Diverged(420))
            curves.last().points.map { it.x } shouldContainExactly listOf(0.0, 100.0, 200.0, 300.0, 400.0)
        }

        "a trial that was left off or stopped is a line of its own" {
            val cut =
                MadeUpResults.of(experiment) {
                    when (it.seed) {
                        1L -> TrialEnd.Finished()
                        2L -> TrialEnd.LeftOff()
                        else -> TrialEnd.Unfinished()
                    }
                }
            val ends = Curves.learningRate(cut).filter { it.panel == "warmup 0" && it.variant == 2 }.map { it.end }
            ends shouldContainExactly listOf(CurveEnd.Whole, CurveEnd.CutShort, CurveEnd.CutShort)
        }

        "the training loss is told in means over equal numbers of steps" {
            Curves.binOf(result) shouldBe 20
            val curve = Curves.trainingLoss(result).single { it.panel == "warmup 400" && it.variant == 2 }
            curve.points shouldHaveSize 100
            val steps = 21L..40L
            val means =
                trials(2, 400).map { trial ->
                    trial.metrics.filter { it.step in steps }.sumOf { it.metric("loss").get().asDouble() } / 20
                }
            curve.points[1].middle shouldBe (means.average() plusOrMinus 1e-12)
            curve.points[1].x.toLong() shouldBeIn steps.toList()
        }

        "gradients at initialization stand by layer, in a panel a kind of block" {
            val curves = BlockCurves.atInitialization(result)
            curves.map { it.panel }.distinct() shouldContainExactly
                listOf("decoder: attention", "decoder: feedForward", "decoder: attention/norm")
            val attention = curves.single { it.panel == "decoder: attention" && it.variant == 0 }
            attention.points.map { it.x } shouldContainExactly (0..11).map { it.toDouble() }
            val norms =
                (trials(0, 0) + trials(0, 400)).map { trial ->
                    trial.blocks.single { it.step == 1L && it.path == "decoder/7/attention" }.gradientNorm
                }
            norms shouldHaveSize 6
            attention.points[7].middle shouldBe (norms.reduce(Double::times).pow(1 / 6.0) plusOrMinus 1e-12)
            attention.points[7].low shouldBe norms.min()
        }

        "layers are shown over the training: the first, the middle, the last" {
            val curves = BlockCurves.overTraining(result, BlockQuantity.GradientNorm, settings = 1)
            curves.map { it.panel }.distinct() shouldContainExactly
                listOf("decoder/0, warmup 0", "decoder/5, warmup 0", "decoder/11, warmup 0")
            val last = curves.single { it.panel == "decoder/11, warmup 0" && it.variant == 1 }
            val ofSeeds =
                trials(1, 0).map { trial ->
                    val rows = trial.blocks.filter { it.step == 2000L && it.path.startsWith("decoder/11/") }
                    sqrt(rows.sumOf { it.gradientNorm * it.gradientNorm })
                }
            last.points.last().x shouldBe 2000.0
            last.points.last().middle shouldBe (ofSeeds.reduce(Double::times).pow(1 / 3.0) plusOrMinus 1e-12)
        }

        "layers that share their weights are shown together over the training, and by no number of a layer" {
            fun shared(row: BlockRow): BlockRow =
                row.run { BlockRow(step, path.replace("/7/", "/shared/"), gradientNorm, weightNorm, 1e-3, activation) }
            val trials =
                result.trials.map { one ->
                    val rows = one.blocks.filter { it.path.contains("/7/") || !it.path.contains("/") }.map(::shared)
                    TrialResult(one.trial, one.key, one.end, one.steps, one.seconds, one.metrics, rows)
                }
            val together = ExperimentResult(experiment, result.setup(), trials)
            BlockCurves.atInitialization(together).shouldBeEmpty()
            val curves = BlockCurves.overTraining(together, BlockQuantity.GradientNorm, settings = 1)
            curves.map { it.panel }.distinct() shouldContainExactly listOf("decoder/shared, warmup 0")
            val page = Page(ReportPages.of(together).html)
            page.section("gradients") shouldContain
                "Gradient norm at initialization is not shown: layers that share their weights have one gradient, " +
                    "which stands in the table below."
            page.section("gradients") shouldContain "decoder/shared/attention/norm"
        }

        "the blocks of a layer are one block: its update, by its weights" {
            val rows = trials(1, 0).first().blocks.filter { it.step == 1L && it.path.startsWith("decoder/0/") }
            rows shouldHaveSize 3
            val update = sqrt(rows.sumOf { (it.updateRatio * it.weightNorm).pow(2) })
            val weights = sqrt(rows.sumOf { it.weightNorm.pow(2) })
            BlockQuantity.WeightNorm.of(rows) shouldBe (weights plusOrMinus 1e-12)
            BlockQuantity.UpdateRatio.of(rows) shouldBe (update / weights plusOrMinus 1e-12)
            val outputs = rows.map { it.activation.asDouble }
            BlockQuantity.Activation.of(rows) shouldBe (sqrt(outputs.sumOf { it * it } / 3) plusOrMinus 1e-12)
            BlockQuantity.Activation.of(emptyList()).isNaN() shouldBe true
        }

        "step times are quantiles as R's quantile() has them, without each trial's first step" {
            val times = StepTimes.of(result).single { it.setting == "warmup 0" && it.variant == 0 }
            val measured =
                trials(0, 0)
                    .flatMap { trial -> trial.metrics.filter { it.step > 1 } }
                    .map { 1000 * it.metric("stepSeconds").get().asDouble() }
                    .sorted()
            times.steps shouldBe measured.size
            mapOf(
                    0.05 to times.shortest,
                    0.25 to times.lower,
                    0.5 to times.median,
                    0.75 to times.upper,
                    0.95 to times.longest,
                )
                .forEach { (share, here) ->
                    withClue(share) {
                        // R's type 7: (1 - g) x[j] + g x[j + 1] for j + g = 1 + share (n - 1), counted from 1
                        val place = 1 + share * (measured.size - 1)
                        val (before, after) = measured[place.toInt() - 1] to measured[place.toInt()]
                        here shouldBe (before + (place - place.toInt()) * (after - before) plusOrMinus 1e-9)
                    }
                }
        }

        "nothing that was not measured is shown" {
            val nothing = ExperimentResult(experiment, result.setup(), experiment.trials.map(MadeUpResults::notBegun))
            Curves.validationLoss(nothing).shouldBeEmpty()
            Curves.trainingLoss(nothing).shouldBeEmpty()
            BlockCurves.atInitialization(nothing).shouldBeEmpty()
            StepTimes.of(nothing).shouldBeEmpty()
        }
    })
