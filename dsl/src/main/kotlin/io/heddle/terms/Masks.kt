package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** All keys. */
@Serializable
@SerialName("everything")
public data object Everything : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight = Sight.Seen
}

/** Keys at or before the query: `key <= query`. */
@Serializable
@SerialName("causal")
public data object Causal : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight = Sight.of(key <= query)
}

/** The query's own position. */
@Serializable
@SerialName("self")
public data object Self : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight = Sight.of(key == query)
}

/**
 * Every [dilation]-th key, up to [reach] of them on either side: `|query - key| <= reach * dilation`, and [dilation]
 * divides the distance (arXiv 2004.05150, section 3.1).
 *
 * Longformer's `attention_window = 512` is `Window(256)`; a decoder that sees the last `n` tokens, itself included, is
 * `Causal and Window(n - 1)`.
 */
@Serializable
@SerialName("window")
public data class Window @JvmOverloads constructor(public val reach: Int, public val dilation: Int = 1) : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight {
        val distance = Math.abs(query - key)
        return Sight.of(distance <= reach.toLong() * dilation && distance % dilation == 0L)
    }

    override fun toString(): String = if (dilation == 1) "Window($reach)" else "Window($reach, dilation = $dilation)"
}

/**
 * Some positions see all others and are seen by all (arXiv 2004.05150, section 3.1); -1 is the last one.
 *
 * @property positions from 0, or negative from the end
 */
@Serializable
@SerialName("global")
public data class Global(public val positions: List<Int>) : Mask {
    public constructor(vararg positions: Int) : this(positions.toList())

    override fun sight(query: Long, key: Long, view: MaskView): Sight =
        Sight.of(
            positions.any {
                if (it < 0) it + view.length == query || it + view.length == key else isOne(it, query, key)
            }
        )

    private fun isOne(position: Int, query: Long, key: Long) = position.toLong() == query || position.toLong() == key

    override fun toString(): String = positions.joinToString(", ", "Global(", ")")
}

/**
 * [count] keys for every query, drawn from [seed] for each head and layer anew (arXiv 2007.14062, section 2). A key may
 * be one that another mask shows too.
 */
@Serializable
@SerialName("random")
public data class Random(public val count: Int, public val seed: Long) : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight = Sight.of(key in drawn(query, view))

    override fun toString(): String = "Random($count, seed = $seed)"

    /** Robert Floyd's sampling of [count] different numbers: no list of all keys is needed. */
    internal fun drawn(query: Long, view: MaskView): Set<Long> {
        val chosen = HashSet<Long>()
        for (last in maxOf(0, view.length - count) until view.length) {
            val key = java.lang.Long.remainderUnsigned(scattered(query, last, view), last + 1)
            if (!chosen.add(key)) chosen.add(last)
        }
        return chosen
    }

    /** What the first layer draws of it is what [layer] draws of this one. */
    internal fun inLayer(layer: Int): Random = Random(count, seed + layer * STEP)

    private fun scattered(query: Long, draw: Long, view: MaskView): Long =
        listOf(view.head.toLong(), query, draw).fold(scatter(seed + view.layer * STEP)) { state, next ->
            scatter(state xor scatter(next))
        }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014), after one step of its counter. */
    private fun scatter(number: Long): Long {
        var mixed = number + STEP
        mixed = (mixed xor (mixed ushr 30)) * -0x40a7b892e31b1a47L
        mixed = (mixed xor (mixed ushr 27)) * -0x6b2fb644ecceee15L
        return mixed xor (mixed ushr 31)
    }

    private companion object {
        /** How far the counter of SplitMix64 moves; each layer is a step. */
        const val STEP = -0x61c8864680b583ebL
    }
}

/**
 * A [mask] over blocks of [size] positions: whole blocks see whole blocks (arXiv 2007.14062, section 3).
 *
 * `Blocks(64)` alone cuts a sequence into pieces that see themselves; `Blocks(64) of (Window(1) or Global(0, -1))` is a
 * window of three blocks, with the first and the last block seen by all.
 */
@Serializable
@SerialName("blocks")
public data class Blocks @JvmOverloads constructor(public val size: Int, public val mask: Mask = Self) : Mask {
    /** The same blocks under another [mask]. */
    public infix fun of(mask: Mask): Blocks = Blocks(size, mask)

    override fun sight(query: Long, key: Long, view: MaskView): Sight =
        mask.sight(query / size, key / size, BlockView(view, size))

    override fun toString(): String = if (mask == Self) "Blocks($size)" else "Blocks($size) of ${bracketed(mask)}"
}

/**
 * Windows of [size] by [size] positions of a picture, moved by [shift] rows and columns; those that the moving cuts
 * stay cut (arXiv 2103.14030, section 3.2 and figure 4). A window as large as the picture is not moved.
 *
 * @property edge what becomes of windows that reach beyond the picture; where they are filled, all other positions that
 *   the attention knows of, rotary ones for example, are counted in the picture with its zeros
 */
@Serializable
@SerialName("windows2d")
public data class Windows2d
@JvmOverloads
constructor(public val size: Int, public val shift: Int = 0, public val edge: WindowEdge = WindowEdge.Cut) : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight {
        val rows = (view.length + view.columns - 1) / view.columns
        val moved = if (minOf(rows, view.columns) <= size) 0 else shift
        val sameRows = band(query / view.columns, moved) == band(key / view.columns, moved)
        return Sight.of(sameRows && band(query % view.columns, moved) == band(key % view.columns, moved))
    }

    private fun band(place: Long, moved: Int): Long = (place - moved + size) / size

    override fun toString(): String {
        val moved = if (shift == 0) "" else ", shift = $shift"
        return "Windows2d($size$moved${if (edge == WindowEdge.Cut) "" else ", edge = WindowEdge.$edge"})"
    }
}

/** What the input named [relation] says for each pair: the edges of a graph, for example. */
@Serializable
@SerialName("given")
public data class Given(public val relation: String) : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight = view.given(relation, query, key)

    override fun toString(): String = "Given($relation)"
}

/** Its own mask for each of equal groups of neighbouring heads: the first ones have the first mask. */
@Serializable
@SerialName("perHead")
public data class PerHead(public val masks: List<Mask>) : Mask {
    public constructor(vararg masks: Mask) : this(masks.toList())

    override fun sight(query: Long, key: Long, view: MaskView): Sight = of(view).sight(query, key, view)

    /** The mask of the head that looks. */
    internal fun of(view: MaskView): Mask = masks[view.head * masks.size / maxOf(view.heads, masks.size)]

    override fun toString(): String = masks.joinToString(", ", "PerHead(", ")")
}
