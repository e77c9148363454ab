package io.heddle.specs.experiment

import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.report.ReportFiles
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallRecipe
import io.heddle.specs.train.writeRhyme
import io.heddle.terms.RmsNorm
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.deleteExisting
import kotlin.io.path.isRegularFile
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.relativeTo
import kotlin.io.path.walk
import kotlin.io.path.writeText

/** What a folder holds after an experiment was changed in it, or part of it was lost. */
class LeftBehindSpec :
    StringSpec({
        fun files(folder: Path) =
            folder.walk().filter { it.isRegularFile() }.map { "${it.relativeTo(folder)}" }.toSortedSet()

        "events of trials that are compared no longer are removed, and nothing that Heddle did not write" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val out = base.resolve("out")
            compare(twoLayouts { vary { learningRate(1e-2, 1e-3) } }, base, out)
            val board = out.resolve("tensorboard")
            val mine = listOf("mine.txt", "layout PostNorm/mine.txt", "small/learningRate 0.01/7/notes.txt")
            mine.forEach {
                board.resolve(it).parent.toFile().mkdirs()
                board.resolve(it).writeText("mine")
            }
            val events = "events.out.tfevents.heddle"
            board.resolve("copied/1").toFile().mkdirs()
            board.resolve("copied/1/$events").writeText("mine")
            compare(
                experiment("layouts") {
                    variants(smallDecoder(), smallDecoder().edit { norm = RmsNorm() })
                    recipe(smallRecipe(steps = 12))
                },
                base,
                out,
            )
            files(board) shouldBe
                (mine + listOf("copied", "small", "norm RmsNorm(epsilon = 1e-6)").map { "$it/1/$events" }).toSortedSet()
            board.resolve("layout PostNorm").listDirectoryEntries().map { it.name } shouldBe listOf("mine.txt")
        }

        "pictures that the report no longer shows are removed, and no others" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val out = base.resolve("out")
            ReportFiles.write(compare(twoLayouts(), base, out), out)
            files(out.resolve("charts")) shouldContain "attention-2-1.svg"
            out.resolve("charts/mine.svg").writeText("mine")
            val alone =
                experiment("layouts") {
                    variants(smallDecoder())
                    recipe(smallRecipe(steps = 12))
                }
            ReportFiles.write(compare(alone, base, out), out)
            files(out.resolve("charts")).filter { it.startsWith("attention") || it == "mine.svg" } shouldBe
                listOf("attention-1-1.svg", "mine.svg")
        }

        "a trial whose records were lost is trained again, and not only from where its checkpoint is" {
            val base = tempdir().toPath().also { writeRhyme(it) }
            val out = base.resolve("out")
            val plan = twoLayouts(smallRecipe(steps = 12))
            val whole = compare(plan, base, out)
            whole.losses().first().shouldNotBeEmpty()
            out.resolve("runs.sqlite").deleteExisting()
            val again = Counting()
            val second = compare(plan, base, out, listener = again)
            second.losses() shouldBe whole.losses()
            second.trials().map { trial -> trial.blocks().map { it.step() to it.path() } } shouldBe
                whole.trials().map { trial -> trial.blocks().map { it.step() to it.path() } }
            again.steps shouldBe 2 * 12
        }
    })
