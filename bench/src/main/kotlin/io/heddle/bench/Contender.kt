package io.heddle.bench

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readText

/** A side's process, which waits until it is its turn. It is ready when this is made. */
internal class Contender(private val failure: String, private val process: Process, private val errors: Path) {
    private val lines = process.inputStream.bufferedReader()
    private val asked = process.outputStream.bufferedWriter()
    private val entered = said()

    /** What it says of a turn. */
    fun turn(): Said {
        asked.write("turn\n")
        asked.flush()
        return said()
    }

    /** Ends it; what it said before its first turn, and after its last. */
    fun leave(): Said {
        asked.close()
        val left = said()
        check(process.waitFor() == 0) { why() }
        Files.delete(errors)
        return entered + left
    }

    private fun said(): Said {
        val numbers = mutableMapOf<String, Double>()
        while (true) {
            val line = lines.readLine() ?: if (process.waitFor() == 0) return Said(numbers) else error(why())
            if (line == DONE) return Said(numbers)
            val words = line.split(' ')
            val number = words.last().toDoubleOrNull()
            if (words.size == 2 && number != null) numbers[words.first()] = number
        }
    }

    private fun why() = "$failure:\n${errors.readText()}"

    private companion object {
        const val DONE = "done"
    }
}
