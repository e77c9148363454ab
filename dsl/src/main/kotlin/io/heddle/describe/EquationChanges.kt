package io.heddle.describe

/** What two models' equations do not have in common, block by block. */
internal object EquationChanges {
    private data class Block(val title: String, val lines: List<String>)

    fun of(before: Equations, after: Equations): List<ChangedBlock> {
        val old = blocks(before)
        val new = blocks(after)
        val keys = merged(old.keys.toList(), new.keys.toList()).map { it.second }.distinct()
        return keys.mapNotNull { key ->
            val (was, now) = old[key] to new[key]
            val lines = merged(was?.lines.orEmpty(), now?.lines.orEmpty()).filter { it.first != ' ' }
            val titles = listOfNotNull(was?.title, now?.title).distinct()
            if (lines.isEmpty()) null
            else ChangedBlock(titles.joinToString(" -> "), lines.map { (sign, line) -> "$sign $line" })
        }
    }

    /**
     * Equations by what they are of: equal layers of a stack by their order. What is aligned differently is the same.
     */
    private fun blocks(equations: Equations): Map<String, Block> {
        val counts = HashMap<String, Int>()
        return equations.sections.associate { section ->
            val name = section.title.substringBefore(',')
            val key = "$name ${counts.merge(name, 1, Int::plus)}"
            key to
                Block(
                    section.title,
                    section.groups.flatMap { group -> group.map { Equations.line(it) } } + section.remarks,
                )
        }
    }

    /**
     * Both lists in one, by their longest common subsequence: `-` for the first's alone, `+` for the second's, a space
     * for both's.
     */
    private fun merged(first: List<String>, second: List<String>): List<Pair<Char, String>> {
        val common = Array(first.size + 1) { IntArray(second.size + 1) }
        for (i in first.indices.reversed()) {
            for (j in second.indices.reversed()) {
                common[i][j] =
                    if (first[i] == second[j]) common[i + 1][j + 1] + 1 else maxOf(common[i + 1][j], common[i][j + 1])
            }
        }
        val all = mutableListOf<Pair<Char, String>>()
        var (i, j) = 0 to 0
        while (i < first.size || j < second.size) {
            when {
                i < first.size && j < second.size && first[i] == second[j] -> {
                    all += ' ' to first[i++]
                    j++
                }
                j == second.size || (i < first.size && common[i + 1][j] >= common[i][j + 1]) -> all += '-' to first[i++]
                else -> all += '+' to second[j++]
            }
        }
        return all
    }
}
