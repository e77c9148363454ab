package io.heddle.dsl

import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.CrossAttention
import io.heddle.model.Rotary
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Initializer
import io.heddle.terms.Mask
import io.heddle.terms.RotaryPairs

/** What may be said of an attention. */
@HeddleDsl
public class AttentionScope internal constructor(defaults: Defaults) {
    private var causal: Mask = Everything
    private var rotary: Rotary = Rotary.None

    /** Who may look at whom; padding is hidden without a word. */
    @set:JvmName("mask") public var mask: Mask = Everything

    /** The rate at which probabilities are dropped. */
    @set:JvmName("dropout") public var dropout: Double = defaults.attentionDropout

    /** Whether the four linear maps add a trained vector. */
    @set:JvmName("bias") public var bias: Boolean = defaults.bias

    /** How the four matrices begin. */
    @set:JvmName("initializer") public var initializer: Initializer = defaults.initializer

    private var factor: AttentionScale = AttentionScale.RootHeadWidth

    /** What scores are multiplied by; `1 / sqrt(headWidth)` where it is left out. */
    public var scale: Double
        get() = (factor as? AttentionScale.Fixed)?.factor ?: Double.NaN
        @JvmName("scale")
        set(value) {
            factor = AttentionScale.Fixed(value)
        }

    /** Nobody looks at what comes later. It is and-ed with [mask], whichever is said first. */
    public fun causal() {
        causal = Causal
    }

    /** Turns queries and keys by their positions (arXiv 2104.09864). */
    @JvmOverloads
    public fun rotary(base: Double = 10_000.0, pairs: RotaryPairs = RotaryPairs.HalfSplit) {
        rotary = Rotary.Turned(base, pairs)
    }

    internal fun attention(name: String, sizes: HeadSizes, headWidth: Int) =
        Attention(
            name,
            sizes.heads,
            sizes.keyValueHeads,
            headWidth,
            causal and mask,
            rotary,
            factor,
            dropout,
            bias,
            initializer,
        )
}

/** What may be said of an attention to another sequence. */
@HeddleDsl
public class CrossAttentionScope internal constructor(defaults: Defaults) {
    /** The rate at which probabilities are dropped. */
    @set:JvmName("dropout") public var dropout: Double = defaults.attentionDropout

    /** Whether the four linear maps add a trained vector. */
    @set:JvmName("bias") public var bias: Boolean = defaults.bias

    /** How the four matrices begin. */
    @set:JvmName("initializer") public var initializer: Initializer = defaults.initializer

    private var factor: AttentionScale = AttentionScale.RootHeadWidth

    /** What scores are multiplied by; `1 / sqrt(headWidth)` where it is left out. */
    public var scale: Double
        get() = (factor as? AttentionScale.Fixed)?.factor ?: Double.NaN
        @JvmName("scale")
        set(value) {
            factor = AttentionScale.Fixed(value)
        }

    internal fun attention(name: String, from: String, sizes: HeadSizes, headWidth: Int) =
        CrossAttention(name, from, sizes.heads, sizes.keyValueHeads, headWidth, factor, dropout, bias, initializer)
}
