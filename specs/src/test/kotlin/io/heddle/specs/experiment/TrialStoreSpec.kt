package io.heddle.specs.experiment

import io.heddle.experiment.Experiment
import io.heddle.experiment.Trial
import io.heddle.recipe.Keep
import io.heddle.runtime.experiment.BlockRow
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialResult
import io.heddle.runtime.experiment.TrialStore
import io.heddle.runtime.record.MetricsRow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeGreaterThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import java.nio.file.Path
import java.sql.DriverManager
import java.time.Instant
import java.util.Optional
import java.util.OptionalDouble
import kotlin.concurrent.thread
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.random.Random

class TrialStoreSpec :
    FunSpec({
        val experiment = SmallExperiment.experiment
        val trials = experiment.trials
        val keys = SmallExperiment.keys(experiment)

        fun folder(): Path = tempdir().toPath()

        fun open(folder: Path, experiment: Experiment = SmallExperiment.experiment) =
            TrialStore.open(folder.resolve("runs.sqlite"), experiment, "0.1")

        fun TrialStore.begin(number: Int, folder: Path) =
            begin(trials[number], keys[number], 100, folder.resolve("runs/$number"))

        fun ask(folder: Path, question: String): List<List<String?>> =
            DriverManager.getConnection("jdbc:sqlite:${folder.resolve("runs.sqlite")}").use { connection ->
                connection.createStatement().executeQuery(question).use { answer ->
                    buildList { while (answer.next()) add((1..answer.metaData.columnCount).map(answer::getString)) }
                }
            }

        test("what was recorded is there when the store is opened again, for every trial of the experiment") {
            val folder = folder()
            val ends =
                listOf(TrialEnd.Finished(), TrialEnd.Diverged(3, Double.NaN, 1e30), TrialEnd.LeftOff())
                    .plus(TrialEnd.Unfinished())
            open(folder).use { store ->
                ends.forEachIndexed { number, end ->
                    store.begin(number, folder)
                    store.record(keys[number], listOf(metricsOf(1), metricsOf(2)), listOf(blockOf(1)))
                    store.end(keys[number], end, 2, 1.25)
                }
            }
            val expected =
                trials.mapIndexed { number, trial ->
                    val end = ends.getOrNull(number)
                    if (end == null) TrialResult(trial, "", TrialEnd.Unfinished(), 0, 0.0, listOf(), listOf())
                    else {
                        val rows = listOf(metricsOf(1), metricsOf(2))
                        TrialResult(trial, keys[number], end, 2, 1.25, rows, listOf(blockOf(1)))
                    }
                }
            open(folder).use { store ->
                store.results() shouldBe expected
                keys.take(4).map { store.find(it) } shouldBe expected.take(4).map { Optional.of(it) }
                store.find("none") shouldBe Optional.empty()
            }
        }

        test("numbers read back exactly, NaN and infinities among them; counts stay counts") {
            val folder = folder()
            val random = Random(7)
            val numbers =
                List(500) { Double.fromBits(random.nextLong()) } +
                    listOf(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, 3.0) +
                    listOf(Double.MIN_VALUE, Double.MAX_VALUE)
            val rows =
                numbers.mapIndexed { step, value ->
                    MetricsRow.at(step.toLong()).with("loss", value).with("tokens", random.nextLong())
                }
            val blocks =
                numbers.mapIndexed { step, value ->
                    val given = if (step % 2 == 0) OptionalDouble.empty() else OptionalDouble.of(value)
                    BlockRow(step.toLong(), "decoder/0", value, value * 2, value / 3, given)
                }
            val zero = MetricsRow.at(numbers.size.toLong()).with("loss", -0.0)
            open(folder).use { store ->
                store.begin(0, folder)
                store.record(keys[0], rows + zero, blocks)
                store.find(keys[0]).orElseThrow().run {
                    metrics() shouldBe rows + zero
                    blocks() shouldBe blocks
                }
            }
        }

        test("questions are told the loss of the weights that a finished trial leaves") {
            val folder = folder()
            val best = experiment.recipe.run { copy(evaluation = evaluation.copy(keep = Keep.Best())) }
            val keeping = experiment.copy(recipe = best)
            open(folder, keeping).use { store ->
                val looks =
                    listOf(2.0, 1.0, 1.5).mapIndexed { at, loss ->
                        MetricsRow.at(at * 10L).with("validationLoss", loss)
                    }
                keeping.trials.take(3).zip(keys).forEach { (trial, key) ->
                    store.begin(trial, key, 100, folder.resolve("runs/$key"))
                    store.record(key, looks, emptyList())
                }
                store.end(keys[0], TrialEnd.Finished(), 20, 1.0)
                store.end(keys[1], TrialEnd.Diverged(20, Double.NaN, 1.0), 20, 1.0)
            }
            ask(
                    folder,
                    "SELECT state, kept_step, validation_loss, best_validation_loss FROM final_losses ORDER BY state",
                )
                .take(3) shouldBe
                listOf(
                    listOf("diverged", null, null, "1.0"),
                    listOf("finished", "10", "1.0", "1.0"),
                    listOf("running", null, null, "1.0"),
                )
        }

        test("questions tell a loss that is no number from one that was not measured") {
            val folder = folder()
            open(folder).use { store ->
                store.begin(0, folder)
                val rows = listOf(2.0, Double.NaN, Double.POSITIVE_INFINITY, 4.0)
                val measured =
                    rows.mapIndexed { step, loss -> MetricsRow.at(step.toLong()).with("validationLoss", loss) }
                store.record(keys[0], measured + MetricsRow.at(4).with("loss", 1.0), emptyList())
                val losses = "FROM curves WHERE name = 'validationLoss'"
                ask(folder, "SELECT count(*) $losses") shouldBe listOf(listOf("4"))
                ask(folder, "SELECT step $losses AND value IS NULL") shouldBe listOf(listOf("1"))
                ask(folder, "SELECT step $losses AND value = 9e999") shouldBe listOf(listOf("2"))
                ask(folder, "SELECT avg(value), min(value) $losses AND value < 9e999") shouldBe
                    listOf(listOf("3.0", "2.0"))
            }
        }

        test("rows that come again take the place of those that are there") {
            val folder = folder()
            open(folder).use { store ->
                store.begin(0, folder)
                val before = metricsOf(2).with("validationLoss", 9.0)
                store.record(keys[0], listOf(metricsOf(1), before), listOf(blockOf(1), blockOf(2)))
                val again = BlockRow(2, "decoder/0/attention", 7.0, 7.0, 7.0, OptionalDouble.empty())
                store.record(keys[0], listOf(metricsOf(2), metricsOf(3)), listOf(again))
                store.find(keys[0]).orElseThrow().run {
                    metrics() shouldBe listOf(metricsOf(1), metricsOf(2), metricsOf(3))
                    blocks() shouldBe listOf(blockOf(1), again)
                }
            }
        }

        test("what comes after a checkpoint is forgotten, and what was taken is counted by the rows") {
            val folder = folder()
            open(folder).use { store ->
                for (number in 0..1) {
                    store.begin(number, folder)
                    store.record(keys[number], (1L..5).map(::metricsOf), (1L..5).map(::blockOf))
                }
                store.dropAfter(keys[0], 3)
                store.find(keys[0]).orElseThrow().run {
                    metrics() shouldBe (1L..3).map(::metricsOf)
                    blocks() shouldBe (1L..3).map(::blockOf)
                    steps() shouldBe 3
                    seconds() shouldBe 1.5
                }
                store.find(keys[1]).orElseThrow().metrics() shouldBe (1L..5).map(::metricsOf)
            }
        }

        test("a trial waits, runs, and has ended; what ran when a process ended is unfinished") {
            val folder = folder()
            fun states() = ask(folder, "SELECT state FROM runs ORDER BY trial").flatten()
            open(folder).use { store ->
                repeat(3) { store.plan(trials[it], keys[it], 100, folder.resolve("runs/$it")) }
                states() shouldBe listOf("waiting", "waiting", "waiting")
                store.begun(keys[0]) shouldBe Optional.empty()
                val before = Instant.now().minusSeconds(1)
                store.begin(0, folder)
                store.begin(1, folder)
                store.begun(keys[0]).orElseThrow() shouldBeGreaterThanOrEqualTo before
                store.end(keys[0], TrialEnd.Finished(), 20, 1.0)
                store.plan(trials[0], keys[0], 100, folder.resolve("runs/0"))
                states() shouldBe listOf("finished", "running", "waiting")
                keys.take(4).map { key -> store.ended(key) } shouldBe
                    listOf(Optional.of(TrialEnd.Finished()), Optional.of(TrialEnd.Unfinished()))
                        .plus(listOf(Optional.of(TrialEnd.Unfinished()), Optional.empty()))
            }
            open(folder).close()
            states() shouldBe listOf("finished", "unfinished", "waiting")
        }

        test("one that diverged may be begun again") {
            val folder = folder()
            open(folder).use { store ->
                store.begin(0, folder)
                store.end(keys[0], TrialEnd.Diverged(3, Double.POSITIVE_INFINITY, Double.NaN), 2, 1.0)
                store.begin(0, folder)
                store.find(keys[0]).orElseThrow().end() shouldBe TrialEnd.Unfinished()
                ask(folder, "SELECT state, diverged_step FROM trials") shouldBe listOf(listOf("running", null))
            }
        }

        test("another experiment in the folder stands beside: only the present one is told, and nothing is lost") {
            val folder = folder()
            val other = experiment.copy(name = "deeper", variants = experiment.variants.drop(1))
            open(folder).use { store ->
                for (number in 0..3) {
                    store.begin(number, folder)
                    store.record(keys[number], listOf(metricsOf(1)), listOf(blockOf(1)))
                    store.end(keys[number], TrialEnd.Finished(), 1, 0.5)
                }
            }
            open(folder, other).use { store ->
                store.results().map { it.trial() to it.key() } shouldBe other.trials.map { it to "" }
                store.find(keys[2]) shouldBe Optional.empty()
                // A trial of both has one key: what the first experiment found is found by the second.
                store.plan(other.trials[0], keys[2], 100, folder.resolve("runs/2"))
                store.find(keys[2]).orElseThrow().run {
                    end() shouldBe TrialEnd.Finished()
                    metrics() shouldBe listOf(metricsOf(1))
                }
                ask(folder, "SELECT variant, setting, seed FROM runs") shouldBe
                    listOf(listOf("pre-norm", "warmup 0", "1"))
            }
            open(folder).use { store ->
                store.results().map { it.key() } shouldBe keys.take(4) + List(4) { "" }
                store.results().flatMap { it.metrics() } shouldBe List(4) { metricsOf(1) }
            }
            ask(folder, "SELECT experiment, count(*), sum(present) FROM all_runs GROUP BY experiment") shouldBe
                listOf(listOf("deeper", "1", "0"), listOf("norms", "4", "4"))
        }

        test("a trial whose steps were fitted to a budget comes back with them") {
            val folder = folder()
            fun Trial.ofSteps(count: Int) =
                copy(
                    configuration =
                        configuration.run { copy(setting = setting.run { copy(recipe = recipe.copy(steps = count)) }) }
                )
            val fitted = trials[0].ofSteps(7)
            open(folder).use { it.begin(fitted, keys[0], 100, folder.resolve("runs/0")) }
            open(folder).use { it.results().first().trial() shouldBe fitted }
        }

        test("threads record their trials side by side") {
            val folder = folder()
            open(folder).use { store ->
                val threads =
                    trials.indices.map { number ->
                        thread {
                            store.begin(number, folder)
                            for (step in 1L..10) store.record(
                                keys[number],
                                listOf(metricsOf(step)),
                                listOf(blockOf(step)),
                            )
                            store.end(keys[number], TrialEnd.Finished(), 10, number.toDouble())
                        }
                    }
                threads.forEach { it.join() }
                store.results().map { it.key() } shouldContainExactly keys
                store.results().forEach { it.metrics() shouldBe (1L..10).map(::metricsOf) }
            }
        }

        test("rows of a trial that nobody has named are a defect of the caller, and change nothing") {
            open(folder()).use { store ->
                shouldThrow<IllegalArgumentException> { store.record("none", listOf(metricsOf(1)), emptyList()) }
                    .shouldHaveMessage("there is no trial with the key none")
                store.results().flatMap { it.metrics() }.shouldBeEmpty()
            }
        }

        test("the folder of a trial is told as seen from the database; nothing else is left beside it") {
            val folder = folder()
            open(folder).use { store ->
                store.begin(0, folder)
                store.begin(trials[1], keys[1], 100, Path.of("/elsewhere/1"))
            }
            ask(folder, "SELECT folder, parameters, heddle FROM runs ORDER BY trial") shouldBe
                listOf(listOf("runs/0", "100", "0.1"), listOf("/elsewhere/1", "100", "0.1"))
            folder.listDirectoryEntries().map { it.name }.sorted() shouldBe listOf("heddle.lock", "runs.sqlite")
        }

        test("any name of a folder will do") {
            val folder = folder().resolve("50% of #1 & is it?")
            open(folder).use { it.begin(0, folder) }
            open(folder).use { it.find(keys[0]).isPresent shouldBe true }
            folder.listDirectoryEntries().map { it.name }.sorted() shouldBe listOf("heddle.lock", "runs.sqlite")
        }
    })
