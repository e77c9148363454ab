package io.heddle.specs.docs

import java.nio.file.Path
import kotlin.io.path.readText

/** What a page of documentation asks its reader to do. */
internal sealed interface Step {
    /** Write [text] to the file [name]. */
    data class Script(val name: String, val text: String) : Step

    /** Add [text] to the end of the file [name]. */
    data class More(val name: String, val text: String) : Step

    /** Type [words], and read [output]. */
    data class Command(val words: String, val output: List<String>) : Step
}

/**
 * The steps of a page.
 * - A `kotlin` block that begins with `// NAME.model.kts` is that file; with `// more of NAME.model.kts` it goes to the
 *   end of it.
 * - Of a `console` block, each line after `$` is a command, and the lines below are what it writes. A `…` stands for
 *   what differs from run to run; alone on a line, for any number of lines.
 * - Other blocks ask for nothing.
 */
internal fun stepsOf(page: Path): List<Step> =
    fence.findAll(page.readText()).toList().flatMap { block ->
        val (language, text) = block.destructured
        when (language) {
            "kotlin" -> script(text)
            "console" -> commands(text)
            else -> emptyList()
        }
    }

private val fence = Regex("^```(\\w*)\n(.*?)^```$", setOf(RegexOption.MULTILINE, RegexOption.DOT_MATCHES_ALL))

private fun script(text: String): List<Step> {
    val name = text.lineSequence().first().substringAfterLast(' ')
    return when {
        text.startsWith("// more of ") -> listOf(Step.More(name, text))
        text.startsWith("// ") && name.endsWith(".model.kts") -> listOf(Step.Script(name, text))
        else -> emptyList()
    }
}

private fun commands(text: String): List<Step> {
    val steps = mutableListOf<Step.Command>()
    text.removeSuffix("\n").lines().forEach { line ->
        if (line.startsWith("$ ")) steps += Step.Command(line.drop(2), emptyList())
        else steps[steps.lastIndex] = steps.last().let { it.copy(output = it.output + line) }
    }
    return steps
}
