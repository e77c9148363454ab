package io.heddle.lowering

/**
 * Where something is computed, and whose weights it has: the same place, unless layers share.
 *
 * @property path what nodes, states and random streams are called after
 * @property weights what weights are called after
 */
internal data class Spot(val path: String, val weights: String) {
    constructor(path: String) : this(path, path)

    /** The place [name] inside of this one. */
    operator fun div(name: String): Spot = Spot("$path/$name", "$weights/$name")
}
