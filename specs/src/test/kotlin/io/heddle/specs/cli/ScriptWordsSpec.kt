package io.heddle.specs.cli

import io.heddle.specs.support.pieces
import io.heddle.specs.support.told
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension

/** Every word of `io.heddle.script.messages` is pinned where the command tells it, in the specs that are named here. */
class ScriptWordsSpec :
    StringSpec({
        val specs = Path.of("src/test/kotlin/io/heddle/specs/cli")
        val messages = Path.of("../cli/src/main/kotlin/io/heddle/script/messages").listDirectoryEntries("*.kt")
        val told =
            mapOf(
                "ChoiceMessages" to
                    listOf("CompareVerbSpec", "ScriptSpec", "JsonVerbSpec", "SeveralModelsSpec", "TrainVerbSpec") +
                        "VariantOptionSpec",
                "FileMessages" to listOf("WrongFilesSpec"),
                "ScriptMessages" to listOf("ScriptErrorsSpec"),
                "TypeMessages" to listOf("TypeErrorsSpec"),
                "TypeWords" to listOf("TypeErrorsSpec"),
            )

        "every topic has its specs" { messages.map { it.nameWithoutExtension }.sorted() shouldBe told.keys.sorted() }

        messages.forEach { file ->
            val topic = file.nameWithoutExtension
            "every word of $topic is told" {
                val texts = told.getValue(topic).joinToString("\n") { (specs / "$it.kt").told() }
                // What the compiler calls a type is no word that is told.
                file.pieces().filterNot { it in texts || Regex("[A-Z]\\w+").matches(it) }.shouldBeEmpty()
            }
        }
    })
