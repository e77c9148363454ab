package io.heddle.report

import io.heddle.runtime.experiment.BlockRow

/** Where a block stands that was measured. */
internal sealed interface BlockPlace {
    /** In layer [layer] of [stack]: `decoder/3/attention` is the `attention` of layer 3 of `decoder`. */
    data class InLayer(val stack: String, val layer: Int, val kind: String) : BlockPlace

    /** Elsewhere: an input, a head, a last norm. */
    data class Outside(val path: String) : BlockPlace

    companion object {
        /** What [path] names. */
        fun of(path: String): BlockPlace {
            val words = path.split("/")
            val number = words.drop(1).indexOfFirst { it.isNotEmpty() && it.all(Char::isDigit) } + 1
            val layer = words[number].toIntOrNull()
            return if (number == 0 || layer == null) Outside(path)
            else InLayer(words.take(number).joinToString("/"), layer, words.drop(number + 1).joinToString("/"))
        }
    }
}

/** The place of its path. */
internal val BlockRow.place: BlockPlace
    get() = BlockPlace.of(path)
