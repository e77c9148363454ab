package io.heddle.report

/**
 * What stands above panels.
 *
 * The library orders panels by their titles alone. So each begins with its number, in characters that have no width,
 * and [shown] takes them away again.
 */
internal object PanelTitles {
    private const val ZERO = '\u200B'
    private const val ONE = '\u200C'
    private const val BITS = 10

    /** The titles of [panels], which may repeat; no two are alike. */
    fun of(panels: List<String>): Map<String, String> =
        panels.distinct().withIndex().associate { (number, panel) ->
            val ordinal = (BITS - 1 downTo 0).map { bit -> if (number shr bit and 1 == 0) ZERO else ONE }
            panel to ordinal.joinToString("") + Look.label(panel)
        }

    /** A drawn chart without what orders it. */
    fun shown(svg: String): String = svg.filterNot { it == ZERO || it == ONE }
}
