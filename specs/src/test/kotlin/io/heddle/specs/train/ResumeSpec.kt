package io.heddle.specs.train

import io.heddle.check.ProblemsException
import io.heddle.dsl.edit
import io.heddle.recipe.Constant
import io.heddle.recipe.Recipe
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.train.TrainingListener
import io.heddle.runtime.train.TrainingOutcome
import io.heddle.runtime.train.TrainingStart
import io.heddle.runtime.train.data.TrainingData
import io.heddle.specs.support.digest
import io.heddle.terms.BatchNorm
import io.heddle.terms.PostNorm
import io.heddle.terms.PowerNorm
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import java.nio.file.Path

/** Ends the process's hold on a training after a step, as a kill would: without a word and without a save. */
private class Killed : RuntimeException()

private class KilledAfter(private val step: Long) : TrainingListener by Quiet {
    override fun step(report: TrainingListener.StepReport) {
        if (report.step() == step) throw Killed()
    }
}

class ResumeSpec :
    FunSpec({
        val base = tempdir().toPath()
        writeRhyme(base)

        fun bytes(run: Path, file: String) = Checkpoint.open(run).folder().resolve(file).digest()

        fun weights(run: Path) = bytes(run, "weights.safetensors")

        fun memory(run: Path) = bytes(run, "memory.safetensors")

        test("a training that was killed anywhere goes on to the same losses and weights, bit for bit") {
            val model = smallDecoder(rate = 0.1)
            val whole = tempdir().toPath()
            train(model, smallRecipe(10), base, whole)
            for (step in listOf(1L, 3L, 4L, 7L, 10L)) {
                val killed = tempdir().toPath()
                shouldThrow<Killed> { train(model, smallRecipe(10), base, killed, listener = KilledAfter(step)) }
                train(model, smallRecipe(10), base, killed)
                losses(killed) shouldBe losses(whole)
                weights(killed) shouldBe weights(whole)
            }
        }

        test("what a model remembers of its text, and running means, go on too, from epoch to epoch") {
            for ((norm, step) in listOf(PowerNorm() to 4L, BatchNorm() to 15L)) {
                val model = remembering(rate = 0.1, norm = norm)
                val recipe = smallRecipe(20).copy(accumulation = 2)
                val whole = tempdir().toPath()
                train(model, recipe, base, whole)
                // 706 tokens are 15 segments of 6 rows.
                val killed = tempdir().toPath()
                shouldThrow<Killed> { train(model, recipe, base, killed, listener = KilledAfter(step)) }
                train(model, recipe, base, killed)
                losses(killed) shouldBe losses(whole)
                weights(killed) shouldBe weights(whole)
                memory(killed) shouldBe memory(whole)
            }
        }

        test("a training over epochs of shuffled pairs goes on in the middle of an epoch") {
            val whole = tempdir().toPath()
            train(smallReverser(), reverseRecipe(25), base, whole)
            val killed = tempdir().toPath()
            shouldThrow<Killed> { train(smallReverser(), reverseRecipe(25), base, killed, listener = KilledAfter(14)) }
            train(smallReverser(), reverseRecipe(25), base, killed)
            losses(killed) shouldBe losses(whole)
        }

        test("a training that is asked to stop saves at once and goes on from there") {
            val whole = tempdir().toPath()
            train(smallDecoder(), smallRecipe(10), base, whole)
            val stopped = tempdir().toPath()
            var steps = 0L
            val listener =
                object : TrainingListener by Quiet {
                    override fun step(report: TrainingListener.StepReport) {
                        steps = report.step()
                    }
                }
            val outcome =
                train(smallDecoder(), smallRecipe(10), base, stopped, listener = listener, stop = { steps == 5L })
            outcome.end() shouldBe TrainingOutcome.End.STOPPED
            Checkpoint.open(stopped).progress().steps() shouldBe 5
            train(smallDecoder(), smallRecipe(10), base, stopped).end() shouldBe TrainingOutcome.End.FINISHED
            losses(stopped) shouldBe losses(whole)
        }

        test("a finished training tells its validation loss again, and trains no more") {
            val run = tempdir().toPath()
            val first = train(smallDecoder(), smallRecipe(6), base, run)
            val seen = mutableListOf<Long>()
            val listener =
                object : TrainingListener by Quiet {
                    override fun step(report: TrainingListener.StepReport) {
                        seen += report.step()
                    }
                }
            val again = train(smallDecoder(), smallRecipe(6), base, run, listener = listener)
            seen.shouldContainExactly()
            again.steps() shouldBe first.steps()
            again.end() shouldBe TrainingOutcome.End.FINISHED
        }

        test("a fresh start replaces what is there") {
            val run = tempdir().toPath()
            train(smallDecoder(), smallRecipe(6), base, run)
            val first = losses(run)
            train(smallDecoder(), smallRecipe(6), base, run, start = TrainingStart.FRESH)
            losses(run) shouldBe first
        }

        test("a checkpoint of another model or another recipe is refused, and stays as it is") {
            val run = tempdir().toPath()
            train(smallDecoder(), smallRecipe(6), base, run)
            val before = weights(run)
            val other = smallDecoder().edit { layout = PostNorm }
            shouldThrow<ProblemsException> { train(other, smallRecipe(6, rate = 1e-3), base, run) }.message shouldBe
                """
            ${Checkpoint.open(run).folder()}: the checkpoint is of another model
              there = "type": "preNorm"
              now = "type": "postNorm"
              Train into another folder with --out, or begin anew there with --fresh.

            ${Checkpoint.open(run).folder()}: the checkpoint is of another recipe
              there = "learningRate": 0.01,
              now = "learningRate": 0.001,
              Train into another folder with --out, or begin anew there with --fresh.
            """
                    .trimIndent()
            weights(run) shouldBe before
        }

        test("more steps may be asked of a recipe without a floor to reach") {
            val run = tempdir().toPath()
            fun constant(steps: Int): Recipe = smallRecipe(steps).copy(schedule = Constant())
            val whole = tempdir().toPath()
            train(smallDecoder(), constant(9), base, whole)
            train(smallDecoder(), constant(6), base, run)
            train(smallDecoder(), constant(9), base, run)
            losses(run).filterKeys { it !in listOf(6L) } shouldBe losses(whole).filterKeys { it !in listOf(6L) }
        }

        test("the data is told before the first step") {
            val told = mutableListOf<String>()
            val listener =
                object : TrainingListener by Quiet {
                    override fun started(data: TrainingData, parameters: Long, done: Long, steps: Long) {
                        told += data.remarks()
                        told += "$parameters parameters, $done of $steps steps"
                    }
                }
            train(smallDecoder(), smallRecipe(2), base, tempdir().toPath(), listener = listener)
            told.shouldContainExactly(
                "706 tokens to learn from, 79 held out, 9 different ones",
                "1048 parameters, 0 of 2 steps",
            )
        }
    })
