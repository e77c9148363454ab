package io.heddle.cli

import sun.misc.Signal
import sun.misc.SignalHandler

/**
 * Ctrl-C and the signals that ask a process to end, while something runs that wants to end in order.
 *
 * The first one calls [first] and is remembered; a second one ends the process at once. In Kotlin, because Java's
 * compiler warns of `sun.misc.Signal`, which is the only way to get at them.
 */
public class Interrupts(private val first: Runnable) : AutoCloseable {
    @Volatile private var asked = false

    private val before: Map<Signal, SignalHandler> =
        signals().associateWith { signal -> Signal.handle(signal) { interrupt() } }

    /** Whether somebody asked to end. */
    public fun asked(): Boolean = asked

    /** A terminal that is closed hangs up (HUP); Windows has no such signal. */
    private fun signals() =
        listOf("INT", "TERM", "HUP").mapNotNull { name ->
            try {
                Signal(name)
            } catch (_: IllegalArgumentException) {
                null
            }
        }

    private fun interrupt() {
        if (asked) Runtime.getRuntime().halt(INTERRUPTED)
        asked = true
        first.run()
    }

    /** Signals do again what they did before. */
    override fun close() {
        before.forEach { (signal, handler) -> Signal.handle(signal, handler) }
    }

    private companion object {
        const val INTERRUPTED = 130
    }
}
