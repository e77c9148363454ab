package io.heddle.draw

/** How wide text is, told so that no font of the usual kind is wider. */
internal object Letters {
    /** The width of [text] in a sans-serif font of [size] pixels. */
    fun width(text: String, size: Double, weight: Weight = Weight.Plain): Double =
        text.sumOf { widths[it] ?: WIDEST } * size * weight.stretch * SPARE

    /**
     * [phrases] in lines that are no wider than [room] where their words allow it; a phrase begins a line if it must
     * break.
     */
    fun wrapped(phrases: List<String>, size: Double, room: Double): List<String> {
        val lines = mutableListOf<String>()
        phrases.forEachIndexed { place, phrase ->
            val ended = if (place == phrases.lastIndex) phrase else "$phrase,"
            val joined = lines.lastOrNull()?.let { "$it $ended" }
            when {
                joined != null && width(joined, size) <= room -> lines[lines.lastIndex] = joined
                else -> lines += broken(ended, size, room)
            }
        }
        return lines
    }

    private fun broken(phrase: String, size: Double, room: Double): List<String> =
        phrase.split(GAP).fold(listOf()) { lines, word ->
            val joined = lines.lastOrNull()?.let { "$it $word" }
            if (joined != null && width(joined, size) <= room) lines.dropLast(1) + joined else lines + word
        }

    /** Where a phrase may break: not around a sign of equality. */
    private val GAP = Regex("(?<!=) (?!=)")

    /** Shares of the font's size, after Helvetica. */
    private val widths: Map<Char, Double> =
        listOf(
                0.222 to "'ijl",
                0.278 to " !,./:;I[\\]ft|",
                0.334 to "\"()-`r{}",
                0.389 to "*",
                0.500 to "Jckvsxyz^",
                0.556 to "#\$0123456789?L_abdeghnopqu",
                0.611 to "FTZ",
                0.667 to "&ABEKPSVXYα",
                0.722 to "+<=>~CDHNRUw×",
                0.778 to "GOQ",
                0.833 to "Mm",
                0.944 to "W",
            )
            .flatMap { (width, letters) -> letters.map { it to width } }
            .toMap()

    /** For letters that are not listed. */
    private const val WIDEST = 1.02

    /** Other fonts are wider than Helvetica by up to this much. */
    private const val SPARE = 1.1
}

/** How heavy letters are. */
internal enum class Weight(val value: Int, val stretch: Double) {
    Plain(400, 1.0),
    Bold(600, 1.06),
}
