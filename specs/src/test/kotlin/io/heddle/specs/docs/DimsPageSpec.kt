package io.heddle.specs.docs

import io.heddle.dims.Dims
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldBeUnique
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import java.lang.reflect.Modifier
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.walk

/** Every name of a dim is explained, once. */
class DimsPageSpec :
    StringSpec({
        val page = Path.of("..", "docs", "DIMS.md").readText()
        val explained =
            Regex("^\\| `(\\w+)` \\|", RegexOption.MULTILINE).findAll(page).map { it.groupValues[1] }.toList()

        "the page explains the names of Dims, and no others" {
            val fields = Dims::class.java.fields.map { it.name } - "INSTANCE"
            val functions = Dims::class.java.declaredMethods.filter { Modifier.isStatic(it.modifiers) }.map { it.name }
            explained.shouldBeUnique()
            explained shouldContainExactlyInAnyOrder fields + functions
        }

        "no dim is named anywhere else" {
            Path.of("..", "dsl", "src", "main", "kotlin")
                .walk()
                .filter { it.extension == "kt" && it.parent.name != "dims" }
                .filter { file -> file.readText().let { "Dim.named(" in it || "Dim.symbol(" in it } }
                .map { it.name }
                .toList()
                .shouldBeEmpty()
        }
    })
