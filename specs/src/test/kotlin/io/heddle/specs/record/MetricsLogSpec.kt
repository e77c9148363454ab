package io.heddle.specs.record

import io.heddle.check.ProblemsException
import io.heddle.runtime.record.Metric
import io.heddle.runtime.record.MetricsLog
import io.heddle.runtime.record.MetricsRow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import java.nio.file.Path
import java.util.Locale
import kotlin.io.path.appendText
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.random.Random

class MetricsLogSpec :
    FunSpec({
        val columns = listOf("loss", "tokens", "validation loss")

        fun row(step: Long) = MetricsRow.at(step).with("loss", 1.0 / (step + 1)).with("tokens", step * 64)

        fun record(folder: Path, steps: LongRange) =
            MetricsLog.begin(folder, columns).use { log -> steps.forEach { log.write(row(it)) } }

        test("a run leaves a table and lines of JSON") {
            val folder = tempdir().toPath().resolve("runs/first")
            MetricsLog.begin(folder, columns).use { log ->
                log.write(row(0))
                log.write(row(2).with("validation loss", 4.165))
            }
            folder.resolve("metrics.csv").readText() shouldBe
                """
                step,loss,tokens,validation loss
                0,1.0,0,
                2,0.3333333333333333,128,4.165

                """
                    .trimIndent()
            folder.resolve("metrics.jsonl").readText() shouldBe
                """
                {"step":0,"loss":1.0,"tokens":0}
                {"step":2,"loss":0.3333333333333333,"tokens":128,"validation loss":4.165}

                """
                    .trimIndent()
            folder.listDirectoryEntries().map { it.name }.sorted() shouldBe listOf("metrics.csv", "metrics.jsonl")
        }

        test("a loss that is no number is written as valid JSON and read back") {
            val folder = tempdir().toPath()
            val values = listOf(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
            MetricsLog.begin(folder, listOf("loss")).use { log ->
                values.forEachIndexed { step, value -> log.write(MetricsRow.at(step.toLong()).with("loss", value)) }
            }
            folder.resolve("metrics.jsonl").readText().lines().dropLast(1) shouldBe
                listOf(
                    """{"step":0,"loss":"NaN"}""",
                    """{"step":1,"loss":"Infinity"}""",
                    """{"step":2,"loss":"-Infinity"}""",
                )
            MetricsLog.read(folder).map { it.metric("loss").orElseThrow() } shouldBe values.map { Metric.of(it) }
        }

        test("every number reads back exactly") {
            val folder = tempdir().toPath()
            val random = Random(1)
            val values =
                List(2_000) { Double.fromBits(random.nextLong()) }.filterNot { it.isNaN() } +
                    listOf(-0.0, Double.MIN_VALUE, Double.MAX_VALUE)
            MetricsLog.begin(folder, listOf("value", "count")).use { log ->
                values.forEach { log.write(MetricsRow.at(1).with("value", it).with("count", it.toRawBits())) }
            }
            val read = MetricsLog.read(folder)
            read.map { it.metric("value").orElseThrow() } shouldBe values.map { Metric.of(it) }
            read.map { it.metric("count").orElseThrow() } shouldBe values.map { Metric.of(it.toRawBits()) }
            val before = folder.resolve("metrics.csv").readText()
            MetricsLog.resume(folder, listOf("value", "count"), 1).close()
            folder.resolve("metrics.csv").readText() shouldBe before
        }

        test("a resumed run equals an uninterrupted one") {
            val whole = tempdir().toPath().also { record(it, 0L..9L) }
            val resumed = tempdir().toPath().also { record(it, 0L..7L) }
            MetricsLog.resume(resumed, columns, 4).use { log -> (5L..9L).forEach { log.write(row(it)) } }
            for (file in listOf("metrics.csv", "metrics.jsonl")) {
                resumed.resolve(file).readText() shouldBe whole.resolve(file).readText()
            }
        }

        test("a metric that is new in a resumed run has a column, empty before") {
            val folder = tempdir().toPath()
            MetricsLog.begin(folder, listOf("loss")).use { it.write(MetricsRow.at(1).with("loss", 0.5)) }
            MetricsLog.resume(folder, listOf("chrF", "loss"), 1).use {
                it.write(MetricsRow.at(2).with("chrF", 7.0).with("loss", 0.25))
            }
            folder.resolve("metrics.csv").readText() shouldBe "step,chrF,loss\n1,,0.5\n2,7.0,0.25\n"
        }

        test("the half-written last line of a killed run is left out") {
            val folder = tempdir().toPath().also { record(it, 0L..2L) }
            val whole = folder.resolve("metrics.csv").readText()
            folder.resolve("metrics.csv").appendText("3,0.2")
            folder.resolve("metrics.jsonl").appendText("{\"step\":3,\"lo")
            MetricsLog.read(folder).map { it.step() } shouldBe listOf(0L, 1L, 2L)
            MetricsLog.resume(folder, columns, 100).close()
            folder.resolve("metrics.csv").readText() shouldBe whole
            MetricsLog.read(folder).map { it.step() } shouldBe listOf(0L, 1L, 2L)
        }

        test("resuming where nothing was recorded begins anew") {
            val folder = tempdir().toPath()
            MetricsLog.resume(folder, columns, 3).use { it.write(row(4)) }
            MetricsLog.read(folder) shouldBe listOf(row(4))
        }

        test("numbers look the same in every locale") {
            val before = Locale.getDefault()
            val folder = tempdir().toPath()
            try {
                Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"))
                record(folder, 2L..2L)
            } finally {
                Locale.setDefault(before)
            }
            folder.resolve("metrics.csv").readText().lines()[1] shouldBe "2,0.3333333333333333,128,"
        }

        test("resuming with other metrics is refused, with both lists") {
            val folder = tempdir().toPath().also { record(it, 0L..2L) }
            shouldThrow<ProblemsException> { MetricsLog.resume(folder, listOf("loss"), 1) }
                .shouldHaveMessage(
                    """
                    $folder/metrics.csv: the run that is resumed recorded other metrics
                      columns there = step,loss,tokens,validation loss
                      columns now = step,loss
                      Resume with the recipe that the run began with, or begin a new run in another folder.
                    """
                        .trimIndent()
                )
        }

        test("a line that is no row is told by its number") {
            val folder = tempdir().toPath()
            folder.resolve("metrics.jsonl").writeText("{\"step\":0,\"loss\":1.5}\n[1, 2]\n")
            shouldThrow<ProblemsException> { MetricsLog.read(folder) }
                .shouldHaveMessage(
                    """
                    $folder/metrics.jsonl:2: this line is no row of metrics
                      line = [1, 2]
                      cause = it is not an object with a step
                      Mend or delete the line.
                    """
                        .trimIndent()
                )
        }

        test("a metric without a column is refused, and so are names that a table cannot hold") {
            MetricsLog.begin(tempdir().toPath(), listOf("loss")).use { log ->
                shouldThrow<IllegalArgumentException> { log.write(MetricsRow.at(0).with("perplexity", 2.0)) }
                    .shouldHaveMessage("there is no column \"perplexity\" among [loss]")
            }
            for (name in listOf("a,b", "a\"b", "a\nb", "", "step")) {
                shouldThrow<IllegalArgumentException> { MetricsLog.begin(tempdir().toPath(), listOf(name)) }
            }
        }
    })
