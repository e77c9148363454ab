package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.graph.Value

/**
 * The positions that vectors stand at.
 *
 * @property input the input that they come from, by whose name lengths and offsets are given
 * @property time how many there are
 * @property columns how many there are in a row of a picture; [time] for a sequence
 * @property lengths how many of them are real, `index [batch]`
 * @property queriesAndKeys what is added to queries and keys, `[time, width]`
 * @property everyLayer what is added to what enters each layer, `[time, width]`
 */
internal class Place(
    val input: String,
    val time: Dim,
    val columns: Dim,
    lengths: () -> Value,
    val queriesAndKeys: Added,
    val everyLayer: Added,
) {
    val lengths: Value by lazy(LazyThreadSafetyMode.NONE, lengths)
}

/** Whether something is added. */
internal sealed interface Added {
    data object Nothing : Added

    /** [value], the same for every sequence. */
    data class This(val value: Value) : Added
}

/** Vectors inside a lowering, `[batch, time, width]`, at their [place]. */
internal data class Track(val vectors: Value, val place: Place)
