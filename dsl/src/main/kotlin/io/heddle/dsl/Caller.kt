package io.heddle.dsl

import io.heddle.model.Origin

/** Finds the line of a script that is speaking. */
internal object Caller {
    private val walker = StackWalker.getInstance()

    /** [says], at the file and line of the nearest caller outside of the language. */
    fun origin(says: String): Origin = Origin(says, where())

    private fun where(): String {
        val frame = walker.walk { frames -> frames.filter { !isLanguage(it.className) }.findFirst() }
        return frame.map { if (it.lineNumber > 0) "${it.fileName}:${it.lineNumber}" else "${it.fileName}" }.orElse("")
    }

    private fun isLanguage(className: String) =
        className.startsWith("io.heddle.dsl.") || className.startsWith("java.") || className.startsWith("kotlin.")
}
