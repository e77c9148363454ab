package io.heddle.specs.docs

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.walk

/** Whoever does what a page says, sees what the page shows. */
class DocsSpec :
    StringSpec({
        val docs = Path.of("..", "docs")
        val howTos = docs.resolve("howto").listDirectoryEntries("*.md").sorted()
        val pages = listOf(docs.resolve("TUTORIAL.md")) + howTos

        pages.forEach { page ->
            "${page.name} is true from its first line to its last" {
                stepsOf(page).filterIsInstance<Step.Command>().shouldNotBeEmpty()
                Reader().use { it.follow(page) }
            }
        }

        "what is shown of Java is the sample's" {
            val sample =
                Path.of("..", "samples", "src", "main", "java", "io", "heddle", "samples", "TransformerInJava.java")
            Regex("```java\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
                .findAll(docs.resolve("howto").resolve("JAVA.md").readText())
                .map { it.groupValues[1] }
                .toList()
                .shouldNotBeEmpty()
                .forEach { sample.readText() shouldContain it }
        }

        "every source and every spec that ADDING and ZOO name is there" {
            val sources =
                listOf("dsl", "runtime", "cli", "specs").flatMap { module ->
                    Path.of("..", module, "src").walk().map { it.name }.toSet()
                }
            Regex("`(\\w+\\.(kt|java)|\\w+Spec)`")
                .findAll(docs.resolve("ADDING.md").readText() + docs.resolve("ZOO.md").readText())
                .map { it.groupValues[1] }
                .map { if ('.' in it) it else "$it.kt" }
                .filterNot { it in sources }
                .toList()
                .shouldBeEmpty()
        }

        "every page is found from the README, and every link leads somewhere" {
            val readme = Path.of("..", "README.md")
            val all = pages + docs.listDirectoryEntries("*.md")
            links(readme) shouldContainAll all.map { it.normalize() }
            all.plusElement(readme)
                .flatMap { page -> links(page).filterNot { it.exists() }.map { "$page: $it" } }
                .shouldBeEmpty()
        }
    })

/** The files that [page] links to. */
private fun links(page: Path): List<Path> =
    Regex("\\]\\(([^)#:]+)\\)")
        .findAll(page.readText())
        .map { page.resolveSibling(it.groupValues[1]).normalize() }
        .toList()
