package io.heddle.dsl

import io.heddle.model.EmbeddingScale
import io.heddle.model.Position
import io.heddle.model.Projection
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.Initializer
import io.heddle.terms.SinusoidOrder

/** What may be said of the tokens of an input. */
@HeddleDsl
public class TokensScope
private constructor(
    private var position: (Initializer) -> Position,
    private var scale: EmbeddingScale,
    dropout: Double,
    initializer: Initializer,
) {
    internal constructor(
        defaults: Defaults
    ) : this({ Position.None }, EmbeddingScale.None, defaults.dropout, defaults.initializer)

    /** What is said of [tied] holds until something else is said. */
    internal constructor(
        tied: TokenInput,
        defaults: Defaults,
    ) : this({ tied.position }, tied.scale, tied.dropout, defaults.initializer)

    /** How the table begins. */
    @set:JvmName("initializer") public var initializer: Initializer = initializer

    /** The rate at which numbers are dropped after positions are added. */
    @set:JvmName("dropout") public var dropout: Double = dropout

    /** Adds sines and cosines of the position (arXiv 1706.03762, section 3.5); replaces another position. */
    @JvmOverloads
    public fun sinusoidal(order: SinusoidOrder = SinusoidOrder.Interleaved) {
        position = { Position.Sinusoidal(order) }
    }

    /** Adds a trained vector for each of [length] positions; replaces another position. */
    public fun learnedPositions(length: Int) {
        position = { initializer -> Position.Learned(length, initializer) }
    }

    /** Adds nothing: takes a position back that an input it is tied to has. */
    public fun noPositions() {
        position = { Position.None }
    }

    /** Multiplies the rows of the table by the square root of the width (arXiv 1706.03762, section 3.4). */
    public fun scaled() {
        scale = EmbeddingScale.RootWidth
    }

    internal fun input(name: String, vocabulary: Int, width: Int, table: Table) =
        TokenInput(name, vocabulary, width, table, scale, position(initializer), dropout)
}

/** What may be said of the vectors of an input. */
@HeddleDsl
public class VectorsScope internal constructor(private val defaults: Defaults) {
    private var position: Position = Position.None
    private var projection: Projection = Projection.None

    /** The rate at which numbers are dropped after positions are added. */
    @set:JvmName("dropout") public var dropout: Double = defaults.dropout

    /** Brings the vectors to the model's width by a linear map. */
    @JvmOverloads
    public fun project(bias: Boolean = defaults.bias) {
        projection = Projection.Linear(defaults.initializer, bias)
    }

    /** Adds sines and cosines of the position (arXiv 1706.03762, section 3.5); replaces another position. */
    @JvmOverloads
    public fun sinusoidal(order: SinusoidOrder = SinusoidOrder.Interleaved) {
        position = Position.Sinusoidal(order)
    }

    /** Adds a trained vector for each of [length] positions; replaces another position. */
    public fun learnedPositions(length: Int) {
        position = Position.Learned(length, defaults.initializer)
    }

    internal fun input(name: String, features: Int, width: Int) =
        VectorInput(name, features, width, projection, position, dropout)
}
