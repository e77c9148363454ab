package io.heddle.draw

/** An item of several sequences at once: the sequences that have it, by number, and which of their items it is. */
internal data class Common<Item>(val item: Item, val places: Map<Int, Int>)

/**
 * One short sequence that has every one of [sequences] in it, in its own order: `a b` and `b c` are in `a b c`. Neither
 * is in the other where they differ, so each item tells whose it is.
 */
internal fun <Item> union(sequences: Map<Int, List<Item>>): List<Common<Item>> {
    val whole = sequences.values.distinct().fold(emptyList<Item>()) { whole, next -> merged(whole, next) }
    val places = whole.map { mutableMapOf<Int, Int>() }
    sequences.forEach { (number, items) ->
        var at = 0
        items.forEachIndexed { place, item ->
            while (whole[at] != item) at++
            places[at++][number] = place
        }
    }
    return whole.mapIndexed { at, item -> Common(item, places[at]) }.filter { it.places.isNotEmpty() }
}

/** The shortest sequence that has both [one] and [other] in it. */
private fun <Item> merged(one: List<Item>, other: List<Item>): List<Item> {
    // How many items the rests of both have in common.
    val common = Array(one.size + 1) { IntArray(other.size + 1) }
    for (i in one.indices.reversed()) for (k in other.indices.reversed()) common[i][k] =
        if (one[i] == other[k]) common[i + 1][k + 1] + 1 else maxOf(common[i + 1][k], common[i][k + 1])
    val found = mutableListOf<Item>()
    var (i, k) = 0 to 0
    while (i < one.size && k < other.size) {
        when {
            one[i] == other[k] -> {
                found += one[i++]
                k++
            }
            common[i + 1][k] >= common[i][k + 1] -> found += one[i++]
            else -> found += other[k++]
        }
    }
    return found + one.drop(i) + other.drop(k)
}
