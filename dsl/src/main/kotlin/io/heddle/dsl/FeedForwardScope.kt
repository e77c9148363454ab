package io.heddle.dsl

import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.model.Weights
import io.heddle.terms.Activation
import io.heddle.terms.Initializer
import io.heddle.terms.Side

/** What may be said of a feed-forward. */
@HeddleDsl
public class FeedForwardScope internal constructor(private val start: FeedForward) {
    private var gate = start.gate
    private var kernel = start.kernel
    private var reach = start.reach
    private var weights = start.weights

    /** What stands between the two linear maps. */
    @set:JvmName("activation") public var activation: Activation = start.activation

    /** The rate at which the inside is dropped. */
    @set:JvmName("dropout") public var dropout: Double = start.dropout

    /** Whether the linear maps add a trained vector. */
    @set:JvmName("bias") public var bias: Boolean = start.bias

    /** How the matrices begin. */
    @set:JvmName("initializer") public var initializer: Initializer = start.initializer

    /** Multiplies the inside by the [activation] of a second map (arXiv 2002.05202): `gated(Silu)` is SwiGLU. */
    public fun gated(activation: Activation) {
        this.activation = activation
        gate = Gate.Gated
    }

    /**
     * The first map reads [kernel] neighbouring positions (arXiv 1905.09263): as many before as after, or with
     * [Side.Past] none after.
     */
    @JvmOverloads
    public fun convolve(kernel: Int, reach: Side = Side.Both) {
        this.kernel = kernel
        this.reach = reach
    }

    /** Weights of its own, whatever the stack shares. */
    public fun ownWeights() {
        weights = Weights.Own
    }

    /** The weights of every sublayer, of any stack, that says this [name]. */
    public fun weightsNamed(name: String) {
        weights = Weights.Named(name)
    }

    internal fun feedForward(): FeedForward =
        start.copy(
            activation = activation,
            gate = gate,
            kernel = kernel,
            reach = reach,
            dropout = dropout,
            bias = bias,
            initializer = initializer,
            weights = weights,
        )
}
