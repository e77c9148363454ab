package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/**
 * Who may look at whom: for every query, the keys that it sees.
 *
 * Masks are an algebra: `Causal and (Window(128) or Global(0))`, `!Self`. `and` and `or` have one precedence and read
 * left to right. Padding is hidden without a word.
 */
@Serializable
public sealed interface Mask {
    /** Whether the query at position [query] may look at the key at position [key], both counted from 0. */
    public fun sight(query: Long, key: Long, view: MaskView): Sight

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

/** What [first] and [second] both let through. */
@Serializable
@SerialName("and")
public data class Both(public val first: Mask, public val second: Mask) : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight =
        first.sight(query, key, view) and second.sight(query, key, view)

    override fun toString(): String = "$first and ${bracketed(second)}"
}

/** What [first] or [second] lets through. */
@Serializable
@SerialName("or")
public data class Either(public val first: Mask, public val second: Mask) : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight =
        !(!first.sight(query, key, view) and !second.sight(query, key, view))

    override fun toString(): String = "$first or ${bracketed(second)}"
}

/** What [hidden] does not let through. */
@Serializable
@SerialName("not")
public data class Except(public val hidden: Mask) : Mask {
    override fun sight(query: Long, key: Long, view: MaskView): Sight = !hidden.sight(query, key, view)

    override fun toString(): String = "!${bracketed(hidden)}"
}

/** A mask made of others stands in brackets inside another one. */
internal fun bracketed(mask: Mask): String =
    if (mask is Both || mask is Either || mask is Blocks) "($mask)" else "$mask"

/** The relations that a mask names, each once, in the order of their first naming. */
public fun Mask.relations(): List<String> =
    when (this) {
        is Given -> listOf(relation)
        is Both -> first.relations() + second.relations()
        is Either -> first.relations() + second.relations()
        is Except -> hidden.relations()
        is Blocks -> mask.relations()
        is PerHead -> masks.flatMap { it.relations() }
        is Everything,
        is Causal,
        is Self,
        is Window,
        is Global,
        is Random,
        is Windows2d -> emptyList()
    }.distinct()
