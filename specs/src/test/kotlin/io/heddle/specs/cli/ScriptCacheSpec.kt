package io.heddle.specs.cli

import io.kotest.core.NamedTag
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.readLines
import kotlin.io.path.writeBytes

/** A script is compiled once. What is kept of it only ever saves time. */
class ScriptCacheSpec :
    StringSpec({
        val desk = autoClose(Desk())
        val fine = Ran(0, "tiny.model.kts: tiny is fine: 344 parameters\n", "")
        desk.file("tiny.model.kts", tiny)

        fun kept(): List<Path> =
            Files.walk(desk.cache).use { all -> all.filter(Files::isRegularFile).sorted().toList() }

        "the second start needs no compiler" {
            desk.process("check", "tiny.model.kts") shouldBe fine
            kept() shouldHaveSize 1
            val log = desk.folder.resolve("classes.log")
            desk.process("check", "tiny.model.kts", jvm = listOf("-Xlog:class+load:file=$log")) shouldBe fine
            log.readLines().filter { " org.jetbrains.kotlin." in it || " kotlin.script." in it }.shouldBeEmpty()
        }

        "what is damaged is made again"
            .config(tags = setOf(NamedTag("Long"))) {
                val file = kept().single()
                val whole = file.readBytes()
                file.writeBytes(whole.copyOf(whole.size / 2))
                desk.process("check", "tiny.model.kts") shouldBe fine
                file.readBytes() shouldBe whole
            }

        "a changed script is compiled again, and its problems are its own" {
            desk.file("tiny.model.kts", tiny.replace("\"tiny\"", "\"small\""))
            desk.process("check", "tiny.model.kts") shouldBe
                Ran(0, "tiny.model.kts: small is fine: 344 parameters\n", "")
            kept() shouldHaveSize 2
        }

        "a cache that cannot be written is done without"
            .config(tags = setOf(NamedTag("Long"))) {
                Files.walk(desk.cache).use { all -> all.sorted(Comparator.reverseOrder()).forEach(Files::delete) }
                desk.file("cache", "a file where the folder should be")
                desk.file("tiny.model.kts", tiny)
                desk.process("check", "tiny.model.kts") shouldBe fine
            }

        "output to a full disk is a failure"
            .config(tags = setOf(NamedTag("Long"))) {
                val full = Path.of("/dev/full")
                if (full.exists()) {
                    desk.process("check", "tiny.model.kts", output = File("/dev/full")) shouldBe
                        Ran(1, "", "standard output: it could not be written: No space left on device\n")
                }
            }
    })
