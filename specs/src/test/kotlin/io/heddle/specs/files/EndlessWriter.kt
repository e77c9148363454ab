package io.heddle.specs.files

import io.heddle.runtime.files.AtomicFolder
import java.nio.file.Path
import kotlin.io.path.writeText

/** A process that writes a folder again and again until it is killed, and prints each number that it has written. */
internal object EndlessWriter {
    const val FILES = 5

    /** What each file of the folder holds: long enough that a kill can cut it. */
    fun text(number: Int): String = "$number\n".repeat(20_000)

    @JvmStatic
    fun main(arguments: Array<String>) {
        val folder = Path.of(arguments[0])
        var number = arguments[1].toInt()
        while (true) {
            number++
            AtomicFolder.write(folder, 0) { target ->
                repeat(FILES) { target.resolve("part$it").writeText(text(number)) }
            }
            println(number)
        }
    }
}
