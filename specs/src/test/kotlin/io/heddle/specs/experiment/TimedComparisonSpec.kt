package io.heddle.specs.experiment

import io.heddle.check.ProblemsException
import io.heddle.dsl.ExperimentScope
import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.experiment.Experiment
import io.heddle.report.ReportPages
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.record.MetricsLog
import io.heddle.specs.report.Page
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallRecipe
import io.heddle.specs.train.writeRhyme
import io.heddle.terms.Normal
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.maps.shouldBeEmpty
import io.kotest.matchers.maps.shouldHaveSize
import io.kotest.matchers.shouldBe
import kotlin.io.path.listDirectoryEntries
import kotlin.math.roundToInt

/** Steps are timed by themselves, before anything is planned by them. */
class TimedComparisonSpec :
    StringSpec({
        fun timed(steps: Int, more: ExperimentScope.() -> Unit = {}): Experiment =
            experiment("time") {
                variants(smallDecoder(), smallDecoder(width = 64).edit { name = "wide" })
                recipe(smallRecipe(steps))
                match(time)
                more()
            }

        "steps are timed however few a trial has, and the report tells what they came to" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val result = compare(timed(steps = 6), base, base.resolve("out"))
            val seconds = result.stepTimes().mapKeys { it.key.name }.mapValues { it.value.seconds() }
            seconds shouldHaveSize 2
            val (small, wide) = listOf("small", "wide").map { seconds.getValue(it) }
            // Nobody can say how long a step takes here; but no step takes as long as what stood for one that was not
            // timed.
            (small != 1.0 && wide != 1.0) shouldBe true
            val steps = maxOf(1, (6 * small / wide).roundToInt())
            result.trials().map { it.trial().recipe.steps } shouldBe listOf(6, steps)
            val rows = Page(ReportPages.of(result).html).table("Steps timed before the training")
            rows.first() shouldBe listOf("Variant", "Step (ms)", "Steps")
            rows.drop(1).map { it[0] to it[2] } shouldBe listOf("small" to "6", "wide" to "$steps")
            rows.drop(1).map { it[1] } shouldBe
                listOf(small, wide).map { "%.2f".format(java.util.Locale.ROOT, it * 1000) }
        }

        "what is done is neither timed nor trained again, and steps that are not counted leave nothing" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val first = compare(timed(steps = 6), base, base.resolve("out"))
            val steps = base.resolve("out/timing").listDirectoryEntries().map { run -> MetricsLog.read(run).size - 1 }
            // Turns of 7 steps: 3 of them, or more where the machine does other things meanwhile, but at most 6.
            steps shouldHaveSize 2
            steps.forEach { (it in 21..42 && it % 7 == 0) shouldBe true }
            val again = Counting()
            compare(timed(steps = 6), base, base.resolve("out"), listener = again).stepTimes() shouldBe
                first.stepTimes()
            again.steps shouldBe 0
        }

        "settings that cost the same are timed once, and no rate keeps steps from being timed" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val varied =
                timed(steps = 30) {
                    vary {
                        warmup(0, 1)
                        learningRate(1e-3, 1e30)
                    }
                }
            val result = compare(varied, base, base.resolve("out"))
            val seconds = result.stepTimes()
            seconds shouldHaveSize 8
            val byVariant = seconds.entries.groupBy({ it.key.variant.name }, { it.value })
            byVariant.mapValues { it.value.distinct().size } shouldBe mapOf("small" to 1, "wide" to 1)
            base.resolve("out/timing").listDirectoryEntries() shouldHaveSize 2
            val (wild, tame) = result.trials().partition { "1.0E30" in it.trial().configuration.setting.name }
            wild.map { it.end()::class } shouldBe List(4) { TrialEnd.Diverged::class }
            tame.map { it.end()::class } shouldBe List(4) { TrialEnd.Finished::class }
        }

        "what diverges before it has learned is told, and nothing is trained" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val plan =
                experiment("time") {
                    variants(
                        smallDecoder(),
                        smallDecoder().edit {
                            name = "huge"
                            initializer = Normal(1e30)
                        },
                    )
                    recipe(smallRecipe(steps = 30))
                    match(time)
                }
            val counting = Counting()
            val told = shouldThrow<ProblemsException> { compare(plan, base, base.resolve("out"), listener = counting) }
            told.message shouldBe
                """
                huge: its steps cannot be timed, because it diverges at once
                  match(time) needs a step of each. Begin with smaller weights, or say rescale(operations).
                """
                    .trimIndent()
            counting.steps shouldBe 0
        }

        "a comparison that is stopped while steps are timed has planned nothing" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val counting = Counting()
            val stopped = compare(timed(steps = 6), base, base.resolve("out"), listener = counting) { true }
            stopped.trials().map { it.key() } shouldBe listOf("", "")
            stopped.stepTimes().shouldBeEmpty()
            counting.steps shouldBe 0
            val result = compare(timed(steps = 6), base, base.resolve("out"))
            result.trials().filterNot { it.end() is TrialEnd.Finished }.shouldBeEmpty()
        }
    })
