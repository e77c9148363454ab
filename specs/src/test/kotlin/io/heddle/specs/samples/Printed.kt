package io.heddle.specs.samples

import java.io.ByteArrayOutputStream
import java.io.PrintStream

/** What [run] writes on the standard output. */
internal fun printed(run: () -> Unit): String {
    val before = System.out
    val bytes = ByteArrayOutputStream()
    System.setOut(PrintStream(bytes, true, Charsets.UTF_8))
    try {
        run()
    } finally {
        System.setOut(before)
    }
    return bytes.toString(Charsets.UTF_8)
}
