package io.heddle.bench

import java.nio.file.Path

/** Runs whole commands of `heddle`, as a user does. */
internal class Commands(private val root: Path, private val folder: Path) {
    /** How long a command took, and the validation loss that it told last; not a number where it told none. */
    data class Ran(val seconds: Double, val loss: Double)

    fun run(claim: Claim.Command, rounds: Int): List<Ran> =
        List(rounds) { round ->
            val target = folder.resolve("${claim.name}-$round")
            if (claim.before.isNotEmpty()) run(claim.before, target)
            run(claim.arguments, target)
        }

    private fun run(arguments: List<String>, target: Path): Ran {
        val words = arguments.map { if (it == Claim.FOLDER) "$target" else it }
        val begun = System.nanoTime()
        val process =
            ProcessBuilder(listOf("${root.resolve("heddle")}") + words)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .apply { environment().keys.removeAll(Environment.UNSET.toSet()) }
                .start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor() == 0) { "heddle ${words.joinToString(" ")} failed:\n$said" }
        val seconds = (System.nanoTime() - begun) / NANOSECONDS
        return Ran(seconds, LOSS.findAll(said).lastOrNull()?.groupValues?.get(1)?.toDouble() ?: Double.NaN)
    }

    private companion object {
        const val NANOSECONDS = 1e9
        val LOSS = Regex("validation loss ([0-9.]+)")
    }
}
