package io.heddle.specs.data

import io.heddle.runtime.data.text.TextFile
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.io.RandomAccessFile
import java.nio.file.Path
import kotlin.io.path.createSymbolicLinkPointingTo

class TextFileSpec :
    StringSpec({
        val folder = folder()

        "a missing file is told with where it was looked for" {
            refusal(folder) { TextFile.read(folder.resolve("novel.txt")) } shouldBe
                """
                novel.txt: there is no such file
                  It was looked for at novel.txt.
                """
                    .trimIndent()
        }

        "a folder is not a file" {
            val name = folder.toString()
            refusal { TextFile.read(folder) } shouldBe
                "$name: this is a folder, and a file is needed\n  Name a file inside it."
        }

        "an empty file is refused" {
            refusal(folder) { TextFile.read(folder.text("empty.txt", "")) } shouldBe
                """
                empty.txt: the file is empty
                  Put text into it, or name another file.
                """
                    .trimIndent()
        }

        "a binary file is known by its NUL bytes" {
            refusal(folder) { TextFile.read(folder.bytes("picture.png", 0x89, 0x50, 0, 0, 0x0D)) } shouldBe
                """
                picture.png: the file is binary, not text
                  NUL bytes = 2
                  the first at byte = 2
                  Name a text file in UTF-8. Text saved as UTF-16 has NUL bytes too: save it again as UTF-8.
                """
                    .trimIndent()
        }

        "bytes that are not UTF-8 are told with line and offset" {
            val latin1 = folder.bytes("latin1.txt", 'a'.code, 0x0A, 'b'.code, 0xE9, 'c'.code, 0xFC, 0x0A)
            refusal(folder) { TextFile.read(latin1) } shouldBe
                """
                latin1.txt:2: the text is not UTF-8 here
                  byte offset = 3
                  byte = 0xE9
                  such places = 2
                  Save the file as UTF-8. If it was written as Latin-1: iconv -f ISO-8859-1 -t UTF-8 latin1.txt > NEW
                """
                    .trimIndent()
        }

        "a file larger than a text can be" {
            val large = folder.text("large.txt", "")
            // A file with a hole takes no room on the disk.
            RandomAccessFile(large.toFile(), "rw").use { it.setLength(1L shl 31) }
            refusal(folder) { TextFile.read(large) } shouldBe
                """
                large.txt: the file holds 2,147,483,648 bytes, and at most 2,147,483,639 can be read
                  Split it into several files; a text data set may have many.
                """
                    .trimIndent()
        }

        "a file that the system does not let be read" {
            // The start of a process's memory belongs to nobody: a read of it fails, whoever asks.
            val memory = folder.resolve("memory.txt").createSymbolicLinkPointingTo(Path.of("/proc/self/mem"))
            refusal(folder) { TextFile.read(memory) } shouldBe
                """
                memory.txt: the file cannot be read
                  cause = Input/output error
                  Check that you may read it and that its disk is there.
                """
                    .trimIndent()
        }

        "several files tell all their problems at once" {
            val paths = listOf(folder.text("good.txt", "x"), folder.text("void.txt", ""), folder.resolve("gone.txt"))
            refusal(folder) { TextFile.readAll(paths) } shouldBe
                """
                void.txt: the file is empty
                  Put text into it, or name another file.

                gone.txt: there is no such file
                  It was looked for at gone.txt.
                """
                    .trimIndent()
        }

        "a byte order mark is no part of the text" {
            TextFile.read(folder.bytes("mark.txt", 0xEF, 0xBB, 0xBF, 'h'.code, 'i'.code)).text shouldBe "hi"
        }

        "lines end at a line feed, with or without a carriage return" {
            textFile("one\r\ntwo\n\nfo\rur\u2028five").lines() shouldBe listOf("one", "two", "", "fo\rur\u2028five")
            textFile("one\n").lines() shouldBe listOf("one")
        }
    })
