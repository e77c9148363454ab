package io.heddle.check

/** Finds the word that a misspelled one was meant to be. */
public object Nearest {
    /**
     * The one of [candidates] that [word] is most likely a slip of the pen for, or null when none is near: at most one
     * letter in three missing, too many, wrong or swapped, letter case aside; or [word] is how it begins.
     */
    @JvmStatic
    public fun of(word: String, candidates: Collection<String>): String? {
        if (word.length > LONGEST) return null
        val others = candidates.filter { it != word } // It is known elsewhere, then, and not what was meant here.
        val begun = others.filter { word.length >= LETTERS_PER_SLIP && it.startsWith(word, ignoreCase = true) }
        if (begun.size == 1) return begun.single()
        return others
            .map { it to distance(word.lowercase(), it.lowercase()) }
            .filter { (candidate, distance) -> distance * LETTERS_PER_SLIP <= maxOf(word.length, candidate.length) }
            .minByOrNull { it.second }
            ?.first
    }

    /**
     * How many letters have to be added, dropped, changed or swapped with their neighbour to make one word the other.
     */
    private fun distance(left: String, right: String): Int {
        val table =
            Array(left.length + 1) { i -> IntArray(right.length + 1) { j -> if (i == 0) j else if (j == 0) i else 0 } }
        for (i in 1..left.length) {
            for (j in 1..right.length) {
                val changed = table[i - 1][j - 1] + if (left[i - 1] == right[j - 1]) 0 else 1
                var best = minOf(changed, table[i - 1][j] + 1, table[i][j - 1] + 1)
                if (minOf(i, j) > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
                    best = minOf(best, table[i - 2][j - 2] + 1)
                }
                table[i][j] = best
            }
        }
        return table[left.length][right.length]
    }

    private const val LONGEST = 64
    private const val LETTERS_PER_SLIP = 3
}
