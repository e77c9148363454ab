package io.heddle.bench

import java.lang.management.ManagementFactory
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale

/**
 * A side of a work, as it is started.
 *
 * @property environment what the process finds
 */
internal data class Entry(val side: Side, val work: Work, val threads: Int, val environment: Environment)

/** Starts sides of works in fresh processes, and lets them take turns. */
internal class Contests(private val folder: Path, private val pace: Pace) {
    /** What each said after all took their turns, each one after the others, in this order and back. */
    fun turns(entries: List<Entry>): List<Taken> {
        val contenders = entries.map(::enter)
        val said = contenders.map { mutableListOf<Said>() }
        repeat(pace.turns) { turn ->
            val order = if (turn % 2 == 0) contenders.indices else contenders.indices.reversed()
            for (place in order) said[place] += contenders[place].turn()
        }
        return contenders.zip(said) { contender, turns -> Taken(contender.leave(), turns) }
    }

    /** What one says that takes its turns alone. */
    fun alone(entry: Entry): Taken = turns(listOf(entry)).single()

    /** Writes the weights that both sides of a work begin with. */
    fun writeWeights(work: Work) {
        val process = processOf(Entry(Side.Weights, work, 1, Environment.heddle)).start()
        check(process.waitFor() == 0) { "The weights of ${work.name} could not be written." }
    }

    private fun enter(entry: Entry): Contender {
        val errors = Files.createTempFile(folder, "contest", ".log")
        val process = processOf(entry).redirectError(errors.toFile()).start()
        return Contender("${entry.side.word} could not do ${entry.work.name}", process, errors)
    }

    private fun processOf(entry: Entry): ProcessBuilder {
        val (side, work, threads, environment) = entry
        val command =
            listOf(Path.of(System.getProperty("java.home"), "bin", "java").toString()) +
                // As the command starts Java: these are the options that it started this process with.
                ManagementFactory.getRuntimeMXBean().inputArguments +
                listOf("-cp", System.getProperty("java.class.path"), MAIN, side.word, work.name) +
                listOf(threads, pace.warm, pace.seconds, folder).map { String.format(Locale.ROOT, "%s", it) }
        return ProcessBuilder(command).apply {
            environment().keys.removeAll(Environment.UNSET.toSet())
            environment().putAll(environment.variables(if (side == Side.Heddle) 1 else threads))
        }
    }

    private companion object {
        const val MAIN = "io.heddle.bench.contest.Contest"
    }
}
