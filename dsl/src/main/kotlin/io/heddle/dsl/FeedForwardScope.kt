package io.heddle.dsl

import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.model.Side
import io.heddle.model.Weights
import io.heddle.terms.Activation
import io.heddle.terms.Initializer
import io.heddle.terms.Relu

/** What may be said of a feed-forward. */
@HeddleDsl
public class FeedForwardScope internal constructor(defaults: Defaults) {
    private var gate = Gate.None
    private var kernel = 1
    private var reach = Side.Both
    private var weights: Weights = Weights.AsStack

    /** What stands between the two linear maps. */
    @set:JvmName("activation") public var activation: Activation = Relu

    /** The rate at which the inside is dropped. */
    @set:JvmName("dropout") public var dropout: Double = 0.0

    /** Whether the linear maps add a trained vector. */
    @set:JvmName("bias") public var bias: Boolean = defaults.bias

    /** How the matrices begin. */
    @set:JvmName("initializer") public var initializer: Initializer = defaults.initializer

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

    internal fun feedForward(name: String, hidden: Int) =
        FeedForward(name, hidden, activation, gate, kernel, reach, dropout, bias, initializer, weights)
}
