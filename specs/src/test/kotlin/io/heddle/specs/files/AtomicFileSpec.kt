package io.heddle.specs.files

import io.heddle.check.ProblemsException
import io.heddle.runtime.files.AtomicFile
import io.heddle.runtime.messages.ByteCount
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.writeText

class AtomicFileSpec :
    FunSpec({
        fun FileChannel.text(text: String) = write(ByteBuffer.wrap(text.toByteArray()))

        /** The free space changes from moment to moment. */
        fun String.withoutFree() = replace(Regex("\n  free = .*"), "")

        fun Path.names() = listDirectoryEntries().map { it.name }.sorted()

        test("the new content stands in place of the old, with nothing beside it") {
            val folder = tempdir().toPath().resolve("a/b")
            for (text in listOf("old", "new")) AtomicFile.write(folder.resolve("file"), 3) { it.text(text) }
            folder.resolve("file").readText() shouldBe "new"
            folder.names() shouldBe listOf("file")
        }

        test("until the new content is whole, the old one is there") {
            val folder = tempdir().toPath()
            AtomicFile.write(folder.resolve("file"), 3) { it.text("old") }
            AtomicFile.write(folder.resolve("file"), 3) {
                it.text("ne")
                folder.resolve("file").readText() shouldBe "old"
                it.text("w")
            }
            folder.resolve("file").readText() shouldBe "new"
        }

        test("a write that fails leaves the old file and nothing else") {
            val folder = tempdir().toPath()
            AtomicFile.write(folder.resolve("file"), 3) { it.text("old") }
            val failures = listOf(IOException("gone"), IllegalStateException("defect"), StackOverflowError())
            for (failure in failures) {
                shouldThrow<Throwable> {
                    AtomicFile.write(folder.resolve("file"), 3) {
                        it.text("n")
                        throw failure
                    }
                }
                folder.resolve("file").readText() shouldBe "old"
                folder.names() shouldBe listOf("file")
            }
        }

        test("a disk without room is told before anything is written, and during") {
            val file = tempdir().toPath().resolve("file")
            val tooMuch = Long.MAX_VALUE
            val causes =
                listOf<(FileChannel) -> Unit>(
                    { error("nothing is written when it is known not to fit") },
                    { throw IOException("No space left on device") },
                )
            for ((needed, cause) in listOf(tooMuch, 4096L).zip(causes)) {
                val told = shouldThrow<ProblemsException> { AtomicFile.write(file, needed, cause) }.message.orEmpty()
                // The free space changes from moment to moment.
                told.replace(Regex("free = [0-9.]+ [KMGTPE]iB"), "free = 1.0 GiB") shouldBe
                    """
                    $file: the disk has too little room
                      free = 1.0 GiB
                      needed = ${if (needed == tooMuch) "8.0 EiB" else "4.0 KiB"}
                      Make room on the disk of ${file.parent}, or choose another folder.
                      What was there before is untouched.
                    """
                        .trimIndent()
            }
        }

        test("another failure is told with its cause") {
            val folder = tempdir().toPath()
            val inTheWay = folder.resolve("file").also { it.writeText("") }
            val told =
                shouldThrow<ProblemsException> { AtomicFile.write(inTheWay.resolve("inner"), 3) { it.text("new") } }
            told.message.orEmpty().withoutFree() shouldBe
                """
                $inTheWay/inner: it could not be written
                  cause = a file stands at $inTheWay, where a folder is needed
                  needed = 3 bytes
                  Check that $inTheWay may be written to, or choose another folder.
                  What was there before is untouched.
                """
                    .trimIndent()
        }

        test("a folder that the system does not make, and one that it does not let be written to") {
            fun toldOf(file: String, needed: Long = 3) =
                shouldThrow<ProblemsException> { AtomicFile.write(Path.of(file), needed) { it.text("new") } }
                    .message
                    .orEmpty()
                    .withoutFree()
                    .replace(Regex("partial-\\d+"), "partial-1")
            toldOf("/proc/heddle/file") shouldBe
                """
                /proc/heddle/file: it could not be written
                  cause = /proc/heddle cannot be made
                  needed = 3 bytes
                  Check that /proc/heddle may be written to, or choose another folder.
                  What was there before is untouched.
                """
                    .trimIndent()
            // Terminals live here, and nothing else, whoever asks.
            toldOf("/dev/pts/file", 0) shouldBe
                """
                /dev/pts/file: it could not be written
                  cause = access denied to /dev/pts/file.partial-1
                  Check that /dev/pts may be written to, or choose another folder.
                  What was there before is untouched.
                """
                    .trimIndent()
        }

        test("what a dead process left is removed, and what is no leftover stays") {
            val folder = tempdir().toPath()
            val dead = ProcessBuilder("true").start().also { it.waitFor() }.pid()
            folder.resolve("file.partial-$dead").writeText("half")
            folder.resolve("file.partial-${ProcessHandle.current().pid()}").createDirectory()
            folder.resolve("file.partial-notes").writeText("kept")
            folder.resolve("other.partial-$dead").writeText("kept")
            val living = ProcessHandle.current().parent().map { it.pid() }.orElse(1)
            folder.resolve("file.partial-$living").writeText("kept")
            AtomicFile.write(folder.resolve("file"), 3) { it.text("new") }
            folder.names() shouldBe
                listOf("file", "file.partial-$living", "file.partial-notes", "other.partial-$dead").sorted()
        }

        test("two writers of one file in one process are a defect of the caller") {
            val file = tempdir().toPath().resolve("file")
            AtomicFile.write(file, 3) {
                shouldThrow<IllegalStateException> { AtomicFile.write(file, 3) { other -> other.text("x") } }
                    .shouldHaveMessage("two threads write $file at once")
                it.text("new")
            }
            file.readText() shouldBe "new"
        }

        test("numbers of bytes are told in the unit a reader thinks in") {
            listOf(0, 1, 1023, 1024, 1536, 1L shl 30, Long.MAX_VALUE).map { ByteCount.text(it) } shouldBe
                listOf("0 bytes", "1 byte", "1023 bytes", "1.0 KiB", "1.5 KiB", "1.0 GiB", "8.0 EiB")
        }
    })
