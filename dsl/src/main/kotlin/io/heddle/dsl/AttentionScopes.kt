package io.heddle.dsl

import io.heddle.model.Attention
import io.heddle.model.Content
import io.heddle.model.CrossAttention
import io.heddle.model.GlobalMaps
import io.heddle.model.Method
import io.heddle.model.Relative
import io.heddle.model.RelativeBias
import io.heddle.model.Rotary
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Mask
import io.heddle.terms.Neighbours
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.Windows2d

/** What may be said of an attention of a sequence to itself. */
@HeddleDsl
public class AttentionScope internal constructor(private val start: Attention, reach: Int) :
    AttendingScope(start, reach) {
    private var causal: Mask = Everything
    private var content = start.content
    private var rotary = start.rotary
    private var relative = start.relative
    private var memory = start.memory
    private var globals = start.globals

    /** Nobody looks at what comes later. It is and-ed with [mask], whichever is said first. */
    public fun causal() {
        causal = Causal
    }

    /**
     * Turns queries and keys by their positions (arXiv 2104.09864).
     *
     * @param share how much of each head is turned, from its first number on
     */
    @JvmOverloads
    public fun rotary(
        base: Double = 10_000.0,
        pairs: RotaryPairs = RotaryPairs.HalfSplit,
        scaling: RotaryScaling = RotaryScaling.None,
        share: Double = 1.0,
    ) {
        rotary = Rotary.Turned(base, pairs, scaling, share)
    }

    /** Takes from each score in proportion to the distance (arXiv 2108.12409); replaces another relative position. */
    public fun alibi() {
        relative = Relative.Alibi
    }

    /** Adds what [bias] says of the distance (arXiv 1910.10683); replaces another relative position. */
    public fun relativeBias(bias: RelativeBias) {
        relative = Relative.Bias(bias.name)
    }

    /**
     * Adds a trained number for each head, row distance and column distance (arXiv 2103.14030); replaces another
     * relative position.
     *
     * @param size how many rows and columns the table reaches over; those of the window that [mask] is, where it is
     *   left out
     */
    @JvmOverloads
    public fun relativeBias2d(size: Int = 0) {
        relative = Relative.Grid(size, initializer)
    }

    /** Adds a trained vector for the distance to each key (arXiv 1803.02155); replaces another relative position. */
    public fun relativeVectors(reach: Int) {
        relative = Relative.Clipped(reach, initializer)
    }

    /** Scores know the sinusoids of the distance (arXiv 1901.02860); replaces another relative position. */
    public fun relativeSinusoidal() {
        relative = Relative.Sinusoidal
    }

    /** Remembers the last [positions] positions of the run before, and sees them (arXiv 1901.02860, section 3.2). */
    public fun memory(positions: Int) {
        memory = positions
    }

    /**
     * Sees only keys of like hash, sorted into [buckets] in [rounds] rounds and looked at in pieces of [chunk] (arXiv
     * 2001.04451); queries and keys share their map. The directions that hash are drawn once, from [seed]; [neighbours]
     * says which keys of a piece count. Replaces another method.
     */
    @JvmOverloads
    public fun hashed(
        buckets: Int,
        rounds: Int,
        chunk: Int,
        seed: Long = 0,
        neighbours: Neighbours = Neighbours.Chunks,
    ) {
        method = Method.Hashed(buckets, rounds, chunk, seed, neighbours)
        content = Content.SharedQueriesAndKeys
    }

    /** One map for queries and keys. */
    public fun sharedQueriesAndKeys() {
        content = Content.SharedQueriesAndKeys
    }

    /** Queries and keys are positions alone (arXiv 1711.02281, section 3.2). */
    public fun positional() {
        content = Content.Positions
    }

    /**
     * Positions that a `Global` mask names, or a `Given` one shows to themselves, see all through queries, keys and
     * values of their own (arXiv 2004.05150, section 3.1).
     */
    public fun globalProjections() {
        globals = GlobalMaps.Own
    }

    internal fun attention(): Attention =
        start.copy(
            mask = causal and mask,
            method = method,
            content = content,
            rotary = rotary,
            relative = sized(relative),
            scale = factor,
            cap = cap,
            headNorm = headNorm,
            mixing = mixing,
            memory = memory,
            globals = globals,
            dropout = dropout,
            bias = bias,
            initializer = initializer,
            weights = weights,
        )

    private fun sized(relative: Relative): Relative {
        val window = mask as? Windows2d
        return if (relative is Relative.Grid && relative.size == 0 && window != null) relative.copy(size = window.size)
        else relative
    }
}

/** What may be said of an attention to another sequence. */
@HeddleDsl
public class CrossAttentionScope internal constructor(private val start: CrossAttention, reach: Int) :
    AttendingScope(start, reach) {
    internal fun attention(): CrossAttention =
        start.copy(
            mask = mask,
            method = method,
            scale = factor,
            cap = cap,
            headNorm = headNorm,
            mixing = mixing,
            dropout = dropout,
            bias = bias,
            initializer = initializer,
            weights = weights,
        )
}
