package io.heddle.specs.train

import io.heddle.recipe.AdamW
import io.heddle.recipe.BestBy
import io.heddle.recipe.Constant
import io.heddle.recipe.Keep
import io.heddle.recipe.Metric
import io.heddle.recipe.Recipe
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.record.MetricsLog
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.HeldOutFigure
import io.heddle.runtime.train.TrainingListener
import io.heddle.runtime.train.TrainingOutcome
import io.heddle.runtime.weights.SafetensorsWriter
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.specs.support.digest
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import java.nio.file.Path
import kotlin.io.path.deleteExisting
import kotlin.io.path.exists

/** Learns too fast, so that its best look at the held-out data is none of the last. */
private fun hasty(keep: Keep, steps: Int = 14): Recipe =
    smallRecipe(steps).let {
        it.copy(
            optimizer = AdamW(learningRate = 0.3),
            schedule = Constant(),
            evaluation = it.evaluation.copy(every = 2, keep = keep),
        )
    }

/** A training leaves the weights of the best look at its held-out data, where its recipe says so. */
class KeepSpec :
    FunSpec({
        val base = tempdir().toPath()
        writeRhyme(base)

        fun file(run: Path, name: String) = Checkpoint.open(run).folder().resolve(name)

        fun bytes(run: Path, name: String) = file(run, name).digest()

        fun heldOut(run: Path): Map<Long, Double> =
            MetricsLog.read(run)
                .filter { it.metric("validationLoss").isPresent }
                .associate { it.step() to it.metric("validationLoss").get().asDouble() }

        fun weightsAfter(steps: Int): FloatArray {
            // As many steps of the same training, which keeps its last weights.
            val run = tempdir().toPath()
            if (steps == 0)
                return Engine.portable(Precision.FLOAT).use {
                    RunnableModel.initialized(smallDecoder(), it, hasty(Keep.Last).seed)
                        .weights()
                        .array()
                        .toFloatVector()
                }
            return train(smallDecoder(), hasty(Keep.Last, steps), base, run).model().weights().array().toFloatVector()
        }

        test("the weights that are left are those after the step with the lowest held-out loss") {
            val last = tempdir().toPath()
            val best = tempdir().toPath()
            train(smallDecoder(), hasty(Keep.Last), base, last)
            val outcome = train(smallDecoder(), hasty(Keep.Best()), base, best)
            // What is kept changes nothing of what is learned.
            losses(best) shouldBe losses(last)
            bytes(best, "last.safetensors") shouldBe bytes(last, "weights.safetensors")
            file(last, "last.safetensors").exists() shouldBe false

            val losses = heldOut(best)
            val step = losses.entries.minBy { it.value }.key
            step shouldNotBe 14L
            outcome.kept().get().step() shouldBe step
            outcome.kept().get().figure() shouldBe "validation loss %.3f".format(losses.getValue(step))
            val kept = weightsAfter(step.toInt())
            outcome.model().weights().array().toFloatVector() shouldBe kept
            Engine.portable(Precision.FLOAT).use { engine ->
                val model = RunnableModel.blank(smallDecoder(), engine)
                Checkpoint.open(best).loadWeights(model.weights())
                model.weights().array().toFloatVector() shouldBe kept
            }
        }

        test("a training that was killed anywhere keeps the same weights, bit for bit") {
            val model = smallDecoder(rate = 0.1)
            val whole = tempdir().toPath()
            train(model, hasty(Keep.Best()), base, whole)
            for (step in listOf(7L)) {
                val killed = tempdir().toPath()
                shouldThrow<Ended> { train(model, hasty(Keep.Best()), base, killed, listener = EndedAfter(step)) }
                train(model, hasty(Keep.Best()), base, killed)
                losses(killed) shouldBe losses(whole)
                bytes(killed, "weights.safetensors") shouldBe bytes(whole, "weights.safetensors")
                bytes(killed, "last.safetensors") shouldBe bytes(whole, "last.safetensors")
            }
        }

        test("a look at the held-out data that was left off is made up for") {
            val whole = tempdir().toPath()
            train(smallDecoder(), hasty(Keep.Best()), base, whole)
            val best = Checkpoint.open(whole).keptMark().get()
            val stopped = tempdir().toPath()
            var steps = 0L
            val listener =
                object : TrainingListener by Quiet {
                    override fun step(report: TrainingListener.StepReport) {
                        steps = report.step()
                    }
                }
            // It is stopped in the middle of the look that would have been the best.
            val stop = { steps == best.step() }
            train(smallDecoder(), hasty(Keep.Best()), base, stopped, listener = listener, stop = stop).end() shouldBe
                TrainingOutcome.End.STOPPED
            Checkpoint.open(stopped).keptMark().get().step() shouldNotBe best.step()
            train(smallDecoder(), hasty(Keep.Best()), base, stopped)
            Checkpoint.open(stopped).keptMark().get() shouldBe best
            bytes(stopped, "weights.safetensors") shouldBe bytes(whole, "weights.safetensors")
        }

        test("a finished training has its best weights still, and more steps go on from the last") {
            val run = tempdir().toPath()
            val first = train(smallDecoder(), hasty(Keep.Best()), base, run)
            val again = train(smallDecoder(), hasty(Keep.Best()), base, run)
            again.kept() shouldBe first.kept()
            again.model().weights().array().toFloatVector() shouldBe first.model().weights().array().toFloatVector()
            val longer = tempdir().toPath()
            train(smallDecoder(), hasty(Keep.Best(), steps = 18), base, longer)
            train(smallDecoder(), hasty(Keep.Best(), steps = 18), base, run)
            bytes(run, "last.safetensors") shouldBe bytes(longer, "last.safetensors")
            bytes(run, "weights.safetensors") shouldBe bytes(longer, "weights.safetensors")
        }

        test("by another measure, its highest or lowest value is the best, and the first of equals is kept") {
            val recipe = reverseRecipe(15)
            val data = { keep: Keep, metric: Metric ->
                recipe.copy(evaluation = recipe.evaluation.copy(metrics = listOf(metric), keep = keep))
            }
            for (metric in listOf(Metric.ChrF, Metric.CharacterErrorRate)) {
                val by = BestBy.Measured(metric)
                val run = tempdir().toPath()
                train(smallReverser(), data(Keep.Best(by), metric), base, run)
                val column = HeldOutFigure.of(by).column()
                val seen =
                    MetricsLog.read(run)
                        .filter { it.metric(column).isPresent }
                        .map { it.step() to it.metric(column).get().asDouble() }
                val best = if (metric == Metric.ChrF) seen.maxOf { it.second } else seen.minOf { it.second }
                Checkpoint.open(run).keptMark().get().step() shouldBe seen.first { it.second == best }.first
            }
        }

        test("which figures are better when they are lower") {
            val lower = listOf(Metric.TranslationEditRate, Metric.WordErrorRate, Metric.CharacterErrorRate)
            val higher = listOf(Metric.ChrF, Metric.ChrFWithWords, Metric.Rouge, Metric.ExactMatch, Metric.Entities)
            lower.forEach { HeldOutFigure.of(BestBy.Measured(it)).isBetter(1.0, 2.0) shouldBe true }
            higher.forEach { HeldOutFigure.of(BestBy.Measured(it)).isBetter(1.0, 2.0) shouldBe false }
            HeldOutFigure.of(BestBy.Loss).isBetter(1.0, 2.0) shouldBe true
            HeldOutFigure.of(BestBy.Accuracy).isBetter(2.0, 1.0) shouldBe true
            HeldOutFigure.of(BestBy.Accuracy).isBetter(1.0, 1.0) shouldBe false
            HeldOutFigure.of(BestBy.Accuracy).isBetter(Double.NaN, 1.0) shouldBe false
            HeldOutFigure.of(BestBy.Measured(Metric.Rouge)).column() shouldBe "rougeL"
            HeldOutFigure.of(BestBy.Measured(Metric.Entities)).column() shouldBe "f1"
        }

        test("what chooses the weights may not change on the way") {
            val run = tempdir().toPath()
            train(smallDecoder(), hasty(Keep.Last, 2), base, run)
            told { train(smallDecoder(), hasty(Keep.Best(), 2), base, run) } shouldRead
                """
                ${Checkpoint.open(run).folder()}: the checkpoint is of another recipe
                  there = "type": "last"
                  now = "type": "best",
                  Train into another folder with --out, or begin anew there with --fresh.
                """
        }

        test("last weights that are gone, and a mark that is broken") {
            val run = tempdir().toPath()
            train(smallDecoder(), hasty(Keep.Best(), 2), base, run)
            val checkpoint = Checkpoint.open(run)
            file(run, "last.safetensors").deleteExisting()
            told { train(smallDecoder(), hasty(Keep.Best(), 2), base, run) } shouldRead
                """
                ${checkpoint.folder()}/last.safetensors: there is no such file
                  Check the path, or write the weights first.
                """
            val weights = file(run, "weights.safetensors")
            SafetensorsWriter.write(weights, mapOf("keptStep" to "2", "keptFigure" to "much"), emptyList())
            told { checkpoint.keptMark() } shouldRead
                """
                $weights: it does not say how far the training had come: {keptStep=2, keptFigure=much}
                  Go on from another checkpoint, or begin anew with --fresh.
                """
        }
    })
