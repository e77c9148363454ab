package io.heddle.report

import io.heddle.runtime.experiment.BlockRow

/** Where a block stands that was measured. */
internal sealed interface BlockPlace {
    /** In layer [layer] of [stack]: `decoder/3/attention` is the `attention` of layer 3 of `decoder`. */
    data class InLayer(val stack: String, val layer: Int, val kind: String) : BlockPlace

    /** In all layers of [stack] that have the weights called [weights]: `encoder/shared/attention`. */
    data class InSeveralLayers(val stack: String, val weights: String) : BlockPlace

    /** Elsewhere: an input, a head, a last norm. */
    data class Outside(val path: String) : BlockPlace

    /** The layer or layers, as charts call them; nothing for what stands elsewhere. */
    val layers: String
        get() =
            when (this) {
                is InLayer -> "$stack/$layer"
                is InSeveralLayers -> "$stack/$weights"
                is Outside -> ""
            }

    companion object {
        private val several = Regex("shared|group\\d+")

        /** What [path] names. */
        fun of(path: String): BlockPlace {
            val words = path.split("/")
            val number = words.drop(1).indexOfFirst { it.isNotEmpty() && it.all(Char::isDigit) } + 1
            val layer = words[number].toIntOrNull()
            return when {
                number != 0 && layer != null ->
                    InLayer(words.take(number).joinToString("/"), layer, words.drop(number + 1).joinToString("/"))
                words.size > 2 && several.matches(words[1]) -> InSeveralLayers(words[0], words[1])
                else -> Outside(path)
            }
        }
    }
}

/** The place of its path. */
internal val BlockRow.place: BlockPlace
    get() = BlockPlace.of(path)
