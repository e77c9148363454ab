package io.heddle.specs.cli

import io.kotest.assertions.withClue
import io.kotest.core.annotation.Tags
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.random.Random

/** Twenty trainings, each killed at a moment of its own and gone on with until it is done. */
@Tags("Long")
class KillSpec :
    StringSpec({
        val desk = autoClose(Desk())
        val steps = 60
        desk.file("text.txt", "a cat sat on a mat, and a rat sat on that cat\n".repeat(50))
        val script =
            """
            val small = model("small", width = 32) {
                layout = PreNorm
                dropout = 0.1
                val text by tokens(vocab = 13) { learnedPositions(16) }
                val decoder by stack(text, layers = 2) {
                    attention(heads = 2) { causal() }
                    addNorm()
                    feedForward()
                    addNorm()
                }
                val next by logits(decoder, tiedTo = text)
            }
            val training = recipe(text("text.txt", context = 16), steps = $steps) {
                batch(4)
                evaluate(every = 10, batches = 2)
                checkpoint(every = 1)
            }
            """
        desk.file("small.model.kts", script.trimIndent())

        /** The losses that were recorded, as they are written. */
        fun losses(run: String): List<List<String>> {
            val rows = desk.folder.resolve(run).resolve("metrics.csv").readLines().map { it.split(',') }
            val columns = listOf("step", "loss", "validationLoss").map { rows.first().indexOf(it) }
            return rows.drop(1).map { row -> columns.map { row[it] } }
        }

        "twenty killed trainings have the losses of the one that was not, and every checkpoint can be read" {
            desk.process("train", "small.model.kts", "--out", "./whole").status shouldBe 0
            val whole = losses("whole")
            whole.size shouldBe steps + 1
            val random = Random(20)
            var kills = 0
            repeat(20) { number ->
                val run = "./killed-$number"
                var status = -1
                while (status != 0) {
                    val wait = random.nextLong(300, 4_000)
                    status = desk.killedAfter(wait, "train", "small.model.kts", "--out", run)
                    if (status != 0) kills++
                    val checkpoint: Path = desk.folder.resolve(run).resolve("checkpoint")
                    withClue("run $number after $wait ms ended with $status") {
                        (status == 0 || status == KILLED) shouldBe true
                        if (status == 0) checkpoint.exists() shouldBe true
                    }
                    // Starting takes a while: a run that is never left alone would never end.
                    if (kills > 5 * (number + 1)) status = desk.process("train", "small.model.kts", "--out", run).status
                }
                withClue("run $number") { losses(run) shouldBe whole }
            }
            kills shouldBeGreaterThan 19
        }
    })

/** The exit status of a process that was ended by SIGKILL. */
private const val KILLED = 137

/** Runs the command in a process of its own, and kills it unless it has ended after [milliseconds]. */
private fun Desk.killedAfter(milliseconds: Long, vararg arguments: String): Int {
    val process = silently(*arguments)
    if (!process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) process.destroyForcibly()
    return process.waitFor()
}
