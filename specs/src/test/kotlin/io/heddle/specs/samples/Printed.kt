package io.heddle.specs.samples

import java.io.ByteArrayOutputStream
import java.io.OutputStream
import java.io.PrintStream

/** What [run] writes on the standard output from its own thread; other specs write there at the same time. */
internal fun printed(run: () -> Unit): String = StandardOutput.heardWhile(run)

/** The standard output, of which a thread may keep to itself what it writes. */
private object StandardOutput : OutputStream() {
    private val everyone = System.out
    private val own = ThreadLocal<ByteArrayOutputStream>()

    init {
        System.setOut(PrintStream(this, true, Charsets.UTF_8))
    }

    fun heardWhile(run: () -> Unit): String {
        val bytes = ByteArrayOutputStream()
        own.set(bytes)
        try {
            run()
        } finally {
            own.remove()
        }
        return bytes.toString(Charsets.UTF_8)
    }

    override fun write(byte: Int) = (own.get() ?: everyone).write(byte)

    override fun write(bytes: ByteArray, from: Int, count: Int) = (own.get() ?: everyone).write(bytes, from, count)

    override fun flush() = (own.get() ?: everyone).flush()
}
