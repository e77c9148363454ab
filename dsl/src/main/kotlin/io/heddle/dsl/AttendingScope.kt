package io.heddle.dsl

import io.heddle.model.Attending
import io.heddle.model.AttentionScale
import io.heddle.model.HeadMixing
import io.heddle.model.Method
import io.heddle.model.ScoreCap
import io.heddle.model.Weights
import io.heddle.terms.FeatureMap
import io.heddle.terms.Initializer
import io.heddle.terms.Mask
import io.heddle.terms.MixtureSharing
import io.heddle.terms.Norm

/** What may be said of an attention, whatever it looks at. */
@HeddleDsl
public sealed class AttendingScope(start: Attending, private val reach: Int) {
    internal var method: Method = start.method
    internal var factor: AttentionScale = start.scale
    internal var cap: ScoreCap = start.cap
    internal var mixing: HeadMixing = start.mixing
    internal var weights: Weights = start.weights

    /** Who may look at whom; padding is hidden without a word. */
    @set:JvmName("mask") public var mask: Mask = start.mask

    /**
     * The norm of each query and each key before they meet, over the numbers of a head (arXiv 2302.05442, section 2.2).
     */
    @set:JvmName("headNorm") public var headNorm: Norm = start.headNorm

    /** The rate at which probabilities are dropped. */
    @set:JvmName("dropout") public var dropout: Double = start.dropout

    /** Whether the four linear maps add a trained vector. */
    @set:JvmName("bias") public var bias: Boolean = start.bias

    /** How the four matrices begin. */
    @set:JvmName("initializer") public var initializer: Initializer = start.initializer

    /** What scores are multiplied by; `1 / sqrt(headWidth)` where it is left out. */
    public var scale: Double
        get() = (factor as? AttentionScale.Fixed)?.factor ?: Double.NaN
        @JvmName("scale")
        set(value) {
            factor = AttentionScale.Fixed(value)
        }

    /**
     * Keeps scores within this limit: `limit * tanh(score / limit)` (arXiv 2408.00118, section 2); 0 while there is
     * none.
     */
    public var softcap: Double
        get() = (cap as? ScoreCap.Soft)?.limit ?: 0.0
        @JvmName("softcap")
        set(value) {
            cap = ScoreCap.Soft(value)
        }

    /** Products of what it makes of queries and keys stand for their scores, at a cost linear in the length. */
    public var kernel: FeatureMap
        get() = requireNotNull(method as? Method.Kernel) { "This attention has no kernel." }.map
        @JvmName("kernel")
        set(value) {
            method = Method.Kernel(value)
        }

    /** Only the [keys] largest scores of each query count (arXiv 1912.11637); replaces another method. */
    public fun topK(keys: Int) {
        method = Method.TopK(keys)
    }

    /**
     * Keys and values are mixed down to [rank] (arXiv 2006.04768); replaces another method.
     *
     * @param length how long the longest sequence is; as many as have a learned position, where it is left out
     */
    @JvmOverloads
    public fun lowRank(rank: Int, length: Int = reach, sharing: MixtureSharing = MixtureSharing.Heads) {
        method = Method.LowRank(rank, length, sharing)
    }

    /** Heads hear of each other before and after the softmax (arXiv 2003.02436). */
    public fun talkingHeads() {
        mixing = HeadMixing.Talking
    }

    /** Weights of its own, whatever the stack shares. */
    public fun ownWeights() {
        weights = Weights.Own
    }

    /** The weights of every sublayer, of any stack, that says this [name]. */
    public fun weightsNamed(name: String) {
        weights = Weights.Named(name)
    }
}
