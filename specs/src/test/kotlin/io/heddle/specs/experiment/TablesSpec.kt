package io.heddle.specs.experiment

import io.heddle.experiment.Trial
import io.heddle.experiment.Variant
import io.heddle.runtime.experiment.BlockRow
import io.heddle.runtime.experiment.CurvesTable
import io.heddle.runtime.experiment.RunsTable
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialResult
import io.heddle.runtime.record.MetricsRow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import java.util.OptionalDouble
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.random.Random

class TablesSpec :
    FunSpec({
        val trials = SmallExperiment.experiment.trials

        fun step(step: Long, loss: Double, tokens: Long, seconds: Double) =
            MetricsRow.at(step).with("loss", loss).with("tokens", tokens).with("stepSeconds", seconds)

        fun MetricsRow.after(loss: Double, accuracy: Double) = with("validationLoss", loss).with("accuracy", accuracy)

        fun result(trial: Trial, end: TrialEnd, rows: List<MetricsRow>, blocks: List<BlockRow> = listOf()) =
            TrialResult(trial, "key", end, 4, 2.5, rows, blocks)

        val trained =
            listOf(
                MetricsRow.at(0).after(3.0, 20.0),
                step(1, 2.5, 100, 0.25),
                step(2, 2.0, 120, 0.5).after(1.0, 70.0),
                step(3, 1.5, 100, 0.75),
                step(4, 1.0, 80, 0.5).after(1.5, 80.5),
            )

        fun table(write: (Path) -> Unit): List<List<String>> {
            val file = tempdir().toPath().resolve("table.csv").also(write)
            return commaSeparated(file.readText())
        }

        test("a row a trial: what it reached, what else was measured at the end, and how quickly") {
            val rows = table { file ->
                RunsTable.write(
                    file,
                    listOf(
                        result(trials[0], TrialEnd.Finished(), trained),
                        result(trials[3], TrialEnd.Diverged(5, Double.NaN, 1.0), trained.take(2)),
                        TrialResult(trials[4], "", TrialEnd.Unfinished(), 0, 0.0, listOf(), listOf()),
                    ),
                )
            }
            // 400 tokens in 2 seconds; of 0.25, 0.5, 0.5 and 0.75 seconds the median is 0.5. Weights by hand: a table,
            // positions,
            // four maps with biases, norms, a head without biases. Pre-norm has one norm more, after the last layer.
            fun parameters(norms: Int) = 5 * 8 + 8 * 8 + 4 * (8 * 8 + 8) + norms * 2 * 8 + 5 * 8
            rows shouldBe
                listOf(
                    ("variant,setting,seed,state,steps,finalValidationLoss,bestValidationLoss,bestStep,accuracy," +
                            "parameters,seconds,tokensPerSecond,medianStepSeconds,key")
                        .split(','),
                    "post-norm,warmup 0,1,finished,4,1.5,1.0,2,80.5,${parameters(1)},2.5,200.0,0.5,key".split(','),
                    "pre-norm,warmup 5,1,diverged,4,,3.0,0,20.0,${parameters(2)},2.5,400.0,0.25,key".split(','),
                    "post-norm,warmup 0,2,unfinished,0,,,,,${parameters(1)},0.0,,,".split(','),
                )
        }

        test("a loss that is no number is neither the best nor hidden") {
            val rows =
                listOf(2.0, Double.NaN, 2.0, Double.NaN).mapIndexed { at, loss ->
                    MetricsRow.at(at + 1L).after(loss, 0.0)
                }
            val row = table { RunsTable.write(it, listOf(result(trials[0], TrialEnd.Finished(), rows))) }[1]
            row.subList(5, 8) shouldBe listOf("NaN", "2.0", "1")
        }

        test("a row a value, those of blocks by their paths") {
            val blocks =
                listOf(
                    BlockRow(1, "decoder/0/attention", 0.5, 2.0, 1e-3, OptionalDouble.of(Double.NaN)),
                    BlockRow(4, "text", 0.25, 4.0, Double.POSITIVE_INFINITY, OptionalDouble.empty()),
                )
            val rows = table {
                CurvesTable.write(it, listOf(result(trials[1], TrialEnd.Finished(), trained.take(2), blocks)))
            }
            rows.first() shouldBe "variant,setting,seed,step,metric,value".split(',')
            rows.drop(1).map { it.take(3) }.distinct() shouldBe listOf(listOf("post-norm", "warmup 5", "1"))
            rows.drop(1).map { it.drop(3).joinToString(" ") } shouldBe
                listOf(
                    "0 validationLoss 3.0",
                    "0 accuracy 20.0",
                    "1 loss 2.5",
                    "1 tokens 100",
                    "1 stepSeconds 0.25",
                    "1 gradientNorm/decoder/0/attention 0.5",
                    "1 weightNorm/decoder/0/attention 2.0",
                    "1 updateRatio/decoder/0/attention 0.001",
                    "1 activation/decoder/0/attention NaN",
                    "4 gradientNorm/text 0.25",
                    "4 weightNorm/text 4.0",
                    "4 updateRatio/text Infinity",
                )
        }

        test("every number reads back exactly") {
            val random = Random(3)
            val numbers = List(1_000) { Double.fromBits(random.nextLong()) }
            val values = numbers.mapIndexed { step, value -> MetricsRow.at(step.toLong()).with("loss", value) }
            val rows = table { CurvesTable.write(it, listOf(result(trials[0], TrialEnd.Finished(), values))) }
            rows.drop(1).map { it.last().toDouble() } shouldBe numbers
        }

        test("names with commas, quotes and ends of lines are quoted") {
            val name = "a \"wide\", deep one\nin two lines"
            val trial =
                trials[0].run {
                    copy(configuration = configuration.copy(variant = Variant(name, configuration.variant.model)))
                }
            val file = tempdir().toPath().resolve("runs.csv")
            RunsTable.write(file, listOf(result(trial, TrialEnd.Finished(), trained)))
            file.readText().lines()[1] shouldBe "\"a \"\"wide\"\", deep one"
            commaSeparated(file.readText())[1].first() shouldBe name
        }

        test("the file of an earlier export is replaced, with nothing beside it") {
            val file = tempdir().toPath().resolve("tables/runs.csv")
            RunsTable.write(file, listOf())
            file.writeText("old")
            RunsTable.write(file, listOf())
            file.readText().startsWith("variant,") shouldBe true
            file.parent.listDirectoryEntries().map { it.name } shouldBe listOf("runs.csv")
        }
    })

/** The rows of a text by the grammar of RFC 4180, with any end of line. */
private fun commaSeparated(text: String): List<List<String>> {
    val field = Regex("\"((?:[^\"]|\"\")*)\"|([^,\"\r\n]*)")
    val rows = mutableListOf(mutableListOf<String>())
    var at = 0
    while (at < text.length) {
        val found = field.matchAt(text, at) ?: error("no field at $at")
        val quoted = found.groups[1]
        rows.last() += quoted?.value?.replace("\"\"", "\"") ?: found.value
        at = found.range.last + 1
        when (text.getOrNull(at)) {
            ',' -> at++
            '\n' -> {
                at++
                if (at < text.length) rows += mutableListOf<String>()
            }
            else -> error("no end of a field at $at")
        }
    }
    return rows
}
