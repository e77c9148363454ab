package io.heddle.bench

import java.io.File
import java.lang.management.ManagementFactory
import java.nio.file.Path
import java.util.Locale

/** What a process said of its work, by word. */
internal class Said(private val numbers: Map<String, Double>) {
    operator fun get(word: String): Double = numbers.getValue(word)
}

/** Starts each side of a work in a fresh process and reads what it says. */
internal class Contests(private val folder: Path, private val warmSeconds: Double, private val seconds: Double) {
    fun run(side: Side, work: Work, threads: Int, environment: Environment): Said {
        val command =
            listOf(Path.of(System.getProperty("java.home"), "bin", "java").toString()) +
                // As the command starts Java: these are the options that it started this process with.
                ManagementFactory.getRuntimeMXBean().inputArguments +
                listOf("-cp", System.getProperty("java.class.path"), MAIN, side.word, work.name) +
                listOf(threads, warmSeconds, seconds, folder).map { String.format(Locale.ROOT, "%s", it) }
        val errors = File.createTempFile("contest", ".log", folder.toFile())
        val process =
            ProcessBuilder(command)
                .redirectError(errors)
                .apply {
                    environment().keys.removeAll(Environment.UNSET.toSet())
                    environment().putAll(environment.variables(if (side == Side.Heddle) 1 else threads))
                }
                .start()
        val lines = process.inputStream.bufferedReader().readLines()
        check(process.waitFor() == 0) { "${side.word} could not do ${work.name}:\n${errors.readText()}" }
        errors.delete()
        val said = lines.map { it.split(' ') }.filter { it.size == 2 }
        return Said(said.mapNotNull { (word, number) -> number.toDoubleOrNull()?.let { word to it } }.toMap())
    }

    private companion object {
        const val MAIN = "io.heddle.bench.contest.Contest"
    }
}
