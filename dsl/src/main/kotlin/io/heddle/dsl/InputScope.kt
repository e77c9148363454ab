package io.heddle.dsl

import io.heddle.model.Position
import io.heddle.terms.Initializer
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.PositionTarget
import io.heddle.terms.SinusoidOrder

/** What may be said of any input: its positions, its norm, its dropout. A second position replaces the first. */
@HeddleDsl
public sealed class InputScope(internal val defaults: Defaults, dropout: Double) {
    internal var placed: (Initializer) -> Position = { Position.None }
    internal var said: Norm = NoNorm

    /** Whether `noPositions()` was said. */
    internal var takenBack: Boolean = false
        private set

    /** The rate at which numbers are dropped after positions are added. */
    @set:JvmName("dropout") public var dropout: Double = dropout

    /** How tables and maps of the input begin. */
    @set:JvmName("initializer") public var initializer: Initializer = defaults.initializer

    /** Adds nothing: takes a position back that an input it is tied to has. */
    public fun noPositions() {
        placed = { Position.None }
        takenBack = true
    }

    /** Norms what the input gives, after positions are added. */
    @JvmOverloads
    public fun norm(norm: Norm = defaults.norm) {
        said = norm
    }

    internal fun position(): Position = placed(initializer)
}

/** An input whose positions stand in a row. */
@HeddleDsl
public sealed class RowScope(defaults: Defaults, dropout: Double) : InputScope(defaults, dropout) {
    /** Adds sines and cosines of the position (arXiv 1706.03762, section 3.5). */
    @JvmOverloads
    public fun sinusoidal(order: SinusoidOrder = SinusoidOrder.Interleaved, to: PositionTarget = PositionTarget.Input) {
        placed = { Position.Sinusoidal(order, to) }
    }

    /** Adds a trained vector for each of [length] positions, behind [unused] rows of the table that belong to none. */
    @JvmOverloads
    public fun learnedPositions(length: Int, to: PositionTarget = PositionTarget.Input, unused: Int = 0) {
        placed = { initializer -> Position.Learned(length, unused, initializer, to) }
    }

    /** Adds what a network makes of the position before (arXiv 2003.09229), in [steps] steps with [hidden] numbers. */
    @JvmOverloads
    public fun floater(steps: Int = 8, hidden: Int = 64, to: PositionTarget = PositionTarget.EveryLayer) {
        placed = { initializer -> Position.Floater(steps, hidden, initializer, to) }
    }
}
