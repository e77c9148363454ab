package io.heddle.dsl

import io.heddle.model.Classify
import io.heddle.model.Copying
import io.heddle.model.Dense
import io.heddle.model.Labels
import io.heddle.model.Logits
import io.heddle.model.LogitsScale
import io.heddle.model.Pool
import io.heddle.model.ScoreCap
import io.heddle.model.Structure
import io.heddle.model.TokenInput
import io.heddle.model.Transform
import io.heddle.terms.Activation
import io.heddle.terms.CopyHeads
import io.heddle.terms.Identity
import io.heddle.terms.Initializer
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.Pooling

/** What may be said of any head: what happens before its own map. */
@HeddleDsl
public sealed class HeadScope(internal val defaults: Defaults, private val inputWidth: Int, start: Transform) {
    private var map: Dense = start.dense
    private var said: Norm = start.norm
    private val normBias = start.normBias

    /** How the head's maps begin. */
    @set:JvmName("initializer") public var initializer: Initializer = defaults.initializer

    /** A linear map and an [activation]; as wide as what it reads where [width] is left out. */
    @JvmOverloads
    public fun dense(width: Int = inputWidth, activation: Activation = Identity, bias: Boolean = defaults.bias) {
        map = Dense.Layer(width, activation, bias, initializer)
    }

    /** A norm, after `dense()`. */
    @JvmOverloads
    public fun norm(norm: Norm = defaults.norm) {
        said = norm
    }

    internal fun transform() = Transform(map, said, normBias)
}

/** What a head does before its own map where nothing is said. */
private fun plain(defaults: Defaults) = Transform(Dense.None, NoNorm, defaults.bias)

/** What holds for words that change a head which is there. */
private fun around(transform: Transform, initializer: Initializer) =
    Defaults(bias = transform.normBias, initializer = initializer)

/** What may be said of scores over a vocabulary. */
@HeddleDsl
public class LogitsScope private constructor(defaults: Defaults, width: Int, start: Transform) :
    HeadScope(defaults, width, start) {
    internal constructor(defaults: Defaults, width: Int) : this(defaults, width, plain(defaults))

    /** What is said of [start] holds until something else is said. */
    internal constructor(
        start: Logits,
        initializer: Initializer,
        width: Int,
    ) : this(around(start.transform, initializer), width, start.transform) {
        scale = start.scale
        cap = start.cap
        copying = start.copying
        structure = start.structure
        bias = start.bias
    }

    internal var scale = LogitsScale.One
    internal var cap: ScoreCap = ScoreCap.None
    internal var copying: Copying = Copying.None
    internal var structure: Structure = Structure.Independent

    /** Whether a trained number is added for each token. */
    @set:JvmName("bias") public var bias: Boolean = false

    /** Multiplies by `1 / sqrt(width)` before the table, as T5 does where it is tied. */
    public fun scaledDown() {
        scale = LogitsScale.InverseRootWidth
    }

    /** Keeps scores within this limit (arXiv 2408.00118, section 2); 0 while there is none. */
    public var softcap: Double
        get() = (cap as? ScoreCap.Soft)?.limit ?: 0.0
        @JvmName("softcap")
        set(value) {
            cap = ScoreCap.Soft(value)
        }

    /**
     * Words of [source] may be copied, also those that no vocabulary has, as [heads] of the cross-attention at
     * [through] look at them (arXiv 1704.04368).
     */
    @JvmOverloads
    public fun copyFrom(source: TokenInput, through: String, heads: CopyHeads = CopyHeads.Mean) {
        copying = Copying.From(source.name, through, heads)
    }

    /** Neighbouring words are scored together (arXiv 1910.11555), over the [beam] best of each position. */
    @JvmOverloads
    public fun crf(rank: Int = 32, beam: Int = 64) {
        structure = Structure.Chain(rank, beam)
    }
}

/** What may be said of one vector for a whole sequence. */
@HeddleDsl
public class PoolScope private constructor(defaults: Defaults, width: Int, start: Transform) :
    HeadScope(defaults, width, start) {
    internal constructor(defaults: Defaults, width: Int) : this(defaults, width, plain(defaults))

    /** What is said of [start] holds until something else is said. */
    internal constructor(
        start: Pool,
        initializer: Initializer,
        width: Int,
    ) : this(around(start.transform, initializer), width, start.transform)
}

/** What may be said of a classifier. */
@HeddleDsl
public class ClassifyScope private constructor(defaults: Defaults, width: Int, start: Transform) :
    HeadScope(defaults, width, start) {
    private var labels = Labels.One

    internal constructor(defaults: Defaults, width: Int) : this(defaults, width, plain(defaults))

    /** What is said of [start] holds until something else is said. */
    internal constructor(
        start: Classify,
        width: Int,
    ) : this(around(start.transform, start.initializer), width, start.transform) {
        labels = start.labels
        bias = start.bias
        dropout = start.dropout
    }

    /** Whether a trained number is added for each class. */
    @set:JvmName("bias") public var bias: Boolean = true

    /** The rate at which numbers are dropped before the last map. */
    @set:JvmName("dropout") public var dropout: Double = defaults.dropout

    /** Any number of labels may be true at once. */
    public fun multiLabel() {
        labels = Labels.Many
    }

    internal fun classify(name: String, input: String, pooling: Pooling, classes: Int) =
        Classify(name, input, pooling, classes, labels, transform(), dropout, bias, initializer)
}
