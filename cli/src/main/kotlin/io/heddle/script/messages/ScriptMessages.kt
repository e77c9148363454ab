package io.heddle.script.messages

import io.heddle.check.Problem
import java.nio.file.Path

/** What is told of scripts that do not compile, or do not come to their end. */
internal object ScriptMessages {
    /** What the compiler tells, with what is told of it here: the line that it is about, and the mend. */
    fun compiler(place: String, title: String, vararg below: String?) =
        Problem(place, title, below.filterNotNull().joinToString("\n"))

    fun stopped(place: String, thrown: Throwable, line: String?): Problem {
        val reason = thrown.message?.lineSequence()?.joinToString(" ", ": ").orEmpty()
        return Problem(place, "stopped by ${thrown.javaClass.simpleName}$reason".removeSuffix("."), line.orEmpty())
    }

    fun outOfMemory(file: Path) =
        Problem(
            "$file",
            "it needs more memory than there is",
            "A script describes, and computes nothing: look for a loop or a list without an end.",
        )

    fun endsTheProgram(place: String, line: String?): Problem {
        val mend = "A script describes, and ends by itself: leave that out."
        return Problem(place, "it ends the program", listOfNotNull(line, mend).joinToString("\n"))
    }

    fun belongsInside(word: String, scopes: List<String>): String {
        val places = scopes.joinToString(" or ") { "$it { ... }" }
        return "$word belongs inside $places."
    }

    fun readsItself(word: String): String = "$word is described here, so it cannot read itself."

    /** @param reader what reads it, of which the name is known; null where it has none */
    fun describedBelow(word: String, line: Int, reader: String?): String {
        val place = if (reader == null) "this line" else "\"val $reader\""
        return "$word is described below, in line $line. Move \"val $word\" above $place."
    }

    fun describedInside(word: String, line: Int): String =
        "$word is described in line $line, in other braces: only they can read it."

    fun didYouMean(word: String): String = "Did you mean $word?"
}
