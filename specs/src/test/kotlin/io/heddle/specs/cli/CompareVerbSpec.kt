package io.heddle.specs.cli

import io.heddle.runtime.record.MetricsLog
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldNotContain
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText

/** A comparison trains what an experiment says, tells what came out, and never does it twice. */
class CompareVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("letters.txt", "abcd\n".repeat(200))
        val training =
            "val training = recipe(text(\"letters.txt\", context = 4), steps = 40) {\n" +
                "    batch(2)\n    evaluate(every = 10)\n    checkpoint(every = 5)\n}\n"

        fun experiment(name: String, words: String) = "val $name = experiment(\"$name\") {\n$words\n}\n"

        val layouts = "    variants(tiny, tiny.edit { layout = PreNorm })\n    recipe(training)\n    seeds(1, 2)\n"
        desk.file("compared.model.kts", tiny + "\n" + training + experiment("layouts", layouts))

        "each training has a line, and the last lines say what came out" {
            val ran = desk.heddle("compare", "compared.model.kts", "--out", "./out", "--side-by-side", "1")
            withClue(ran.err) { ran.status shouldBe 0 }
            ran.out.lines().take(5).map { it.replace(Regex("\\d\\.\\d{3}"), "_") } shouldBe
                listOf(
                    "4 trainings, with one thread",
                    "tiny, seed 1: 40 steps   validation loss _",
                    "layout PreNorm, seed 1: 40 steps   validation loss _",
                    "tiny, seed 2: 40 steps   validation loss _",
                    "layout PreNorm, seed 2: 40 steps   validation loss _",
                )
            ran.out shouldContain "it cannot be told whether they differ"
            ran.out.trimEnd().lines().last() shouldMatch "The report is .*out/report.html."
            desk.folder.resolve("out").listDirectoryEntries().map { it.name } shouldContainAll
                listOf("report.html", "report.md", "runs.csv", "curves.csv", "runs.sqlite", "tensorboard", "runs")
            val report = desk.folder.resolve("out/report.html").readText()
            report shouldContain "layout PreNorm"
            report shouldContain "decoder/0/attention of “layout PreNorm”"
        }

        "what is done is told, and not done again" {
            val again = desk.heddle("compare", "compared.model.kts", "--out", "./out")
            again.out.lines().first() shouldMatch "4 trainings, 4 of them done before"
            again.out shouldNotContain "seed 1:"
            again.err shouldBe ""
            again.status shouldBe 0
        }

        "a stored experiment compares as its script does" {
            desk.file("layouts.json", desk.heddle("json", "compared.model.kts", "--experiment", "layouts").out)
            val stored = desk.heddle("compare", "layouts.json", "--out", "./out")
            stored.out.lines().first() shouldContain "4 of them done before"
            desk.heddle("check", "layouts.json").out shouldBe
                "layouts.json: experiment layouts is fine: 2 variants, 4 trainings\n"
        }

        "a quick one takes a tenth of the steps" {
            val quick = desk.heddle("compare", "compared.model.kts", "--out", "./quick", "--quick")
            quick.out shouldContain "tiny, seed 1: 4 steps"
            quick.status shouldBe 0
        }

        "a search leaves off what is worse" {
            val words = "    variants(tiny)\n    recipe(training)\n    vary { learningRate(1e-3, 1e-9, 1e-2, 1e-8) }\n"
            desk.file("search.model.kts", tiny + "\n" + training + experiment("rates", words))
            val ran = desk.heddle("compare", "search.model.kts", "--out", "./search", "--halving")
            ran.out.lines().filter { "left off after" in it } shouldHaveSize 3
            ran.out shouldContain Regex("tiny, learningRate (0\\.01|0\\.001), seed 1: 40 steps")
            ran.status shouldBe 0
        }

        "nothing is trained when one variant is wrong" {
            val wrong = "    variants(tiny, tiny.edit { attention(\"**\", heads = 3) })\n    recipe(training)\n"
            desk.file("wrong.model.kts", tiny + "\n" + training + experiment("wrong", wrong))
            val ran = desk.heddle("compare", "wrong.model.kts", "--out", "./wrong")
            ran.status shouldBe 1
            ran.out shouldBe ""
            ran.err shouldContain "heads do not divide width"
            desk.folder.resolve("wrong").exists() shouldBe false
        }

        "a file without an experiment" {
            desk.file("alone.model.kts", "$tiny\n$training")
            desk.heddle("compare", "alone.model.kts") shouldBe
                Ran(
                    1,
                    "",
                    """
                    alone.model.kts: it describes no experiment
                      One says what is compared, and how all are trained:
                        val comparison = experiment("pre-vs-post") {
                            variants(base, base.edit { layout = PreNorm })
                            recipe(training)
                            seeds(1, 2, 3)
                        }

                    """
                        .trimIndent(),
                )
        }

        "an experiment is no model" {
            desk.heddle("summary", "layouts.json") shouldBe
                Ran(
                    1,
                    "",
                    """
                    layouts.json: it describes no model
                      It describes an experiment, which heddle compare trains; a model is wanted here.
                      Take one of its variants: --variant "tiny". It compares "tiny", "layout PreNorm".

                    """
                        .trimIndent(),
                )
        }

        "of several experiments one is chosen" {
            val two = experiment("layouts", layouts) + experiment("again", layouts)
            desk.file("two.model.kts", tiny + "\n" + training + two)
            desk.heddle("compare", "two.model.kts") shouldBe
                Ran(
                    1,
                    "",
                    """
                    two.model.kts: it describes 2 experiments, and one is wanted
                      experiment = layouts
                      experiment = again
                      Choose one: --experiment layouts

                    """
                        .trimIndent(),
                )
            desk.heddle("compare", "two.model.kts", "--experiment", "layout").err shouldBe
                "two.model.kts: it describes no experiment called layout\n  Did you mean --experiment layouts?\n"
        }

        "a comparison that is killed goes on where it was, and comes to the same numbers" {
            fun losses(out: String): Map<String, List<String>> =
                desk.folder.resolve(out).resolve("runs").listDirectoryEntries().associate { run ->
                    run.name to MetricsLog.read(run).map { "${it.step()} ${it.metric("loss")}" }
                }
            // Stored, so that no process compiles it.
            desk.file("killed.json", desk.heddle("json", "compared.model.kts", "--experiment", "layouts").out)
            desk.heddle("compare", "killed.json", "--out", "./whole").status shouldBe 0
            var kills = 0
            while (kills < 2 && desk.killed(Path.of("killed"), "compare", "killed.json", "--out", "./killed")) kills++
            desk.process("compare", "killed.json", "--out", "./killed").status shouldBe 0
            losses("killed") shouldBe losses("whole")
            desk.folder.resolve("killed/runs.csv").readText().lines().size shouldBe
                desk.folder.resolve("whole/runs.csv").readText().lines().size
        }
    })

/** Kills a comparison a moment after it has begun to train; whether it had not ended before. */
private fun Desk.killed(out: Path, vararg arguments: String): Boolean {
    val process = silently(*arguments)
    val runs = folder.resolve(out).resolve("runs")
    while (process.isAlive && !runs.exists()) process.waitFor(1, TimeUnit.MILLISECONDS)
    if (!process.waitFor(KILLED_AFTER, TimeUnit.MILLISECONDS)) process.destroyForcibly()
    return process.waitFor() == KILLED
}

/** Long enough for some steps, and too short for all. */
private const val KILLED_AFTER = 900L

/** The exit status of a process that was ended by SIGKILL. */
private const val KILLED = 137
