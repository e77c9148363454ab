package io.heddle.report

/**
 * How variants look in all charts: one colour, one kind of line and one shape each, so that they are told apart by
 * whoever sees no colours, and in grey.
 *
 * Colours are those of M. Okabe and K. Ito, Color Universal Design (2008), without yellow, which is too pale on white.
 */
internal class Look(names: List<String>) {
    /** What data calls the variants: names may be alike once they are shortened. */
    val keys: List<String> = names.indices.map { "$it" }

    /** What the legend calls them. */
    val labels: List<String> = names.map { label(it) }

    val colours: List<String> = names.indices.map { COLOURS[it % COLOURS.size] }

    val lines: List<Int> = names.indices.map { LINES[(it + it / COLOURS.size) % LINES.size] }

    val shapes: List<Int> = names.indices.map { SHAPES[(it + it / COLOURS.size) % SHAPES.size] }

    companion object {
        private val COLOURS = listOf("#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
        private val LINES =
            listOf(1, 5, 2, 4, 6, 3) // solid, long dashes, dashes, dashes and points, two dashes, points
        private val SHAPES = listOf(16, 17, 15, 18, 1, 2, 0)
        private const val LONGEST = 44
        private const val ENDING = 20
        private const val INVISIBLE = "\u200B\u200C"

        /**
         * [name] as charts write it: in one line, not too long, and with nothing that the library takes for a link or a
         * formula.
         */
        fun label(name: String): String {
            val plain =
                line(name).filterNot { it in INVISIBLE }.replace("<", "‹").replace("\\(", "(").replace("\\)", ")")
            return if (plain.codePointCount(0, plain.length) <= LONGEST) plain else shortened(plain)
        }

        /** Without its middle: names that are alike at first differ at their ends. */
        private fun shortened(name: String): String {
            val end = name.offsetByCodePoints(name.length, -ENDING)
            return name.substring(0, name.offsetByCodePoints(0, LONGEST - 1 - ENDING)) + "…" + name.substring(end)
        }
    }
}
