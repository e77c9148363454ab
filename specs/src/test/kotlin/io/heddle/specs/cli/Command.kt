package io.heddle.specs.cli

import io.heddle.cli.Heddle
import java.io.BufferedReader
import java.io.File
import java.io.PrintWriter
import java.io.Reader
import java.io.StringWriter
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.deleteRecursively
import kotlin.io.path.writeText

/** How a command ended, and what it wrote. */
internal data class Ran(val status: Int, val out: String, val err: String)

/** A folder for the files of one spec, whose name is left out of what the command says. */
internal class Desk : AutoCloseable {
    val folder: Path = Files.createTempDirectory("heddle-spec")

    fun file(name: String, text: String): Path = folder.resolve(name).also { it.writeText(text) }

    /** Runs the command in this process. Arguments with a dot that are no options are files of this desk. */
    fun heddle(vararg arguments: String): Ran {
        val out = StringWriter()
        val err = StringWriter()
        val status = Heddle.run(PrintWriter(out), PrintWriter(err), *arguments.map(::placed).toTypedArray())
        return Ran(status, out.toString().tidy(), err.toString().tidy())
    }

    /** Runs the command in a process of its own, whose cache is this desk's. */
    fun process(vararg arguments: String, jvm: List<String> = emptyList(), output: File? = null): Ran =
        run(start(HEDDLE, arguments, jvm, output).apply { environment()["HEDDLE_CACHE"] = "$cache" }) {}

    /** Runs another program in a process of its own. */
    fun program(main: String, vararg arguments: String, jvm: List<String> = emptyList()): Ran =
        run(start(main, arguments, jvm, null)) {}

    /** Runs the command in a process of its own, and asks it to end as soon as it has written its third line. */
    fun interrupted(vararg arguments: String): Ran =
        run(start(HEDDLE, arguments, emptyList(), null)) { (process, lines) ->
            repeat(3) { lines.readLine() }
            process.toHandle().destroy() // Process.destroy() would close what is still to be read.
        }

    /** The same, as soon as it has written so many [letters] of its first line. */
    fun interruptedWithin(letters: Int, vararg arguments: String): Ran =
        run(start(HEDDLE, arguments, emptyList(), null)) { (process, lines) ->
            repeat(letters) { lines.read() }
            process.toHandle().destroy()
        }

    /** Starts the command in a process of its own, of which nothing is heard. */
    fun silently(vararg arguments: String): Process =
        start(HEDDLE, arguments, emptyList(), null)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()

    private fun start(main: String, arguments: Array<out String>, jvm: List<String>, output: File?): ProcessBuilder {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val engine = listOf("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED")
        // Most of a short process is starting: the first compiler alone starts it with half of the work.
        val memory = listOf("--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        val start = listOf("-cp", System.getProperty("java.class.path"), main)
        val builder = ProcessBuilder(listOf(java) + engine + memory + jvm + start + arguments.map(::placed))
        if (output != null) builder.redirectOutput(output)
        return builder
    }

    private fun run(builder: ProcessBuilder, meanwhile: (Pair<Process, BufferedReader>) -> Unit): Ran {
        val err = Files.createTempFile(folder, "stderr", "").toFile()
        val process = builder.redirectError(err).start()
        process.outputStream.close()
        val lines = LineKeeper(process.inputReader())
        meanwhile(process to lines)
        lines.forEachLine {}
        val status = process.waitFor()
        val said = err.readLines().filterNot { it.startsWith("WARNING: Using incubator modules") }
        return Ran(status, lines.kept().tidy(), said.joinToString("") { "$it\n" }.tidy())
    }

    /** Remembers every line that is read, and every letter. */
    private class LineKeeper(from: Reader) : BufferedReader(from) {
        private val read = StringBuilder()

        override fun read(): Int = super.read().also { if (it >= 0) read.append(it.toChar()) }

        override fun readLine(): String? = super.readLine()?.also { read.append(it).append('\n') }

        fun kept() = read.toString()
    }

    private companion object {
        const val HEDDLE = "io.heddle.cli.Heddle"
    }

    val cache: Path
        get() = folder.resolve("cache")

    private fun placed(argument: String) =
        if ('.' in argument && !argument.startsWith("-")) folder.resolve(argument).normalize().toString() else argument

    private fun String.tidy() = replace("$folder/", "").replace("$folder", ".")

    @OptIn(ExperimentalPathApi::class)
    override fun close() {
        folder.deleteRecursively()
    }
}

/** A model that is fine. */
internal val tiny =
    """
    val tiny = model("tiny", width = 8) {
        val text by tokens(vocab = 5)
        val decoder by stack(text, layers = 1) {
            attention(heads = 2) { causal() }
            addNorm()
        }
        val next by logits(decoder, tiedTo = text)
    }
    """
        .trimIndent()
