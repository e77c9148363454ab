package io.heddle.draw

/** Neighbours that come [times] times over. */
internal data class Fold<Item>(val times: Int, val items: List<Item>)

/**
 * [items] with repetitions written once: at each place the pattern that covers most, the shortest of those that cover
 * as much. `a b a b a b c c` is three times `a b` and twice `c`.
 */
internal fun <Item> folds(items: List<Item>): List<Fold<Item>> {
    val found = mutableListOf<Fold<Item>>()
    var start = 0
    while (start < items.size) {
        val fold = longest(items, start)
        found += fold
        start += fold.times * fold.items.size
    }
    return found
}

/** [items] with equal neighbours written once. */
internal fun <Item> neighbours(items: List<Item>): List<Fold<Item>> {
    val found = mutableListOf<Fold<Item>>()
    items.forEach { item ->
        val last = found.lastOrNull()
        if (last != null && last.items.first() == item) found[found.lastIndex] = last.copy(times = last.times + 1)
        else found += Fold(1, listOf(item))
    }
    return found
}

private fun <Item> longest(items: List<Item>, start: Int): Fold<Item> {
    var best = Fold(1, items.subList(start, start + 1))
    for (length in 1..(items.size - start) / 2) {
        val pattern = items.subList(start, start + length)
        var times = 1
        while (repeats(items, pattern, start + times * length)) times++
        if (times > 1 && times * length > best.times * best.items.size) best = Fold(times, pattern)
    }
    return best
}

private fun <Item> repeats(items: List<Item>, pattern: List<Item>, at: Int): Boolean =
    at + pattern.size <= items.size && items.subList(at, at + pattern.size) == pattern
