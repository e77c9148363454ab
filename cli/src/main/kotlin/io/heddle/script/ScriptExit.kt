package io.heddle.script

import io.heddle.script.messages.ScriptMessages
import java.nio.file.Path
import kotlin.io.path.name

/** Tells of a script that ends the whole program, which nobody else could tell of any more. */
internal class ScriptExit(private val file: Path, private val text: String) {
    /** Does [work], which a script may do; an end of the program inside of it is an error of the script's. */
    fun <Result> told(work: () -> Result): Result {
        val running = Thread.currentThread()
        val hook = Thread { tell(running) }
        val runtime = Runtime.getRuntime()
        runtime.addShutdownHook(hook)
        try {
            return work()
        } finally {
            try {
                runtime.removeShutdownHook(hook)
            } catch (_: IllegalStateException) {
                // The program is ending, from outside: there is nothing to take back.
            }
        }
    }

    /** A program that was ended from outside, as by Control-C, ends as it always does. */
    private fun tell(running: Thread) {
        val frames = running.stackTrace
        if (frames.none { it.className == "java.lang.Runtime" && it.methodName == "exit" }) return
        val frame = frames.firstOrNull { it.fileName == file.name && it.lineNumber > 0 }
        val place = if (frame == null) "$file" else "$file:${frame.lineNumber}"
        val line = frame?.let { SourceText(text).line(it.lineNumber) }
        System.err.println(ScriptMessages.endsTheProgram(place, line).render())
        System.err.flush()
        Runtime.getRuntime().halt(WRONG)
    }

    private companion object {
        const val WRONG = 1
    }
}
