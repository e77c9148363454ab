package io.heddle.specs.train

import io.heddle.check.ProblemsException
import io.heddle.recipe.AdamW
import io.heddle.recipe.Batch
import io.heddle.recipe.BleuTokenization
import io.heddle.recipe.Clipping
import io.heddle.recipe.Cosine
import io.heddle.recipe.InverseSquareRoot
import io.heddle.recipe.Linear
import io.heddle.recipe.Metric
import io.heddle.recipe.Sgd
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.train.Measure
import io.heddle.runtime.train.TrainingListener
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.PI
import kotlin.math.cos
import kotlin.math.pow
import kotlin.math.sqrt

class TrainingStepSpec :
    FunSpec({
        val base = tempdir().toPath()
        writeRhyme(base)

        test("training makes the loss on held-out text small") {
            val outcome = train(smallDecoder(), smallRecipe(200), base, tempdir().toPath())
            outcome.last().get().loss() shouldBeLessThan 0.9
        }

        test("a translation learns, and its BLEU is measured on what it writes by itself") {
            val recipe =
                reverseRecipe(5).let {
                    it.copy(evaluation = it.evaluation.copy(metrics = listOf(Metric.Bleu(BleuTokenization.None))))
                }
            val outcome = train(smallReverser(), recipe, base, tempdir().toPath())
            (outcome.last().get().measure(Measure.BLEU).asDouble in 0.0..100.0) shouldBe true
        }

        test("accumulated batches make the step that one large batch makes") {
            fun weightsAfter(rows: Int, accumulation: Int): FloatArray {
                val run = tempdir().toPath()
                val recipe =
                    smallRecipe(1)
                        .copy(
                            batch = Batch.Sequences(rows),
                            accumulation = accumulation,
                            optimizer = Sgd(1e-1),
                            clipping = Clipping.None,
                        )
                return train(smallDecoder(), recipe, base, run).model().weights().array().toFloatVector()
            }
            val large = weightsAfter(rows = 6, accumulation = 1)
            // Row r of batch b is drawn by b * rows + r: two batches of three are one of six.
            weightsAfter(rows = 3, accumulation = 2).forEachIndexed { at, weight ->
                weight shouldBe (large[at] plusOrMinus 1e-6f)
            }
        }

        test("a loss that is no number ends the training with what to do, and keeps the checkpoint before it") {
            val run = tempdir().toPath()
            val wild = smallRecipe(400).copy(optimizer = Sgd(1e30), clipping = Clipping.None)
            val problem = shouldThrow<ProblemsException> { train(smallDecoder(), wild, base, run) }.problems.single()
            problem.render().replace(Regex("(gradient|rate|loss) = [-.0-9A-Za-z]+"), "$1 = NaN") shouldBe
                """
                step 2: the loss is not a number any more
                  loss = NaN
                  norm of the gradient = NaN
                  learning rate = NaN
                  Lower the learning rate, lengthen the warm-up, or clip the gradient: clip(norm = 1.0). The last checkpoint is in $run.
                """
                    .trimIndent()
            Checkpoint.find(run).isPresent shouldBe true
        }

        test("schedules are their papers' equations") {
            val cosine = Cosine(warmup = 10, floor = 0.1)
            cosine.rate(0, 110, 1.0) shouldBe (1.0 / 11 plusOrMinus 1e-15)
            cosine.rate(9, 110, 1.0) shouldBe (10.0 / 11 plusOrMinus 1e-15)
            cosine.rate(60, 110, 1.0) shouldBe (0.1 + 0.9 * (1 + cos(PI * 0.5)) / 2 plusOrMinus 1e-15)
            cosine.rate(110, 110, 1.0) shouldBe (0.1 plusOrMinus 1e-15)
            Linear(warmup = 0, floor = 0.0).rate(25, 100, 2.0) shouldBe (1.5 plusOrMinus 1e-15)
            val width = 512
            val warmup = 4_000
            val rate = InverseSquareRoot.paperRate(width, warmup)
            for (step in listOf(4_000, 10_000, 100_000)) {
                val paper = width.toDouble().pow(-0.5) * (step + 1.0).pow(-0.5)
                InverseSquareRoot(warmup).rate(step, 200_000, rate) shouldBe (paper plusOrMinus 1e-12)
            }
            sqrt(width * warmup.toDouble()) shouldBe (1 / rate plusOrMinus 1e-6)
        }

        test("progress is reported with the loss before the weights change, the rate and the gradient's norm") {
            val reports = mutableListOf<TrainingListener.StepReport>()
            val listener =
                object : TrainingListener by Quiet {
                    override fun step(report: TrainingListener.StepReport) {
                        reports += report
                    }
                }
            train(
                smallDecoder(),
                smallRecipe(3).copy(optimizer = AdamW(1e-2)),
                base,
                tempdir().toPath(),
                listener = listener,
            )
            reports.map { it.step() } shouldBe listOf(1L, 2L, 3L)
            reports.map { it.rate() } shouldBe (0..2).map { Cosine(2, 1e-3).rate(it, 3, 1e-2) }
        }
    })
