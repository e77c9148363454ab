package io.heddle.script

/** Finds what somebody meant who mistyped a word. */
public object NearestWord {
    /** The word of [known] that is nearest to [word], if one is near enough to be meant; case hardly counts. */
    @JvmStatic
    public fun of(word: String, known: Collection<String>): String? {
        val reach = maxOf(1, word.length / 3)
        return known
            .filter { it != word }
            .map { it to distance(word.lowercase(), it.lowercase()) }
            .filter { (_, distance) -> distance <= reach }
            .minWithOrNull(compareBy({ it.second }, { distance(word, it.first) }, { it.first }))
            ?.first
    }

    /** How many letters are to be changed, added, left out or exchanged with their neighbour (optimal string alignment). */
    private fun distance(from: String, to: String): Int {
        val rows = Array(from.length + 1) { row -> IntArray(to.length + 1) { if (row == 0) it else row } }
        for (i in 1..from.length) {
            for (j in 1..to.length) {
                val change = if (from[i - 1] == to[j - 1]) 0 else 1
                var best = minOf(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + change)
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                    best = minOf(best, rows[i - 2][j - 2] + 1)
                }
                rows[i][j] = best
            }
        }
        return rows[from.length][to.length]
    }
}
