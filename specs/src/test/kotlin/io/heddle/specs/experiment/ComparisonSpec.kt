package io.heddle.specs.experiment

import io.heddle.check.ProblemsException
import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.recipe.Constant
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.Halving
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.program.Engine
import io.heddle.runtime.record.MetricsLog
import io.heddle.runtime.train.TrainingRun
import io.heddle.runtime.train.TrainingStart
import io.heddle.specs.train.Quiet
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallRecipe
import io.heddle.specs.train.writeRhyme
import io.heddle.terms.PostNorm
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.file.shouldNotExist
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries

/** Variants are trained alike, and what is done is done once. */
class ComparisonSpec :
    StringSpec({
        fun folder(): Path = tempdir().toPath().also { writeRhyme(it) }

        fun ends(result: ExperimentResult): List<String> = result.trials().map { it.end()::class.simpleName.orEmpty() }

        "trials lead to the same numbers however many run side by side, and to those of heddle train" {
            val base = folder()
            val plan = twoLayouts { seeds(1, 2) }
            val alone = compare(plan, base, base.resolve("alone"), sideBySide = 1)
            val beside = compare(plan, base, base.resolve("beside"), sideBySide = 3)
            alone.trials() shouldHaveSize 4
            ends(alone).distinct() shouldBe listOf("Finished")
            beside.losses() shouldBe alone.losses()
            alone.losses().distinct() shouldHaveSize 4
            Engine.cpu(1).use { engine ->
                val (model, recipe) = plan.trials.first().let { it.configuration.variant.model to it.recipe }
                val trained = TrainingRun(model, recipe, base, base.resolve("trained"))
                trained.run(engine, TrainingStart.FRESH, { false }, Quiet)
            }
            MetricsLog.read(base.resolve("trained")).map { it.loss() } shouldBe alone.losses().first()
        }

        "nothing is trained when one variant is wrong, and all that is wrong is told" {
            val base = folder()
            val plan =
                experiment("wrong") {
                    variants(
                        smallDecoder(),
                        smallDecoder(positions = 4).edit { name = "short" },
                        smallDecoder().edit {
                            name = "uneven"
                            attention("**", heads = 3)
                        },
                    )
                    recipe(smallRecipe(steps = 4))
                }
            val counting = Counting()
            val told = shouldThrow<ProblemsException> { compare(plan, base, base.resolve("out"), listener = counting) }
            told.message.orEmpty() shouldContain "uneven: decoder/0/attention: heads do not divide width"
            counting.steps shouldBe 0
            base.resolve("out").toFile().shouldNotExist()
        }

        "data that a variant cannot read is told before anything is trained" {
            val base = folder()
            val few = smallDecoder(rate = 0.1).edit { name = "few" }
            val plan =
                experiment("few") {
                    variants(smallDecoder(), few)
                    recipe(smallRecipe(steps = 4))
                }
            base.resolve("rhyme.txt").toFile().writeText("abcdefghijklmnopqrstuvwxyz".repeat(20))
            val counting = Counting()
            val told = shouldThrow<ProblemsException> { compare(plan, base, base.resolve("out"), listener = counting) }
            told.message.orEmpty() shouldContain "the model knows fewer tokens than its data has"
            counting.steps shouldBe 0
        }

        "data that only one variant cannot read is told with its name" {
            val base = folder()
            val plan =
                experiment("one") {
                    variants(smallDecoder(), smallDecoder(positions = 4).edit { name = "short" })
                    recipe(smallRecipe(steps = 4))
                }
            val told = shouldThrow<ProblemsException> { compare(plan, base, base.resolve("out")) }
            told.problems.map { it.place.substringBefore(':') } shouldBe listOf("short")
        }

        "what is done is never trained again, and what is new is" {
            val base = folder()
            val first = compare(twoLayouts(), base, base.resolve("out"))
            val again = Counting()
            compare(twoLayouts(), base, base.resolve("out"), listener = again).losses() shouldBe first.losses()
            again.steps shouldBe 0
            val more = Counting()
            compare(twoLayouts { seeds(1, 5) }, base, base.resolve("out"), listener = more)
            more.steps shouldBe 2 * 12
        }

        "other names, and another number of checkpoints, are the same trials, in the folders they have" {
            val base = folder()
            val out = base.resolve("out")
            val first = compare(twoLayouts(), base, out)
            val steps = Counting()
            val renamed =
                experiment("renamed") {
                    variant("as it was", smallDecoder().edit { name = "other" })
                    variant("after", smallDecoder().edit { layout = PostNorm })
                    recipe(smallRecipe(steps = 12).copy(checkpointEvery = 5))
                }
            val again = compare(renamed, base, out, listener = steps)
            steps.steps shouldBe 0
            again.losses() shouldBe first.losses()
            again.attentions().map { it.trial().configuration.variant.name } shouldBe listOf("as it was", "after")
            again.attentions().forEach { it.attentions() shouldHaveSize 1 }
            out.resolve("runs").listDirectoryEntries() shouldHaveSize 2
        }

        "a trial that was stopped goes on under another name" {
            val base = folder()
            val whole = compare(twoLayouts(), base, base.resolve("whole"))
            val out = base.resolve("stopped")
            val before = Counting()
            compare(twoLayouts(), base, out, listener = before) { before.steps >= 5 }
            val renamed =
                experiment("renamed") {
                    variant("as it was", smallDecoder().edit { name = "other" })
                    variant("after", smallDecoder().edit { layout = PostNorm })
                    recipe(smallRecipe(steps = 12).copy(checkpointEvery = 5))
                }
            val after = Counting()
            compare(renamed, base, out, listener = after).losses() shouldBe whole.losses()
            before.steps + after.steps shouldBe 2 * 12
        }

        "other data, another recipe and another model are other trials" {
            val base = folder()
            val out = base.resolve("out")
            compare(twoLayouts(), base, out)
            val steps = Counting()
            compare(twoLayouts(smallRecipe(steps = 12, rate = 2e-2)), base, out, listener = steps)
            steps.steps shouldBe 2 * 12
            base.resolve("rhyme.txt").toFile().appendText("a cat sat\n")
            val data = Counting()
            compare(twoLayouts(), base, out, listener = data)
            data.steps shouldBe 2 * 12
        }

        "a comparison that was stopped goes on, and leads to what it would have led to" {
            val base = folder()
            val whole = compare(twoLayouts { seeds(1, 2) }, base, base.resolve("whole"))
            val out = base.resolve("stopped")
            repeat(6) {
                val counting = Counting()
                compare(twoLayouts { seeds(1, 2) }, base, out, sideBySide = 2, listener = counting) {
                    counting.steps >= 7
                }
            }
            val last = compare(twoLayouts { seeds(1, 2) }, base, out, sideBySide = 2)
            last.losses() shouldBe whole.losses()
            last.trials().map { trial -> trial.blocks().map { it.step() to it.path() } } shouldBe
                whole.trials().map { trial -> trial.blocks().map { it.step() to it.path() } }
        }

        "divergence is a result, not an end" {
            val base = folder()
            val plan = twoLayouts { vary { learningRate(1e-2, 1e30) } }
            val result = compare(plan, base, base.resolve("out"))
            ends(result) shouldBe listOf("Finished", "Diverged", "Finished", "Diverged")
            val diverged = result.trials()[1]
            val end = diverged.end().shouldBeInstanceOf<TrialEnd.Diverged>()
            (end.loss().isFinite() && end.gradientNorm().isFinite()) shouldBe false
            diverged.metrics().last().step() shouldBe end.step() - 1
            val again = Counting()
            ends(compare(plan, base, base.resolve("out"), listener = again)) shouldBe ends(result)
            again.steps shouldBe 0
        }

        "what the last step breaks has diverged, too" {
            val base = folder()
            val plan = twoLayouts(smallRecipe(steps = 1)) { vary { learningRate(1e-2, 1e38) } }
            val result = compare(plan, base, base.resolve("out"))
            ends(result) shouldBe listOf("Finished", "Diverged", "Finished", "Diverged")
            result.trials()[1].end().shouldBeInstanceOf<TrialEnd.Diverged>().step() shouldBe 1
        }

        "a loss that is too high is divergence, where the experiment says so" {
            val base = folder()
            val result = compare(twoLayouts { diverged(above = 0.5) }, base, base.resolve("out"))
            ends(result) shouldBe listOf("Diverged", "Diverged")
            result.trials().forEach { trial ->
                val end = trial.end().shouldBeInstanceOf<TrialEnd.Diverged>()
                end.step() shouldBe 1
                (end.loss() > 0.5 && end.loss().isFinite()) shouldBe true
            }
            // What was given up under this bound is trained where there is none.
            ends(compare(twoLayouts(), base, base.resolve("out"))) shouldBe listOf("Finished", "Finished")
        }

        "halving trains all for a part, and the better half for longer" {
            val base = folder()
            val plan =
                experiment("search") {
                    variants(smallDecoder())
                    recipe(smallRecipe(steps = 16).copy(schedule = Constant()))
                    vary { learningRate(1e-2, 1e-7, 5e-3, 1e-8) }
                }
            val counting = Counting()
            val result = compare(plan, base, base.resolve("out"), search = Halving(), listener = counting)
            val steps = result.trials().map { it.steps() }
            steps.sorted() shouldBe listOf(4L, 4L, 8L, 16L)
            counting.steps shouldBe 4 + 4 + 8 + 16
            (steps[0] + steps[2]) shouldBe 24L
            ends(result).count { it == "LeftOff" } shouldBe 3
            // The best goes on as if it had never been halved.
            val best = result.trials().single { it.end() is TrialEnd.Finished }
            val whole = compare(plan, base, base.resolve("whole"))
            val place = result.trials().indexOf(best)
            result.losses()[place] shouldBe whole.losses()[place]
            // Again, nothing is left to do; and without halving, those that were left off go on.
            val again = Counting()
            compare(plan, base, base.resolve("out"), search = Halving(), listener = again)
            again.steps shouldBe 0
            val rest = Counting()
            compare(plan, base, base.resolve("out"), listener = rest).losses() shouldBe whole.losses()
            rest.steps shouldBe 4 * 16 - counting.steps
        }
    })
