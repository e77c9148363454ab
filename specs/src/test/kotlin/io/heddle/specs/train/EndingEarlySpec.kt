package io.heddle.specs.train

import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.train.TrainingListener
import io.heddle.runtime.train.TrainingOutcome
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.optional.shouldBeEmpty
import io.kotest.matchers.shouldBe

/** A training that is asked to end ends at once, whatever it is doing. */
class EndingEarlySpec :
    FunSpec({
        val base = tempdir().toPath()
        writeRhyme(base)

        test("an evaluation is left off between its batches, and the step before it is saved") {
            val run = tempdir().toPath()
            var steps = 0L
            var asked = 0
            val listener =
                object : TrainingListener by Quiet {
                    override fun step(report: TrainingListener.StepReport) {
                        steps = report.step()
                    }
                }
            // Step 4 is looked at by two batches; before the second of them it is asked to end.
            val outcome =
                train(
                    smallDecoder(),
                    smallRecipe(10),
                    base,
                    run,
                    listener = listener,
                    stop = { steps == 4L && ++asked == 2 },
                )
            outcome.end() shouldBe TrainingOutcome.End.STOPPED
            outcome.steps() shouldBe 4
            outcome.last().shouldBeEmpty()
            Checkpoint.open(run).progress().steps() shouldBe 4
            losses(run).getValue(4).substringAfter(' ') shouldBe "Optional.empty"
        }

        test("the last evaluation, too; the next call makes up for it") {
            val run = tempdir().toPath()
            var steps = 0L
            val listener =
                object : TrainingListener by Quiet {
                    override fun step(report: TrainingListener.StepReport) {
                        steps = report.step()
                    }
                }
            val outcome = train(smallDecoder(), smallRecipe(4), base, run, listener = listener, stop = { steps == 4L })
            outcome.end() shouldBe TrainingOutcome.End.STOPPED
            val again = train(smallDecoder(), smallRecipe(4), base, run)
            again.end() shouldBe TrainingOutcome.End.FINISHED
            again.last().isPresent shouldBe true
        }

        test("before the first step, nothing but the beginning is saved") {
            val run = tempdir().toPath()
            val outcome = train(smallDecoder(), smallRecipe(4), base, run, stop = { true })
            outcome.end() shouldBe TrainingOutcome.End.STOPPED
            outcome.steps() shouldBe 0
            train(smallDecoder(), smallRecipe(4), base, run).steps() shouldBe 4
        }
    })
