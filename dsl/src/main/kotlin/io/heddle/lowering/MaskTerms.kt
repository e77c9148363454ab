package io.heddle.lowering

import io.heddle.terms.Blocks
import io.heddle.terms.Both
import io.heddle.terms.Causal
import io.heddle.terms.Either
import io.heddle.terms.Everything
import io.heddle.terms.Except
import io.heddle.terms.Given
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.PerHead
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.heddle.terms.Window
import io.heddle.terms.Windows2d

/** Whether positions and heads are all that is asked: no row of a picture, no relation. */
internal val Mask.needsOnlyPositions: Boolean
    get() =
        when (this) {
            is Everything,
            is Causal,
            is Self,
            is Window,
            is Global,
            is Random -> true
            is Blocks -> mask.needsOnlyPositions
            is Both -> first.needsOnlyPositions && second.needsOnlyPositions
            is Either -> first.needsOnlyPositions && second.needsOnlyPositions
            is Except -> hidden.needsOnlyPositions
            is PerHead -> masks.all { it.needsOnlyPositions }
            is Windows2d,
            is Given -> false
        }

/**
 * The positions that [mask] calls global, as a mask of their own; a relation names those that it shows to themselves.
 */
internal fun globals(mask: Mask): Mask {
    val named = named(mask)
    val positions = Global(named.filterIsInstance<Global>().flatMap { it.positions }.distinct())
    val relations = named.filterIsInstance<Given>().distinct()
    val all = if (positions.positions.isEmpty()) relations else listOf(positions) + relations
    return all.reduceOrNull { some, more -> some or more } ?: positions
}

/** The parts of [mask] that name positions. */
private fun named(mask: Mask): List<Mask> =
    when (mask) {
        is Global,
        is Given -> listOf(mask)
        is Both -> named(mask.first) + named(mask.second)
        is Either -> named(mask.first) + named(mask.second)
        is PerHead -> mask.masks.flatMap { named(it) }
        is Blocks,
        is Causal,
        is Everything,
        is Except,
        is Random,
        is Self,
        is Window,
        is Windows2d -> emptyList()
    }
