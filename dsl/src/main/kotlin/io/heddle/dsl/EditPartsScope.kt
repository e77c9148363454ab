package io.heddle.dsl

import io.heddle.messages.DescriptionMessages
import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.PathPattern
import io.heddle.terms.NoNorm
import io.heddle.terms.ReZero
import java.util.function.Consumer

/** What may be changed of the layers of a model that is there. */
@HeddleDsl
public sealed class EditPartsScope(internal val edited: Edited) {
    /**
     * Every attention of a sequence to itself at [path].
     *
     * @param heads cuts it into so many, of which each has its own keys and values where no [keyValueHeads] are said
     * @param headWidth numbers of a query or key of a head; `width / heads` where [heads] alone is said
     * @param valueWidth numbers of a value of a head; as many as of a query where another size is said
     */
    @JvmSynthetic
    public fun attention(
        path: String,
        heads: Int? = null,
        keyValueHeads: Int? = null,
        headWidth: Int? = null,
        valueWidth: Int? = null,
        configure: AttentionScope.() -> Unit = {},
    ) {
        val cut = HeadCut(heads, keyValueHeads, headWidth, valueWidth)
        val origin = Caller.origin(cut.call("attention", path))
        edited.change<Attention>(path, "attention", origin) { place, part ->
            AttentionScope(cut.of(part, place.stack.width), 0).apply(configure).attention()
        }
        cut.tell<Attention>(edited, path, origin)
    }

    /** Every attention to another sequence at [path]; sizes of heads as of [attention]. */
    @JvmSynthetic
    public fun crossAttention(
        path: String,
        heads: Int? = null,
        keyValueHeads: Int? = null,
        headWidth: Int? = null,
        valueWidth: Int? = null,
        configure: CrossAttentionScope.() -> Unit = {},
    ) {
        val cut = HeadCut(heads, keyValueHeads, headWidth, valueWidth)
        val origin = Caller.origin(cut.call("crossAttention", path))
        edited.change<CrossAttention>(path, "crossAttention", origin) { place, part ->
            CrossAttentionScope(cut.of(part, place.stack.width), 0).apply(configure).attention()
        }
        cut.tell<CrossAttention>(edited, path, origin)
    }

    /** Every feed-forward at [path]. */
    @JvmSynthetic
    public fun feedForward(path: String, hidden: Int? = null, configure: FeedForwardScope.() -> Unit = {}) {
        val origin = Caller.origin(EditCall.of("feedForward", path, listOf("hidden" to hidden)))
        edited.change<FeedForward>(path, "feedForward", origin) { _, part ->
            FeedForwardScope(part.copy(hidden = hidden ?: part.hidden)).apply(configure).feedForward()
        }
    }

    /**
     * All experts at [path]: how many there are, how many are chosen, what room they have, and what each of them is.
     */
    @JvmSynthetic
    public fun experts(
        path: String,
        count: Int? = null,
        topK: Int? = null,
        capacity: Double? = null,
        configure: FeedForwardScope.() -> Unit = {},
    ) {
        val says = listOf("count" to count, "topK" to topK, "capacity" to capacity)
        edited.change<Experts>(path, "experts", Caller.origin(EditCall.of("experts", path, says))) { _, part ->
            part.copy(
                count = count ?: part.count,
                topK = topK ?: part.topK,
                capacity = capacity ?: part.capacity,
                expert = FeedForwardScope(part.expert).apply(configure).feedForward(),
            )
        }
    }

    /** Every residual that closes a sublayer at [path]. */
    @JvmSynthetic
    public fun addNorm(path: String, configure: AddNormScope.() -> Unit): Unit =
        Caller.origin("addNorm(\"$path\")").let { origin ->
            edited.change<AddNorm>(path, "addNorm", origin) { place, part ->
                val changed = AddNormScope(part).apply(configure).addNorm()
                if (place.stack.layout is ReZero && changed.norm !in listOf(part.norm, NoNorm))
                    edited.find(neverUsed(changed.norm, origin).copy(place = place.path))
                changed
            }
        }

    /** Puts what [describe] says in the place of every sublayer at [path], and of the `addNorm()` that closes it. */
    @JvmSynthetic
    public fun replace(path: String, describe: BlockScope.() -> Unit) {
        val before = edited.model
        var described = 0
        val fits =
            splice(path, "replace", Joining.Instead) {
                describe()
                described += parts.size
            }
        if (!fits || described > 0) return
        // A helper that describes nothing is a mistake more often than a wish, and remove() says the wish.
        edited.set(before)
        edited.tell(DescriptionMessages.replacedByNothing("replace", path), path, Caller.origin("replace(\"$path\")"))
    }

    /** Puts what [describe] says before every sublayer at [path]. */
    @JvmSynthetic
    public fun insertBefore(path: String, describe: BlockScope.() -> Unit) {
        splice(path, "insertBefore", Joining.Before, describe)
    }

    /** Puts what [describe] says after every sublayer at [path], and after the `addNorm()` that closes it. */
    @JvmSynthetic
    public fun insertAfter(path: String, describe: BlockScope.() -> Unit) {
        splice(path, "insertAfter", Joining.After, describe)
    }

    /** Whether [path] fits anything, after whose pieces, before them or instead of them [describe] then stands. */
    private fun splice(path: String, verb: String, joining: Joining, describe: BlockScope.() -> Unit): Boolean {
        val pattern = PathPattern(path)
        val all = edited.parts.all()
        val places = all.filter { pattern.fits(it.path) }
        if (places.isEmpty()) edited.tellNothing(path, verb, all.map { it.path })
        else Splice(edited, places, Caller.origin("$verb(\"$path\")")).join(joining, describe)
        return places.isNotEmpty()
    }

    /**
     * Takes away every part at [path], with the residual that closes it; or a component of that name, with its
     * objectives.
     */
    public fun remove(path: String) {
        if (edited.model.components.any { it.name == path }) edited.remove(path, Caller.origin("remove(\"$path\")"))
        else splice(path, "remove", Joining.Instead) {}
    }

    // The same for Java -------------------------------------------------------------------------------------------

    /** `attention(path) { configure }`. */
    public fun attention(path: String, configure: Consumer<AttentionScope>): Unit =
        attention(path) { configure.accept(this) }

    /** `attention(path, heads) { configure }`. */
    @JvmOverloads
    public fun attention(path: String, heads: Int, configure: Consumer<AttentionScope> = Consumer {}): Unit =
        attention(path, heads) { configure.accept(this) }

    /** `attention(path, heads, keyValueHeads, headWidth, valueWidth) { configure }`. */
    @JvmOverloads
    public fun attention(path: String, heads: Heads, configure: Consumer<AttentionScope> = Consumer {}): Unit =
        attention(path, heads.count, heads.keyValue, heads.width, heads.value) { configure.accept(this) }

    /** `crossAttention(path, heads, keyValueHeads, headWidth, valueWidth) { configure }`. */
    @JvmOverloads
    public fun crossAttention(
        path: String,
        heads: Heads,
        configure: Consumer<CrossAttentionScope> = Consumer {},
    ): Unit = crossAttention(path, heads.count, heads.keyValue, heads.width, heads.value) { configure.accept(this) }

    /** `crossAttention(path) { configure }`. */
    public fun crossAttention(path: String, configure: Consumer<CrossAttentionScope>): Unit =
        crossAttention(path) { configure.accept(this) }

    /** `feedForward(path) { configure }`. */
    public fun feedForward(path: String, configure: Consumer<FeedForwardScope>): Unit =
        feedForward(path) { configure.accept(this) }

    /** `feedForward(path, hidden) { configure }`. */
    @JvmOverloads
    public fun feedForward(path: String, hidden: Int, configure: Consumer<FeedForwardScope> = Consumer {}): Unit =
        feedForward(path, hidden) { configure.accept(this) }

    /** `experts(path) { configure }`. */
    public fun experts(path: String, configure: Consumer<FeedForwardScope>): Unit =
        experts(path) { configure.accept(this) }

    /** `experts(path, count, topK, capacity) { configure }`. */
    @JvmOverloads
    public fun experts(
        path: String,
        count: Int,
        topK: Int,
        capacity: Double,
        configure: Consumer<FeedForwardScope> = Consumer {},
    ): Unit = experts(path, count, topK, capacity) { configure.accept(this) }

    /** `addNorm(path) { configure }`. */
    public fun addNorm(path: String, configure: Consumer<AddNormScope>): Unit = addNorm(path) { configure.accept(this) }

    /** `replace(path) { describe }`. */
    public fun replace(path: String, describe: Consumer<BlockScope>): Unit = replace(path) { describe.accept(this) }

    /** `insertBefore(path) { describe }`. */
    public fun insertBefore(path: String, describe: Consumer<BlockScope>): Unit =
        insertBefore(path) { describe.accept(this) }

    /** `insertAfter(path) { describe }`. */
    public fun insertAfter(path: String, describe: Consumer<BlockScope>): Unit =
        insertAfter(path) { describe.accept(this) }
}
