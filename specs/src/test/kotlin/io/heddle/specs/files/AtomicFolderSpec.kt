package io.heddle.specs.files

import io.heddle.check.ProblemsException
import io.heddle.runtime.files.AtomicFolder
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.ints.shouldBeGreaterThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import java.io.IOException
import java.nio.file.Path
import java.util.Optional
import kotlin.io.path.createDirectories
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.random.Random

class AtomicFolderSpec :
    FunSpec({
        fun Path.holding(text: String): Path = createDirectories().also { resolve("content").writeText(text) }

        fun Path.content() = resolve("content").readText()

        fun Path.names() = listDirectoryEntries().map { it.name }.sorted()

        fun write(folder: Path, text: String) = AtomicFolder.write(folder, 10) { it.holding(text) }

        test("the new folder stands in place of the old, with nothing beside it") {
            val parent = tempdir().toPath().resolve("runs/first")
            val folder = parent.resolve("checkpoint")
            AtomicFolder.find(folder) shouldBe Optional.empty()
            for (text in listOf("old", "new")) {
                AtomicFolder.write(folder, 10) {
                    it.holding(text)
                    it.resolve("deeper/still").holding(text)
                }
                AtomicFolder.find(folder).orElseThrow().content() shouldBe text
            }
            folder.resolve("deeper/still").content() shouldBe "new"
            parent.names() shouldBe listOf("checkpoint")
        }

        test("after a kill at any step the reader finds a whole folder, and the next write cleans up") {
            val dead = ProcessBuilder("true").start().also { it.waitFor() }.pid()
            val steps =
                mapOf(
                    listOf("c" to "old", "c.partial-$dead" to "half") to "old",
                    listOf("c" to "old", "c.next" to "new") to "new",
                    listOf("c" to "old", "c.next" to "new", "c.previous" to "older") to "new",
                    listOf("c.previous" to "old", "c.next" to "new") to "new",
                    listOf("c" to "new", "c.previous" to "old") to "new",
                    listOf("c.previous" to "old") to "old",
                )
            steps.forEach { (folders, expected) ->
                withClue(folders) {
                    val parent = tempdir().toPath()
                    folders.forEach { (name, text) -> parent.resolve(name).holding(text) }
                    AtomicFolder.find(parent.resolve("c")).orElseThrow().content() shouldBe expected
                    shouldThrow<IllegalStateException> {
                        AtomicFolder.write(parent.resolve("c"), 1) { error("defect") }
                    }
                    parent.resolve("c").content() shouldBe expected
                    parent.names() shouldBe listOf("c")
                    write(parent.resolve("c"), "newest")
                    parent.resolve("c").content() shouldBe "newest"
                    parent.names() shouldBe listOf("c")
                }
            }
        }

        test("a process killed while it writes checkpoint after checkpoint leaves a whole one") {
            val parent = tempdir().toPath()
            val folder = parent.resolve("checkpoint")
            val random = Random(1)
            var last = 0
            repeat(8) { round ->
                val command =
                    listOf(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.heddle.specs.files.EndlessWriter",
                        folder.toString(),
                        last.toString(),
                    )
                val writer = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start()
                val lines = writer.inputStream.bufferedReader()
                repeat(random.nextInt(2, 12)) { last = lines.readLine().toInt() }
                repeat(random.nextInt(200_000)) { Thread.onSpinWait() }
                writer.destroyForcibly().waitFor()
                val found = AtomicFolder.find(folder).orElseThrow()
                val texts = (0 until EndlessWriter.FILES).map { found.resolve("part$it").readText() }
                withClue("round $round: ${parent.names()}") {
                    texts.toSet().size shouldBe 1
                    val number = texts.first().lines().first().toInt()
                    texts.first() shouldBe EndlessWriter.text(number)
                    number shouldBeGreaterThanOrEqual last
                    last = number
                }
            }
        }

        test("a write that fails leaves the old folder and nothing else") {
            val parent = tempdir().toPath()
            val folder = parent.resolve("checkpoint").holding("old")
            shouldThrow<ProblemsException> {
                    AtomicFolder.write(folder, 5000) {
                        it.holding("new")
                        throw IOException("Input/output error")
                    }
                }
                .message
                .orEmpty()
                .replace(Regex("free = [0-9.]+ [KMGTPE]iB"), "free = 1.0 GiB") shouldBe
                """
                $folder: it could not be written
                  cause = Input/output error
                  free = 1.0 GiB
                  needed = 4.9 KiB
                  Check that $parent may be written to, or choose another folder.
                  What was there before is untouched.
                """
                    .trimIndent()
            folder.content() shouldBe "old"
            parent.names() shouldBe listOf("checkpoint")
        }

        test("a disk without room is told before anything is written") {
            val parent = tempdir().toPath()
            val folder = parent.resolve("checkpoint").holding("old")
            val told = shouldThrow<ProblemsException> { AtomicFolder.write(folder, 1L shl 60) { error("not reached") } }
            told.message.orEmpty().replace(Regex("free = [0-9.]+ [KMGTPE]iB"), "free = 1.0 GiB") shouldBe
                """
                $folder: the disk has too little room
                  free = 1.0 GiB
                  needed = 1.0 EiB
                  Make room on the disk of $parent, or choose another folder.
                  What was there before is untouched.
                """
                    .trimIndent()
            folder.content() shouldBe "old"
            parent.names() shouldBe listOf("checkpoint")
        }

        test("a file where the folder should go is left alone") {
            val file = tempdir().toPath().resolve("checkpoint").also { it.writeText("precious") }
            shouldThrow<ProblemsException> { write(file, "new") }
                .shouldHaveMessage(
                    """
                    $file: a file stands where a folder is to be written
                      Move it away, or choose another name.
                    """
                        .trimIndent()
                )
            file.readText() shouldBe "precious"
        }
    })
