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
public class TokensScope internal constructor(defaults: Defaults) {
    private var position: Position = Position.None
    private var scale = EmbeddingScale.None

    /** How the table begins. */
    public var initializer: Initializer = defaults.initializer

    /** The rate at which numbers are dropped after positions are added. */
    public var dropout: Double = defaults.dropout

    /** Adds sines and cosines of the position (arXiv 1706.03762, section 3.5); replaces another position. */
    @JvmOverloads
    public fun sinusoidal(order: SinusoidOrder = SinusoidOrder.Interleaved) {
        position = Position.Sinusoidal(order)
    }

    /** Adds a trained vector for each of [length] positions; replaces another position. */
    public fun learnedPositions(length: Int) {
        position = Position.Learned(length, initializer)
    }

    /** Multiplies the rows of the table by the square root of the width (arXiv 1706.03762, section 3.4). */
    public fun scaled() {
        scale = EmbeddingScale.RootWidth
    }

    internal fun input(name: String, vocabulary: Int, width: Int, table: Table) =
        TokenInput(name, vocabulary, width, table, scale, position, dropout)
}

/** What may be said of the vectors of an input. */
@HeddleDsl
public class VectorsScope internal constructor(private val defaults: Defaults) {
    private var position: Position = Position.None
    private var projection: Projection = Projection.None

    /** The rate at which numbers are dropped after positions are added. */
    public var dropout: Double = defaults.dropout

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
