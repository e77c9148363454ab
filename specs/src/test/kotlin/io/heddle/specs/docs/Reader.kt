package io.heddle.specs.docs

import io.heddle.specs.cli.Desk
import io.heddle.specs.cli.Ran
import io.kotest.matchers.shouldBe
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.appendText
import kotlin.io.path.writeText

/** Follows pages of documentation at a desk of its own, as one who has cloned Heddle would. */
internal class Reader : AutoCloseable {
    private val desk = Desk()

    init {
        Files.createSymbolicLink(desk.folder.resolve("samples"), Path.of("..", "samples").toRealPath())
    }

    fun follow(page: Path): Unit = stepsOf(page).forEach(::follow)

    private fun follow(step: Step) {
        when (step) {
            is Step.Script -> desk.file(step.name, step.text)
            is Step.More -> desk.folder.resolve(step.name).appendText("\n" + step.text)
            is Step.Command -> follow(step)
        }
    }

    private fun follow(step: Step.Command) {
        val (words, target) = (step.words.split(" > ") + "").let { it[0] to it[1] }
        val ran = if (words.startsWith("java ")) java(words) else heddle(words)
        if (target.isNotEmpty()) desk.folder.resolve(target).writeText(ran.out)
        val seen = lines(if (target.isEmpty()) ran else ran.copy(out = ""))
        val expected = step.output.joinToString("\n")
        if (!pattern(step.output).matches(seen)) "$ ${step.words}\n$seen" shouldBe "$ ${step.words}\n$expected"
    }

    private fun heddle(words: String): Ran =
        desk.heddle(*word.findAll(words.removePrefix("./heddle ")).map { placed(it.value) }.toList().toTypedArray())

    private val word = Regex("\"[^\"]*\"|\\S+")

    /** Runs the sample whose source [words] name. */
    private fun java(words: String): Ran {
        val source = words.substringAfterLast(' ').substringAfter("src/main/java/")
        return desk.program(source.removeSuffix(".java").replace('/', '.'))
    }

    /** What a folder is called in the page, it is called at the desk. */
    private fun placed(word: String) =
        if (places.any(word::startsWith)) desk.folder.resolve(word).toString() else word.removeSurrounding("\"")

    private val places = listOf("runs/", "models/", "samples/models/")

    /** What a terminal keeps: progress is gone once a command has come to a good end. */
    private fun lines(ran: Ran) = (ran.out + if (ran.status == 0) "" else ran.err).removeSuffix("\n")

    private fun pattern(output: List<String>) =
        Regex(
            output.joinToString("\n") { line ->
                if (line == "…") "[\\s\\S]*" else line.split('…').joinToString(".*") { Regex.escape(it) }
            }
        )

    override fun close() = desk.close()
}
