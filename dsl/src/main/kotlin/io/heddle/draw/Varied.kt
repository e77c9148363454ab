package io.heddle.draw

/**
 * The notes of boxes that are drawn as one, each with the layers that it is in: what they share is told once, and of
 * what differs, which layer has what.
 */
internal fun varied(notes: Map<Int, List<String>>): List<String> {
    val all = notes.values.toList()
    val first = all.first()
    return when {
        all.all { it == first } -> first
        all.all { it.size == first.size } ->
            first.indices.flatMap { place -> told(notes.mapValues { (_, phrases) -> phrases[place] }) }
        else -> byLayer(notes.mapValues { (_, phrases) -> phrases.joinToString() })
    }
}

private fun told(phrases: Map<Int, String>): List<String> {
    val first = phrases.values.first()
    val forms = phrases.values.map { it.replace(NUMBER, "#") }.distinct()
    return when {
        phrases.values.all { it == first } -> listOf(first)
        forms.size > 1 -> byLayer(phrases)
        else -> counted(phrases)
    }
}

/** Phrases that differ in numbers alone: a letter for each number that differs. */
private fun counted(phrases: Map<Int, String>): List<String> {
    val numbers = phrases.mapValues { (_, phrase) -> NUMBER.findAll(phrase).map { it.value }.toList() }
    val places = numbers.values.first().indices.filter { place -> numbers.values.distinctBy { it[place] }.size > 1 }
    if (places.size > LETTERS.length) return byLayer(phrases)
    var place = -1
    val phrase =
        NUMBER.replace(phrases.values.first()) { found ->
            place++
            val letter = places.indexOf(place)
            if (letter < 0) found.value else "${LETTERS[letter]}"
        }
    return listOf(phrase) +
        places.flatMapIndexed { letter, at ->
            values(numbers.mapValues { it.value[at] }).map { "${LETTERS[letter]} = $it" }
        }
}

/** In the order of layers, or by the layers that have the same, whichever is shorter. */
private fun values(numbers: Map<Int, String>): List<String> {
    val inOrder = "${listed(numbers.values.toList())} by layer"
    val grouped = byLayer(numbers)
    return if (inOrder.length <= grouped.sumOf { it.length }) listOf(inOrder) else grouped
}

private fun byLayer(phrases: Map<Int, String>): List<String> =
    phrases.entries.groupBy({ it.value }, { it.key }).map { (phrase, layers) -> "$phrase in ${layers(layers)}" }

private val NUMBER = Regex("[0-9][0-9,]*(?:\\.[0-9]+)?(?![A-Za-z0-9])")
private const val LETTERS = "nmkr"
