@file:JvmName("MaskRows")

package io.heddle.terms

import java.util.BitSet

/**
 * The keys that [query] may see under this mask: those that [Mask.sight] does not hide, all at once. What takes
 * [MaskView.length] questions there takes a few words here.
 */
public fun Mask.seenKeys(query: Long, view: MaskView): BitSet = row(query, view).possible

/** Whether what a query sees may depend on its head. */
public val Mask.differsByHead: Boolean
    get() =
        when (this) {
            is Random,
            is PerHead -> true
            is Both -> first.differsByHead || second.differsByHead
            is Either -> first.differsByHead || second.differsByHead
            is Except -> hidden.differsByHead
            is Blocks -> mask.differsByHead
            is Everything,
            is Causal,
            is Self,
            is Window,
            is Global,
            is Windows2d,
            is Given -> false
        }

/** What one query sees: [certain] where it is [Sight.Seen], and [possible] where it is not [Sight.Hidden]. */
private class Row(val possible: BitSet, val certain: BitSet) {
    constructor(seen: BitSet) : this(seen, seen)
}

private fun Mask.row(query: Long, view: MaskView): Row {
    val length = Math.toIntExact(view.length)
    return when (this) {
        is Everything -> Row(keys(0, length))
        is Causal -> Row(keys(0, minOf(query + 1, view.length).toInt()))
        is Self -> Row(keys(query, query + 1, length))
        is Window -> Row(window(query, length))
        is Global -> Row(global(query, view, length))
        is Random -> Row(BitSet().also { seen -> drawn(query, view).forEach { seen.set(Math.toIntExact(it)) } })
        is Blocks -> blocks(query, view, length)
        is Windows2d -> asked(query, view, length)
        is Given -> asked(query, view, length)
        is PerHead -> of(view).row(query, view)
        is Both -> first.row(query, view).joined(second.row(query, view), BitSet::and)
        is Either -> first.row(query, view).joined(second.row(query, view), BitSet::or)
        is Except -> hidden.row(query, view).inverted(length)
    }
}

private fun keys(from: Int, to: Int) = BitSet().also { it.set(from, to) }

private fun keys(from: Long, to: Long, length: Int): BitSet {
    val first = from.coerceIn(0L, length.toLong()).toInt()
    return keys(first, to.coerceIn(first.toLong(), length.toLong()).toInt())
}

private fun Window.window(query: Long, length: Int): BitSet {
    if (dilation == 1) return keys(query - reach, query + reach + 1, length)
    val seen = BitSet()
    val first = maxOf(query - reach.toLong() * dilation, query % dilation)
    val last = minOf(query + reach.toLong() * dilation, length - 1L)
    for (key in first..last step dilation.toLong()) seen.set(key.toInt())
    return seen
}

private fun Global.global(query: Long, view: MaskView, length: Int): BitSet {
    val places = positions.map { if (it < 0) it + view.length else it.toLong() }
    if (query in places) return keys(0, length)
    return BitSet().also { seen -> places.filter { it in 0 until length }.forEach { seen.set(it.toInt()) } }
}

private fun Blocks.blocks(query: Long, view: MaskView, length: Int): Row {
    val row = mask.row(query / size, BlockView(view, size))
    val possible = spread(row.possible, length)
    return if (row.certain === row.possible) Row(possible) else Row(possible, spread(row.certain, length))
}

/** Each block as its positions. */
private fun Blocks.spread(blocks: BitSet, length: Int): BitSet {
    val seen = BitSet()
    var block = blocks.nextSetBit(0)
    while (block >= 0) {
        seen.set(block * size, minOf((block + 1).toLong() * size, length.toLong()).toInt())
        block = blocks.nextSetBit(block + 1)
    }
    return seen
}

private fun Mask.asked(query: Long, view: MaskView, length: Int): Row {
    val (possible, certain) = BitSet() to BitSet()
    for (key in 0 until length) {
        when (sight(query, key.toLong(), view)) {
            Sight.Hidden -> Unit
            Sight.Open -> possible.set(key)
            Sight.Seen -> {
                possible.set(key)
                certain.set(key)
            }
        }
    }
    return Row(possible, certain)
}

private fun Row.joined(other: Row, join: BitSet.(BitSet) -> Unit): Row {
    fun each(one: BitSet, two: BitSet) = (one.clone() as BitSet).also { it.join(two) }
    val joined = each(possible, other.possible)
    val known = certain === possible && other.certain === other.possible
    return if (known) Row(joined) else Row(joined, each(certain, other.certain))
}

private fun Row.inverted(length: Int): Row {
    val known = certain === possible
    return if (known) Row(others(certain, length)) else Row(others(certain, length), others(possible, length))
}

private fun others(keys: BitSet, length: Int) = (keys.clone() as BitSet).also { it.flip(0, length) }
