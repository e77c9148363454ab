package io.heddle.specs.docs

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainAll
import java.nio.file.Path
import kotlin.io.path.readText

/** Every word that a script can say stands on the page of the language. */
class LanguagePageSpec :
    StringSpec({
        val page = Path.of("..", "docs", "LANGUAGE.md").readText()
        val offered = Path.of("..", "dsl", "api", "dsl.api").readText()

        fun classes(name: String) =
            Regex("^public (?:abstract )?(?:final )?class io/heddle/$name(?: .*)?\\{\n([^}]*)}", RegexOption.MULTILINE)
                .findAll(offered)
                .map { it.groupValues }

        val verbs =
            classes("dsl/\\w*Scope")
                .flatMap { (_, members) -> Regex("fun (\\w+) ").findAll(members).map { it.groupValues[1] } }
                .map { it.replace(accessor) { match -> match.groupValues[1].lowercase() } }
                .toSet()

        // Kinds, which have no value of their own, are told by their values.
        val values =
            classes("(?:terms|recipe/Decays)[/\$]([\\w\$]+)")
                .filterNot { (_, name) -> name.endsWith("Companion") || name.endsWith("DefaultImpls") }
                .flatMap { (_, name, members) ->
                    val entries = Regex("static final field (\\w+) L").findAll(members).map { it.groupValues[1] }
                    if (name in tools) emptyList() else entries.toList() + name.substringAfterLast('$')
                }
                .filterNot { it in kinds + fields }
                .toSet()

        "the words are found" {
            verbs shouldContainAll listOf("mergePatches", "noPositions", "layout", "relativeBias2d", "accumulation")
            values shouldContainAll listOf("Everything", "HalfSplit", "ByFrequency", "AllLayers", "Relu", "Matching")
        }

        "each of them is told" {
            withClue("docs/LANGUAGE.md leaves them out") {
                (verbs + values).filterNot { Regex("\\b$it\\b") in page }.shouldBeEmpty()
            }
        }
    })

private val accessor = Regex("^[gs]et([A-Z])")

private val fields = setOf("Companion", "INSTANCE")

/** What scripts do not say: results of `and`, `or` and `!`, and what words are made with. */
private val tools = setOf("Both", "Either", "Except", "MaskKt", "MaskRows", "MaskView", "Sight", "Terms")

/** The names of choices, which only stand before their values. */
private val kinds =
    setOf("Activation", "BranchScale", "Depth", "Ending", "FeatureMap", "Initializer", "Layout", "Mask", "Norm") +
        setOf("Pooling", "PositionTarget", "Sharing", "Temperature")
