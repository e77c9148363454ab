package io.heddle.specs.language.messages

import io.heddle.specs.support.pieces
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText

/** Each topic of `io.heddle.messages` has a spec of its own here, which pins every word of it where it is told. */
class EveryWordSpec :
    StringSpec({
        val specs = Path.of("src/test/kotlin/io/heddle/specs/language/messages")
        val messages = Path.of("../dsl/src/main/kotlin/io/heddle/messages").listDirectoryEntries("*Messages.kt")

        "there are messages" { messages.shouldNotBeEmpty() }

        messages.forEach { file ->
            val topic = file.nameWithoutExtension
            "every word of $topic is told in ${topic}Spec" {
                val told = (specs / "${topic}Spec.kt").readText()
                file.pieces().filterNot { it in told }.shouldBeEmpty()
            }
        }
    })
