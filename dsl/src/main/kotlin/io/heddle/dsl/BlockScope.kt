package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.AttentionMessages
import io.heddle.model.Attention
import io.heddle.model.Part
import io.heddle.model.Sequence
import io.heddle.model.SequenceComponent
import io.heddle.model.StackLayer
import io.heddle.model.keys
import io.heddle.model.places
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.ReZero
import java.util.function.Consumer
import kotlin.jvm.JvmSynthetic

/**
 * What a layer of a stack is made of. A block of one's own is an extension function on this scope.
 *
 * @property width how many numbers each position of the stack has
 */
@HeddleDsl
public class BlockScope
internal constructor(public val width: Int, private val reach: Int, private val defaults: Defaults) {
    internal val parts = mutableListOf<Part>()
    internal val notes = DescriptionNotes()

    /**
     * Attention of the sequence to itself; see [io.heddle.model.Attention].
     *
     * @param keyValueHeads fewer heads of keys and values, each shared by neighbouring query heads
     * @param headWidth numbers of a query or key of a head; `width / heads` where it is left out
     * @param valueWidth numbers of a value of a head; as many where it is left out
     * @param name the last word of its path, which a second attention of a block needs
     */
    @JvmSynthetic
    public fun attention(
        heads: Int,
        keyValueHeads: Int = heads,
        headWidth: Int? = null,
        valueWidth: Int? = null,
        name: String = "attention",
        configure: AttentionScope.() -> Unit = {},
    ) {
        val said = HeadSizes(heads, keyValueHeads, headWidth, valueWidth)
        note(name, said.call("attention"))
        val start = defaults.attention(name, said, headWidth ?: share(name, heads))
        parts += AttentionScope(start, reach).apply(configure).attention()
    }

    /**
     * Attention of the sequence to what [from] made; see [io.heddle.model.CrossAttention].
     *
     * @param heads as many as the attention before it in this block where it is left out
     */
    @JvmSynthetic
    public fun crossAttention(
        from: Sequence,
        heads: Int? = null,
        keyValueHeads: Int? = null,
        headWidth: Int? = null,
        valueWidth: Int? = null,
        name: String = "crossAttention",
        configure: CrossAttentionScope.() -> Unit = {},
    ) {
        val own = parts.filterIsInstance<Attention>().lastOrNull()
        if (heads == null && own == null) notes.find(headless(name, from))
        val count = heads ?: own?.heads ?: 1
        val sharing = keyValueHeads ?: if (heads == null) own?.keyValueHeads ?: 1 else count
        val said =
            listOfNotNull(
                "from = ${words(from)}",
                heads?.let { "heads = $it" },
                keyValueHeads?.let { "keyValueHeads = $it" },
                headWidth?.let { "headWidth = $it" },
                valueWidth?.let { "valueWidth = $it" },
            )
        note(name, said.joinToString(", ", "crossAttention(", ")"))
        val inherited = if (heads == null) own else null
        val sizes = HeadSizes(count, sharing, headWidth, valueWidth ?: inherited?.valueWidth)
        val each = headWidth ?: inherited?.headWidth ?: share(name, count)
        val start = defaults.crossAttention(name, from.path, sizes, each)
        parts += CrossAttentionScope(start, 0).apply(configure).attention()
    }

    /**
     * Two linear maps with an activation between them, for each position by itself; see [io.heddle.model.FeedForward].
     */
    @JvmSynthetic
    public fun feedForward(
        hidden: Int = HIDDEN_WIDTHS * width,
        name: String = "feedForward",
        configure: FeedForwardScope.() -> Unit = {},
    ) {
        note(name, if (hidden == HIDDEN_WIDTHS * width) "feedForward()" else "feedForward(hidden = $hidden)")
        parts += FeedForwardScope(defaults.feedForward(name, hidden)).apply(configure).feedForward()
    }

    /**
     * [count] feed-forwards, of which each position is sent to [topK]; see [io.heddle.model.Experts].
     *
     * @param capacity how much more than an even share an expert takes
     */
    @JvmSynthetic
    public fun experts(
        count: Int,
        topK: Int = 2,
        capacity: Double = 1.25,
        name: String = "experts",
        describe: ExpertsScope.() -> Unit = {},
    ) {
        note(name, "experts($count, topK = $topK, capacity = $capacity)")
        parts += ExpertsScope(width, defaults).apply(describe).experts(name, count, topK, capacity)
    }

    /** Closes the residual around the sublayers before it, back to the last `addNorm()`. */
    @JvmSynthetic
    public fun addNorm(norm: Norm = defaults.norm, configure: AddNormScope.() -> Unit = {}) {
        val part = AddNormScope(defaults.addNorm(norm)).apply(configure).addNorm()
        parts += part
        note(parts.keys().last(), "addNorm()")
        if (defaults.layout is ReZero && part.norm !in listOf(defaults.norm, NoNorm))
            notes.find(neverUsed(part.norm, Caller.origin("addNorm()")).copy(place = parts.places().last()))
    }

    private fun note(path: String, says: String) = notes.origin(path, Caller.origin(says))

    /** The numbers of a head where [heads] share the width evenly. */
    private fun share(name: String, heads: Int): Int {
        if (heads <= 0 || width <= 0) return 0
        if (width % heads != 0) notes.share(name, heads)
        return width / heads
    }

    private fun words(from: Sequence): String =
        when (from) {
            is SequenceComponent -> from.name
            is StackLayer -> "${from.stack.name}.layer(${from.number})"
        }

    private fun headless(name: String, from: Sequence): Problem {
        val origin = Caller.origin("crossAttention(from = ${words(from)})")
        val heads = Fact("heads", "left out", origin.says, origin.where)
        return AttentionMessages.headsAreUnknown(words(from)).at(name, heads)
    }

    // The same for Java -------------------------------------------------------------------------------------------

    /** `attention(heads) { configure }`. */
    @JvmOverloads
    public fun attention(heads: Int, configure: Consumer<AttentionScope> = Consumer {}): Unit =
        attention(heads) { configure.accept(this) }

    /** `attention(heads, keyValueHeads, headWidth, valueWidth) { configure }`. */
    @JvmOverloads
    public fun attention(heads: Heads, configure: Consumer<AttentionScope> = Consumer {}): Unit =
        attention("attention", heads, configure)

    /** `attention(heads, keyValueHeads, headWidth, valueWidth, name) { configure }`. */
    @JvmOverloads
    public fun attention(name: String, heads: Heads, configure: Consumer<AttentionScope> = Consumer {}): Unit =
        attention(heads.count, heads.keyValue, heads.width, heads.value, name) { configure.accept(this) }

    /** `crossAttention(from) { configure }`. */
    @JvmOverloads
    public fun crossAttention(from: Sequence, configure: Consumer<CrossAttentionScope> = Consumer {}): Unit =
        crossAttention(from) { configure.accept(this) }

    /** `crossAttention(from, heads, keyValueHeads, headWidth, valueWidth) { configure }`. */
    @JvmOverloads
    public fun crossAttention(
        from: Sequence,
        heads: Heads,
        configure: Consumer<CrossAttentionScope> = Consumer {},
    ): Unit = crossAttention("crossAttention", from, heads, configure)

    /** `crossAttention(from, heads, keyValueHeads, headWidth, valueWidth, name) { configure }`. */
    @JvmOverloads
    public fun crossAttention(
        name: String,
        from: Sequence,
        heads: Heads,
        configure: Consumer<CrossAttentionScope> = Consumer {},
    ): Unit =
        crossAttention(from, heads.count, heads.keyValue, heads.width, heads.value, name) { configure.accept(this) }

    /** `feedForward { configure }`. */
    @JvmOverloads
    public fun feedForward(configure: Consumer<FeedForwardScope> = Consumer {}): Unit = feedForward {
        configure.accept(this)
    }

    /** `feedForward(hidden) { configure }`. */
    @JvmOverloads
    public fun feedForward(hidden: Int, configure: Consumer<FeedForwardScope> = Consumer {}): Unit =
        feedForward(hidden) { configure.accept(this) }

    /** `feedForward(hidden, name)`; written out, as a default would make calls of Kotlin's ambiguous. */
    public fun feedForward(name: String, hidden: Int): Unit = feedForward(hidden, name) {}

    /** `feedForward(hidden, name) { configure }`. */
    public fun feedForward(name: String, hidden: Int, configure: Consumer<FeedForwardScope>): Unit =
        feedForward(hidden, name) { configure.accept(this) }

    /** `experts(count) { describe }`. */
    @JvmOverloads
    public fun experts(count: Int, describe: Consumer<ExpertsScope> = Consumer {}): Unit =
        experts(count) { describe.accept(this) }

    /** `experts(count, topK, capacity) { describe }`. */
    @JvmOverloads
    public fun experts(count: Int, topK: Int, capacity: Double, describe: Consumer<ExpertsScope> = Consumer {}): Unit =
        experts(count, topK, capacity) { describe.accept(this) }

    /** `experts(count, topK, capacity, name) { describe }`. */
    @JvmOverloads
    public fun experts(
        name: String,
        count: Int,
        topK: Int,
        capacity: Double,
        describe: Consumer<ExpertsScope> = Consumer {},
    ): Unit = experts(count, topK, capacity, name) { describe.accept(this) }

    /** `addNorm { configure }`. */
    @JvmOverloads
    public fun addNorm(configure: Consumer<AddNormScope> = Consumer {}): Unit = addNorm { configure.accept(this) }

    /** `addNorm(norm)`. */
    public fun addNorm(norm: Norm): Unit = addNorm(norm) {}

    /** `addNorm(norm) { configure }`. */
    public fun addNorm(norm: Norm, configure: Consumer<AddNormScope>): Unit = addNorm(norm) { configure.accept(this) }

    internal companion object {
        /** How many widths the inside of a feed-forward has (arXiv 1706.03762, section 3.3). */
        const val HIDDEN_WIDTHS = 4
    }
}

/** The sizes of heads as they were said. */
internal data class HeadSizes(val heads: Int, val keyValueHeads: Int, val headWidth: Int?, val valueWidth: Int?) {
    fun call(verb: String) =
        listOfNotNull(
                "heads = $heads",
                if (keyValueHeads != heads) "keyValueHeads = $keyValueHeads" else null,
                headWidth?.let { "headWidth = $it" },
                valueWidth?.let { "valueWidth = $it" },
            )
            .joinToString(", ", "$verb(", ")")
}
