package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.io.RandomAccessFile
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.createSymbolicLinkPointingTo
import kotlin.io.path.writeBytes

/** A file that is not what it should be is told by its name, with what to do. */
class WrongFilesSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("tiny.model.kts", tiny)
        desk.folder.resolve("empty.folder").createDirectory()

        infix fun String.says(message: String) {
            desk.heddle("check", this) shouldBe Ran(1, "", message.trimIndent() + "\n")
        }

        "a missing file" {
            "tinny.model.kts" says
                """
                tinny.model.kts: there is no such file
                  Did you mean tiny.model.kts?
                """
            "empty.folder/tiny.model.kts" says
                """
                empty.folder/tiny.model.kts: there is no such file
                  Its folder holds no description.
                """
            desk.folder.resolve("full.folder").createDirectory()
            desk.file("full.folder/one.json", "{}")
            desk.file("full.folder/two.model.kts", tiny)
            "full.folder/quite.other.json" says
                """
                full.folder/quite.other.json: there is no such file
                  Its folder holds one.json, two.model.kts.
                """
        }

        "a folder" {
            "empty.folder" says
                """
                empty.folder: this is a folder, not a file
                  It holds no description.
                """
            desk.folder.resolve("models.folder").createDirectory()
            desk.file("models.folder/one.json", "{}")
            desk.file("models.folder/two.model.kts", tiny)
            "models.folder" says
                """
                models.folder: this is a folder, not a file
                  Name one of its files: models.folder/one.json, models.folder/two.model.kts.
                """
        }

        "another ending" {
            desk.file("notes.txt", "hello")
            "notes.txt" says
                """
                notes.txt: a description ends in .model.kts or .json
                  A script in Heddle's language is NAME.model.kts, and a model that was stored is NAME.json.
                """
            desk.file("gpt.kts", tiny)
            "gpt.kts" says
                """
                gpt.kts: a description ends in .model.kts or .json
                  Rename it to gpt.model.kts.
                """
        }

        "an empty file" {
            desk.file("blank.model.kts", " \n")
            "blank.model.kts" says
                """
                blank.model.kts: the file is empty
                  A script may begin: val gpt = model("gpt", width = 128) { ... }
                """
            desk.file("blank.json", "")
            "blank.json" says
                """
                blank.json: the file is empty
                  heddle json FILE.model.kts writes one.
                """
        }

        "a file too large to be one" {
            RandomAccessFile(desk.file("large.json", "{}").toFile(), "rw").use { it.setLength((64L shl 20) + 1) }
            "large.json" says
                """
                large.json: this is too large for a description
                  Is it the file you meant?
                """
        }

        "a file that the system does not let be read" {
            // The start of a process's memory belongs to nobody: a read of it fails, whoever asks.
            desk.folder.resolve("memory.json").createSymbolicLinkPointingTo(Path.of("/proc/self/mem"))
            "memory.json" says
                """
                memory.json: it cannot be read: Input/output error
                  Check that you may read it.
                """
        }

        "a binary file" {
            desk.folder.resolve("binary.model.kts").writeBytes(ByteArray(300) { it.toByte() })
            "binary.model.kts" says
                """
                binary.model.kts: this is not text
                  A description is UTF-8 text. Is it the file you meant?
                """
        }
    })
