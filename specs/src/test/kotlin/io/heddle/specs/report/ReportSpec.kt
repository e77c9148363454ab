package io.heddle.specs.report

import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.dsl.text
import io.heddle.experiment.Experiment
import io.heddle.report.Extent
import io.heddle.report.ReportFiles
import io.heddle.report.ReportPages
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.StepTime
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.specs.cli.Desk
import io.heddle.terms.PreNorm
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlin.io.path.readText

/** What a report says, as HTML and as Markdown; the results are made up. */
class ReportSpec :
    StringSpec({
        val pages by lazy { ReportPages.of(MadeUpResults.result()) }
        val page by lazy { Page(pages.html) }

        "what differs stands first, in sentences" { page.lead() shouldContainExactly MADE_UP_LEAD.trimIndent().lines() }

        "a terminal is told the same" {
            val (said, items) = MADE_UP_LEAD.trimIndent().lines().let { it.take(2) to it.drop(2) }
            ReportFiles.statement(MadeUpResults.result()) shouldBe (said + items.map { "- $it" }).joinToString("\n")
        }

        "the table has every variant with every setting" {
            val table = page.table("Mean and 95 %")
            table.first() shouldContainExactly
                listOf(
                        "Variant",
                        "Setting",
                        "Finished",
                        "Final validation loss",
                        "Best validation loss",
                        "Final accuracy",
                    )
                    .plus(listOf("Difference", "p", "Parameters", "Steps", "FLOPs", "Time"))
            table.drop(1).map { it.take(3) } shouldContainExactly
                listOf(
                    listOf("post-norm", "warmup 0", "2 of 3, 1 diverged"),
                    listOf("post-norm", "warmup 400", "3 of 3"),
                    listOf("pre-norm", "warmup 0", "3 of 3"),
                    listOf("pre-norm", "warmup 400", "3 of 3"),
                    listOf("pre-norm, RMS", "warmup 0", "3 of 3"),
                    listOf("pre-norm, RMS", "warmup 400", "3 of 3"),
                )
        }

        "every picture says what it is, stands on the page twice, and in a file of its own" {
            val names = page.all("figure").map { it.getAttribute("id") }
            names shouldContainExactly
                listOf("validation-loss", "training-loss", "learning-rate", "gradient-at-initialization")
                    .plus(listOf("gradient-norm", "weight-norm", "update-ratio", "activation", "step-time"))
            page.all("svg").size shouldBe 2 * names.size
            pages.charts.keys shouldContainExactly names.map { "charts/$it.svg" }.toSet()
            pages.charts.forEach { (file, svg) ->
                withClue(file) {
                    pages.markdown shouldContain "]($file)"
                    Page(svg).all("svg").size shouldBe 1
                }
            }
        }

        "no two things of a page have the same name" {
            val ids = page.all("*").map { it.getAttribute("id") }.filter { it.isNotEmpty() }
            ids.groupBy { it }.filterValues { it.size > 1 }.keys.shouldBeEmpty()
        }

        "the page needs no other file, no net and no script" {
            listOf("script", "link", "img", "iframe", "object", "image", "use").forEach { name ->
                withClue(name) { page.all(name).filterNot { it.getAttribute("href").startsWith("#") }.shouldBeEmpty() }
            }
            val places =
                page.all("*").flatMap {
                    listOf(it.getAttribute("href"), it.getAttribute("src"), it.getAttribute("xlink:href"))
                }
            places.filter { it.isNotEmpty() && !it.startsWith("#") }.shouldBeEmpty()
            Regex("url\\(\\s*['\"]?(?!#)|@import").findAll(pages.html).toList().shouldBeEmpty()
            page
                .all("*")
                .flatMap { (0 until it.attributes.length).map { at -> it.attributes.item(at).nodeName } }
                .filter { it.startsWith("on") }
                .shouldBeEmpty()
        }

        "tables say what their heads are of" {
            page.all("table").forEach { table -> table.getElementsByTagName("caption").length shouldBe 1 }
            page.all("th").map { it.getAttribute("scope") }.toSet() shouldBe setOf("col", "row")
        }

        "a line of a picture goes where its numbers are" {
            val experiment =
                experiment("alone") {
                    variant("alone", MadeUpResults.postNorm(layers = 1))
                    recipe(text("some.txt", context = 64), steps = MadeUpResults.STEPS)
                }
            val svg =
                ReportPages.of(MadeUpResults.of(experiment) { TrialEnd.Finished() })
                    .charts
                    .getValue("charts/learning-rate.svg")
            val line = Page(svg).all("path").map { it.getAttribute("d") }.maxBy { it.length }
            val points =
                Regex("[ML]?\\s*(-?[\\d.]+)[ ,]+(-?[\\d.]+)")
                    .findAll(line)
                    .map { it.groupValues.drop(1) }
                    .distinct()
                    .toList()
            points.size shouldBe 200
            val rates = points.map { (_, y) -> y.toDouble() } // the first point is written twice
            // The rate falls in a straight line from 0.001 to 0.0001 of an axis from 0 to 0.00105.
            rates.zipWithNext().forEach { (here, next) ->
                (next - here) shouldBe (rates[1] - rates[0] plusOrMinus 0.25)
            }
        }

        "names may hold anything" {
            val names =
                listOf(
                        "<script>alert(\"1\")</script>",
                        "a | b & 'c' `d` *e* _f_ \\",
                        "[x](http://y.example) <a href=\"https://z.example\">z</a>",
                    )
                    .plus(listOf("two\nlines\u0000\uD800", "# \\(x^2\\) ~~s~~ \$m\$", "1. " + "long ".repeat(40)))
            val written = ReportPages.of(MadeUpResults.of(named(names)) { TrialEnd.Finished() })
            val rows = Page(written.html).table("Mean and 95 %").drop(1)
            rows.map { it.first() } shouldContainExactly
                listOf("<script>alert(\"1\")</script>", "a | b & 'c' `d` *e* _f_ \\")
                    .plus(listOf("[x](http://y.example) <a href=\"https://z.example\">z</a>", "two lines\uFFFD\uFFFD"))
                    .plus(listOf("# \\(x^2\\) ~~s~~ \$m\$", "1. " + "long ".repeat(40).trim()))
            Page(written.html).all("a").map { it.getAttribute("href").take(1) }.toSet() shouldBe setOf("#")
            val table =
                written.markdown.lines().dropWhile { !it.startsWith("| Variant") }.takeWhile { it.startsWith("|") }
            table.map { Regex("(?<!\\\\)(\\\\\\\\)*\\|").findAll(it).count() }.distinct().size shouldBe 1
            table[2] shouldContain "| &lt;script>alert(\"1\")&lt;/script> |"
            table[3] shouldContain "| a \\| b &amp; 'c' \\`d\\` \\*e\\* \\_f\\_ \\\\ |"
            table[4] shouldContain "| \\[x\\](http://y.example) &lt;a href=\"https://z.example\">z&lt;/a> |"
            table[6] shouldContain "| \\# \\\\(x^2\\\\) \\~\\~s\\~\\~ \\\$m\\\$ |"
            table[7] shouldContain "| 1\\. long "
        }

        "what is not done is said to be so" {
            val experiment = MadeUpResults.experiment()
            val half =
                MadeUpResults.of(experiment) {
                    when {
                        it.seed == 1L -> TrialEnd.Finished()
                        it.configuration.variant.name == "pre-norm" -> TrialEnd.LeftOff()
                        else -> TrialEnd.Unfinished()
                    }
                }
            val trials = half.trials().map { if (it.trial.seed == 3L) MadeUpResults.notBegun(it.trial) else it }
            val lead = Page(ReportPages.of(ExperimentResult(experiment, half.setup(), trials)).html).lead()
            lead[1] shouldBe "6 of 18 trials finished. 0 of 4 comparisons showed a significant difference."
            lead shouldContainAll
                listOf(
                    "“post-norm” with warmup 0 is not finished with seed 2 and was not begun with seed 3.",
                    "“pre-norm” with warmup 400 was left off by successive halving with seed 2, and is in no mean " +
                        "and no test there.",
                    "“pre-norm” with warmup 400 was not begun with seed 3.",
                )
            lead.single { it.startsWith("“pre-norm” compared with “post-norm” with warmup 0") } shouldBe
                "“pre-norm” compared with “post-norm” with warmup 0: it cannot be told whether they differ, because " +
                    "both finished from only 1 seed. The mean final loss is 0.0524 nats lower here. How many seeds " +
                    "would tell cannot be said from one difference."
        }

        "where nothing was begun, everything says why it is not there" {
            val experiment = MadeUpResults.experiment()
            val setup = MadeUpResults.result().setup()
            val empty = ExperimentResult(experiment, setup, experiment.trials.map(MadeUpResults::notBegun))
            val written = ReportPages.of(empty)
            val nothing = Page(written.html)
            nothing.all("svg").shouldBeEmpty()
            written.charts.keys.shouldBeEmpty()
            nothing.lead()[1] shouldBe "0 of 18 trials finished. 0 of 4 comparisons showed a significant difference."
            nothing.section("curves") shouldContain "Validation loss is not shown: no held-out data was looked at."
            nothing.section("gradients") shouldContain "Activations over training is not shown: it was not measured."
            nothing.section("times") shouldContain "Step time is not shown: no step after the first was timed."
            nothing.lead() shouldContain
                "“pre-norm” compared with “post-norm” with warmup 0: it cannot be told whether they differ, because " +
                    "both finished " +
                    "from no seed."
        }

        "a trial whose last loss is no number is in no mean" {
            val experiment = MadeUpResults.experiment()
            val whole = MadeUpResults.of(experiment) { TrialEnd.Finished() }
            val trials =
                whole.trials().mapIndexed { number, trial ->
                    if (number > 0) trial else MadeUpResults.withLastLoss(trial, Double.NaN)
                }
            val lead = Page(ReportPages.of(ExperimentResult(experiment, whole.setup(), trials)).html).lead()
            lead shouldContain
                "“post-norm” with warmup 0 has no final validation loss from seed 1, and is in no mean and no test " +
                    "there."
        }

        "one variant alone is told without a comparison" {
            val experiment =
                experiment("alone") {
                    variant("alone", MadeUpResults.postNorm(layers = 1))
                    recipe(text("some.txt", context = 64), steps = MadeUpResults.STEPS)
                }
            val alone = Page(ReportPages.of(MadeUpResults.of(experiment) { TrialEnd.Finished() }).html)
            alone.lead() shouldContainExactly
                listOf(
                    "1 variant (“alone”), trained from 1 seed each: 1 trial.",
                    "All trials finished.",
                    "There is one variant, and nothing to compare it with.",
                )
            alone.table("Mean and 95 %").first() shouldNotContain "Setting"
            alone.table("Mean and 95 %")[1][2] shouldNotContain "±"
        }

        "names that differ at their ends are told apart where they are too long for a chart" {
            val names = listOf("a variant whose name says all that it has", "and what it has not, and then its")
            val long = names.joinToString(", ")
            val result =
                MadeUpResults.of(named(listOf("$long, first", "$long, second"), listOf(0), listOf(1))) {
                    TrialEnd.Finished()
                }
            val chart = ReportPages.of(result).charts.getValue("charts/validation-loss.svg").replace(Regex("\\s+"), " ")
            chart shouldContain "first"
            chart shouldContain "second"
        }

        "a tenth of the steps is told to be one" {
            val told = " Each took a tenth of its steps (--quick): with all of them it may come out otherwise."
            val whole = MADE_UP_LEAD.trimIndent().lines().first()
            Page(ReportPages.of(MadeUpResults.result(), Extent.Tenth).html).lead().first() shouldBe whole + told
            ReportFiles.statement(MadeUpResults.result(), Extent.Tenth).lines().first() shouldBe whole + told
        }

        "steps that were timed while the machine did other things are told to be rough" {
            val result = MadeUpResults.result()
            val times =
                result.experiment.configurations.withIndex().associate { (at, each) ->
                    each to StepTime(0.01, if (at == 1) 0.4 else 0.02)
                }
            val timed = ExperimentResult(result.experiment, result.setup, result.trials, times, result.attentions)
            val section = Page(ReportPages.of(timed).html).section("times")
            section shouldContain
                "The machine did other things while steps were timed: the shortest of one turn and of the next best " +
                    "are far apart for “post-norm, warmup 400” (40 %). Their numbers of steps are rough. Compare " +
                    "again with another --out when the machine is quiet."
            Page(ReportPages.of(result).html).section("times") shouldNotContain "other things"
        }

        "many comparisons are told variant by variant" {
            val result =
                MadeUpResults.of(named((0..7).map { "variant $it" }, listOf(0, 400), listOf(1, 2, 3))) {
                    if (it.configuration.variant.name == "variant 7") TrialEnd.LeftOff() else TrialEnd.Finished()
                }
            ReportFiles.statement(result).lines() shouldContainAll
                listOf(
                    "42 of 48 trials finished. 12 of 14 comparisons showed a significant difference.",
                    "- “variant 1” compared with “variant 0”: the final validation loss is significantly lower " +
                        "with 2 of 2 settings, and significantly higher with 0; with 0 it cannot be " +
                        "told whether they differ.",
                    "- “variant 7” compared with “variant 0”: the final validation loss is significantly lower " +
                        "with 0 of 2 settings, and significantly higher with 0; with 2 it cannot be " +
                        "told whether they differ.",
                )
        }

        "a training that ends before its warm-up does is told" {
            val experiment =
                experiment("short") {
                    variants(MadeUpResults.postNorm(layers = 1))
                    recipe(text("some.txt", context = 64), steps = MadeUpResults.STEPS)
                    vary { warmup(400, 8_000) }
                }
            val lead = Page(ReportPages.of(MadeUpResults.of(experiment) { TrialEnd.Finished() }).html).lead()
            lead.filter { it.contains("a warm-up of") } shouldContainExactly
                listOf(
                    "Trained for 2,000 steps of a warm-up of 8,000 with warmup 8000: every variant. The learning " +
                        "rate never came to its height."
                )
        }

        "where nothing was tested, the method says so" {
            val experiment = MadeUpResults.experiment(seeds = longArrayOf(1))
            val page = Page(ReportPages.of(MadeUpResults.of(experiment) { TrialEnd.Finished() }).html)
            page.section("results") shouldContain
                "Nothing was tested: no two variants finished with the same setting from 3 common seeds whose " +
                    "differences have a spread."
        }

        "what differs in structure is what heddle diff says" {
            page.section("structure") shouldContain "decoder: layout PostNorm -> PreNorm"
            page.section("structure") shouldContain "All equations of “post-norm”"
        }

        "files are written in place of those before" {
            Desk().use { desk ->
                repeat(2) { ReportFiles.write(MadeUpResults.result(), desk.folder) }
                desk.folder.resolve("report.html").readText() shouldBe pages.html
                desk.folder.resolve("report.md").readText() shouldBe pages.markdown
                desk.folder.resolve("charts/step-time.svg").readText() shouldBe pages.charts["charts/step-time.svg"]
                desk.folder.toFile().list().orEmpty().toSet() shouldBe setOf("report.html", "report.md", "charts")
            }
        }

        "a report is small enough to be sent" { pages.html.length shouldBeLessThan 2_000_000 }
    }) {
    private companion object {
        fun named(names: List<String>, warmups: List<Int> = listOf(0), seeds: List<Long> = listOf(1)): Experiment =
            experiment("names of all kinds") {
                names.forEachIndexed { number, name ->
                    variant(name, MadeUpResults.postNorm(layers = number + 1).edit { layout = PreNorm })
                }
                recipe(text("some.txt", context = 64), steps = MadeUpResults.STEPS)
                vary { warmup(*warmups.toIntArray()) }
                seeds(*seeds.toLongArray())
            }

        const val MADE_UP_LEAD =
            """
            3 variants (“post-norm”, “pre-norm”, “pre-norm, RMS”) with 2 settings, trained from 3 seeds each: 18 trials.
            17 of 18 trials finished. 2 of 4 comparisons showed a significant difference.
            “pre-norm” compared with “post-norm” with warmup 0: it cannot be told whether they differ, because both finished from only 2 seeds. The mean final loss is 0.0520 nats lower here. To find a difference as large as this one four times out of five, about 3 seeds would be needed, judging by the spread of these 2.
            “pre-norm” compared with “post-norm” with warmup 400: the final validation loss is 0.0505 nats lower (95 % interval of the difference −0.0569 to −0.0442, 3 seeds, p = 0.002 corrected), a significant difference.
            “pre-norm, RMS” compared with “post-norm” with warmup 0: it cannot be told whether they differ, because both finished from only 2 seeds. The mean final loss is 0.0523 nats lower here. To find a difference as large as this one four times out of five, about 3 seeds would be needed, judging by the spread of these 2.
            “pre-norm, RMS” compared with “post-norm” with warmup 400: the final validation loss is 0.0524 nats lower (95 % interval of the difference −0.0586 to −0.0461, 3 seeds, p = 0.002 corrected), a significant difference.
            “post-norm” with warmup 0 diverged in 1 of 3 trials: seed 2 at step 420 (loss not a number, gradient norm 1234.50). What diverged is in no mean and no test.
            """
    }
}
