package io.heddle.specs.experiment

import io.heddle.runtime.experiment.BlockRow
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialStore
import io.heddle.runtime.record.MetricsRow
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import java.sql.DriverManager
import java.util.OptionalDouble
import kotlin.io.path.readText

/** What `docs/howto/COMPARE.md` asks the database is answered as it says, while trials run. */
class AskingSpec :
    StringSpec({
        val page = Path.of("../docs/howto/COMPARE.md").readText()
        val questions = Regex("```sql\n(.*?)```", RegexOption.DOT_MATCHES_ALL).findAll(page).map { it.groupValues[1] }
        val file = tempdir().toPath().resolve("runs.sqlite")
        val experiment =
            SmallExperiment.experiment.let { small ->
                val named =
                    listOf("base", "layout PreNorm").zip(small.variants) { name, each -> each.copy(name = name) }
                small.copy(variants = named, variations = emptyList())
            }
        val store = autoClose(TrialStore.open(file, experiment, "0.1"))

        // base, layout PreNorm with seed 1, then with seed 2; what each reaches at steps 0, 10 and 20.
        val losses =
            listOf(listOf(2.0, 1.5, 1.25), listOf(2.0, 1.0, 0.5), listOf(2.5, 2.0, 1.75), listOf(2.5, 2.25, 1.0))
        experiment.trials.forEachIndexed { number, trial ->
            store.begin(trial, "$number", 100, file.resolveSibling("$number"))
            val rows = losses[number].mapIndexed { at, loss -> MetricsRow.at(at * 10L).with("validationLoss", loss) }
            val blocks =
                listOf(1L, 10L).map {
                    BlockRow(it, "decoder/0", it + number.toDouble(), 1.0, 0.1, OptionalDouble.empty())
                }
            store.record("$number", rows + MetricsRow.at(5).with("loss", Double.NaN), blocks)
            store.end("$number", TrialEnd.Finished(), 20, 1.0)
        }

        fun answers(question: String): List<List<Any?>> =
            DriverManager.getConnection("jdbc:sqlite:$file").use { connection ->
                connection.createStatement().executeQuery(question).use { answer ->
                    buildList { while (answer.next()) add((1..answer.metaData.columnCount).map(answer::getObject)) }
                }
            }

        "three questions are asked" { questions.toList() shouldHaveSize 3 }

        "which variant comes to the lowest loss" {
            answers(questions.elementAt(0)) shouldBe
                listOf(listOf("layout PreNorm", "", 2, 0.75, 0.5), listOf("base", "", 2, 1.5, 1.25))
        }

        "how far apart two variants are" {
            answers(questions.elementAt(1)) shouldBe
                listOf(
                    listOf("", 1, 0, 0.0),
                    listOf("", 1, 10, -0.5),
                    listOf("", 1, 20, -0.75),
                    listOf("", 2, 0, 0.0),
                    listOf("", 2, 10, 0.25),
                    listOf("", 2, 20, -0.75),
                )
        }

        "which blocks had the longest gradients" {
            answers(questions.elementAt(2)) shouldBe
                listOf(
                    listOf("layout PreNorm", "", 2, "decoder/0", 10, 13.0),
                    listOf("base", "", 2, "decoder/0", 10, 12.0),
                    listOf("layout PreNorm", "", 1, "decoder/0", 10, 11.0),
                    listOf("base", "", 1, "decoder/0", 10, 10.0),
                )
        }

        "every view and every column that is named is there" {
            val rows = Regex("^\\| `(\\w+)` \\|.*: (.*) \\|$", RegexOption.MULTILINE).findAll(page).toList()
            rows.map { it.groupValues[1] } shouldBe
                answers("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").flatten().let { views ->
                    listOf("runs", "final_losses", "curves", "block_curves", "all_runs").also {
                        it.sorted() shouldBe views
                    }
                }
            rows.forEach { row ->
                val columns = Regex("`([^`]+)`").findAll(row.groupValues[2]).map { it.groupValues[1] }
                val named = columns.flatMap { it.split(", ") }.filterNot { it == "runs" }
                answers("SELECT ${named.joinToString()} FROM ${row.groupValues[1]}")
            }
        }

        "every state is told" {
            val states = listOf("waiting", "running", "finished", "diverged", "left off", "unfinished")
            states.filterNot { "`$it`" in page } shouldBe emptyList()
            val table = answers("SELECT sql FROM sqlite_schema WHERE name = 'trials'").single().single().toString()
            Regex("'([a-z ]+)'").findAll(table.substringAfter("CHECK")).map { it.groupValues[1] }.toList() shouldBe
                states
        }
    })
