package io.heddle.specs.cli

import io.heddle.json.ModelJson
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.program.Engine
import io.heddle.specs.train.smallDecoder
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.readText

/** Where the time of a step goes, and the memory. */
class ProfileVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("small.json", ModelJson.write(smallDecoder()))

        "a table by operation and one by part, with the share of what the machine can do, and a trace" {
            val sizes = arrayOf("--size", "batch=2", "--threads", "1", "--runs", "2")
            val ran = desk.heddle("profile", "small.json", *sizes, "--trace", "step.json")
            ran.status shouldBe 0
            val lines = ran.out.lines()
            lines[0] shouldMatch """small, batch = 2, text = 8, 1 thread: \d+\.\d{3} ms"""
            lines[1] shouldMatch """The machine: \d+ GFLOP/s, \d+\.\d GB/s copied"""
            lines[3] shouldMatch """operation +nodes +ms  share  GFLOP/s  of the limit"""
            val words = lines.map { it.substringBefore(' ') }
            words shouldContain "MatMul"
            words shouldContain "AttentionGradient"
            words shouldContain "decoder/*/feedForward"
            desk.folder.resolve("step.json").readText() shouldStartWith """{"displayTimeUnit": "ms", "traceEvents": ["""
        }

        "with --after, the reading of a token" {
            val ran = desk.heddle("profile", "small.json", "--after", "7", "--threads", "1", "--runs", "2")
            ran.err shouldBe ""
            val lines = ran.out.lines()
            lines[0] shouldMatch """small, batch = 1, capacity = 8, text = 1, 1 thread: \d+\.\d{3} ms"""
            val words = lines.map { it.substringBefore(' ') }
            words shouldContain "WriteAt"
            words shouldNotContain "AttentionGradient"
        }

        "a token behind the last position is refused, and so are weights that a step could not change" {
            desk.heddle("profile", "small.json", "--after", "8").err shouldBe
                """
                text: text = 9 is longer than its positions
                  positions = 8   from $.components[0]  small.json:7
                  Say at most 8, or learnedPositions(9).

                """
                    .trimIndent()
            desk.heddle("profile", "small.json", "--weights", "bf16").err shouldBe
                "heddle: --weights bf16 is for --after: a training step changes its weights.\n" +
                    "  See heddle profile --help.\n"
            desk.heddle("profile", "small.json", "--after", "-1").err shouldBe
                "heddle: --after: '-1' is not a whole number, 0 or more.\n  See heddle profile --help.\n"
        }

        "sizes that the model does not have are refused, as by the summary" {
            val refused = desk.heddle("summary", "small.json", "--size", "tekst=3", "--size", "text=9")
            refused.status shouldBe 1
            desk.heddle("summary", "small.json", "--memory", "--size", "tekst=3", "--size", "text=9") shouldBe refused
            desk.heddle("profile", "small.json", "--size", "tekst=3", "--size", "text=9") shouldBe refused
        }

        "memory is planned as the engine then takes it" {
            val ran = desk.heddle("summary", "small.json", "--memory", "--size", "batch=64")
            val told = Regex("""arena +([\d.]+) KiB""").find(ran.out)!!.groupValues[1].toDouble() * 1024
            Engine.cpu(1).use { engine ->
                val training = TrainingProgram.of(RunnableModel.initialized(smallDecoder(), engine, 1))
                training.executable().bind(mapOf("batch" to 64L, "text" to 8L))
                val taken = engine.arenaBytes().toDouble()
                told shouldBe (taken plusOrMinus taken / 100)
            }
        }
    })
