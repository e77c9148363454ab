package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/**
 * Who may look at whom. A mask says what **is seen**: there is no polarity to get wrong.
 *
 * Masks combine with `and`, `or` and `!`, read from left to right. Padding needs no word: nobody ever looks at keys
 * past the end of their sequence. A query that sees nothing gets zeros, never NaN.
 */
@Serializable
public sealed interface Mask {
    /** True when the query at position [query] may look at the key at position [key], both counted from 0. */
    public fun sees(query: Long, key: Long): Boolean

    /** What both masks let through. */
    public infix fun and(other: Mask): Mask =
        when {
            this == Everything -> other
            other == Everything || other == this -> this
            else -> Both(this, other)
        }

    /** What either mask lets through. */
    public infix fun or(other: Mask): Mask = if (other == this) this else Either(this, other)

    /** What this mask hides. */
    public operator fun not(): Mask = Except(this)
}

/** All keys. */
@Serializable
@SerialName("everything")
public data object Everything : Mask {
    override fun sees(query: Long, key: Long): Boolean = true
}

/** Keys at or before the query: `key <= query`. */
@Serializable
@SerialName("causal")
public data object Causal : Mask {
    override fun sees(query: Long, key: Long): Boolean = key <= query
}

/** The query's own position. */
@Serializable
@SerialName("self")
public data object Self : Mask {
    override fun sees(query: Long, key: Long): Boolean = key == query
}

/**
 * Keys no further than [reach] positions away on either side: `|query - key| <= reach`.
 *
 * Longformer's `attention_window = 512` is `Window(256)` (arXiv 2004.05150); a decoder that sees the last `n` tokens,
 * itself included, is `Causal and Window(n - 1)`.
 */
@Serializable
@SerialName("window")
public data class Window(public val reach: Int) : Mask {
    override fun sees(query: Long, key: Long): Boolean = Math.abs(query - key) <= reach

    override fun toString(): String = "Window($reach)"
}

/** What [first] and [second] both let through. */
@Serializable
@SerialName("and")
public data class Both(public val first: Mask, public val second: Mask) : Mask {
    override fun sees(query: Long, key: Long): Boolean = first.sees(query, key) && second.sees(query, key)

    override fun toString(): String = "$first and ${bracketed(second)}"
}

/** What [first] or [second] lets through. */
@Serializable
@SerialName("or")
public data class Either(public val first: Mask, public val second: Mask) : Mask {
    override fun sees(query: Long, key: Long): Boolean = first.sees(query, key) || second.sees(query, key)

    override fun toString(): String = "$first or ${bracketed(second)}"
}

/** What [hidden] does not let through. */
@Serializable
@SerialName("not")
public data class Except(public val hidden: Mask) : Mask {
    override fun sees(query: Long, key: Long): Boolean = !hidden.sees(query, key)

    override fun toString(): String = "!${bracketed(hidden)}"
}

private fun bracketed(mask: Mask): String =
    when (mask) {
        is Both,
        is Either -> "($mask)"
        is Causal,
        is Everything,
        is Except,
        is Self,
        is Window -> "$mask"
    }
