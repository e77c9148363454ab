package io.heddle.specs.experiment

import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialStore
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.ints.shouldBeGreaterThanOrEqual
import io.kotest.matchers.shouldBe
import java.sql.DriverManager
import kotlin.random.Random

/** A process that records is killed at any moment, and nothing is lost that it said was recorded. */
class StoreKillSpec :
    StringSpec({
        "every row that was recorded before a kill is there after it, and the rows of a call come all or none" {
            val file = tempdir().toPath().resolve("runs.sqlite")
            val random = Random(9)
            var last = 0
            // A killed process leaves SQLite's library where it was unpacked to.
            val unpacked = listOf("-Dorg.sqlite.tmpdir=${tempdir()}")
            repeat(5) { round ->
                val command = javaCommand(EndlessRecorder, listOf("$file", "$last"), unpacked)
                val recorder = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start()
                val lines = recorder.inputStream.bufferedReader()
                repeat(random.nextInt(2, 12)) { last = lines.readLine().toInt() }
                repeat(random.nextInt(5_000_000)) { Thread.onSpinWait() }
                recorder.destroyForcibly().waitFor()
                withClue("round $round, after step $last") {
                    TrialStore.open(file, SmallExperiment.experiment, "1").use { store ->
                        val found = store.find("first").orElseThrow()
                        val steps = found.metrics().size
                        steps shouldBeGreaterThanOrEqual last
                        steps % 2 shouldBe 0
                        found.metrics() shouldBe (1L..steps).map(::metricsOf)
                        found.blocks() shouldBe (1L..steps).map(::blockOf)
                        found.steps() shouldBe steps
                        found.end() shouldBe TrialEnd.Unfinished()
                    }
                    DriverManager.getConnection("jdbc:sqlite:$file").use { connection ->
                        val check = connection.createStatement().executeQuery("PRAGMA integrity_check")
                        check.getString(1) shouldBe "ok"
                    }
                }
            }
        }
    })
