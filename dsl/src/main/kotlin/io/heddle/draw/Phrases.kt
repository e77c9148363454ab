package io.heddle.draw

/** The phrases of a description: what a comma and a space outside of brackets divide. */
internal fun phrases(words: String): List<String> {
    val found = mutableListOf(StringBuilder())
    var depth = 0
    words.forEachIndexed { place, letter ->
        if (letter == '(') depth++
        if (letter == ')') depth--
        val divides = letter == ',' && depth == 0 && words.getOrNull(place + 1) == ' '
        if (divides) found += StringBuilder() else found.last().append(letter)
    }
    return found.map { "$it".trim() }.filter { it.isNotEmpty() }
}

/** The numbers of [count] things that stand side by side, the middle of many left out. */
internal fun numbered(count: Int): List<String> =
    if (count <= MOST) List(count) { "${it + 1}" } else listOf("1", "2", "…", "$count")

private const val MOST = 4
