package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.messages.AttentionMessages
import io.heddle.messages.DescriptionMessages
import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.Origin
import io.heddle.model.PathPattern
import io.heddle.terms.ReZero
import java.util.function.Consumer

/** What may be changed of the layers of a model that is there. */
@HeddleDsl
public sealed class EditPartsScope(internal val edited: Edited) {
    /**
     * Every attention of a sequence to itself at [path]; with [heads] it is cut into so many, of which each has its own
     * keys and values.
     */
    @JvmSynthetic
    public fun attention(path: String, heads: Int? = null, configure: AttentionScope.() -> Unit = {}) {
        val origin =
            Caller.origin(if (heads == null) "attention(\"$path\")" else "attention(\"$path\", heads = $heads)")
        edited.change<Attention>(path, "attention", origin) { place, part ->
            AttentionScope(part.cut(heads, place.stack.width), 0).apply(configure).attention()
        }
        if (heads != null) tellShares(path, heads, origin)
    }

    /** Tells where [heads] do not share the width evenly, and forgets where those before them did not. */
    private fun tellShares(path: String, heads: Int, origin: Origin) {
        val places = edited.parts.fitting<Attention>(PathPattern(path))
        edited.settle(places.mapTo(HashSet()) { it.path })
        if (heads <= 0) return
        val said = Fact("heads", "$heads", origin.says, origin.where)
        val uneven = places.filter { it.stack.width % heads != 0 }
        edited.find(
            uneven.map { place ->
                val width = place.stack.width
                val from = edited.widthOrigin(place.stack)
                AttentionMessages.headsDoNotDivideWidth(width, heads)
                    .at(place.path, Fact("width", "$width", from.says, from.where), said)
            }
        )
    }

    private fun Attention.cut(heads: Int?, width: Int): Attention =
        if (heads == null) this
        else {
            val each = width / maxOf(heads, 1) // How many heads there may be is the rules' matter.
            copy(heads = heads, keyValueHeads = heads, headWidth = each, valueWidth = each)
        }

    /** Every attention to another sequence at [path]. */
    @JvmSynthetic
    public fun crossAttention(path: String, configure: CrossAttentionScope.() -> Unit): Unit =
        edited.change<CrossAttention>(path, "crossAttention", Caller.origin("crossAttention(\"$path\")")) { _, part ->
            CrossAttentionScope(part, 0).apply(configure).attention()
        }

    /** Every feed-forward at [path]. */
    @JvmSynthetic
    public fun feedForward(path: String, hidden: Int? = null, configure: FeedForwardScope.() -> Unit = {}) {
        val says = if (hidden == null) "feedForward(\"$path\")" else "feedForward(\"$path\", hidden = $hidden)"
        edited.change<FeedForward>(path, "feedForward", Caller.origin(says)) { _, part ->
            FeedForwardScope(part.copy(hidden = hidden ?: part.hidden)).apply(configure).feedForward()
        }
    }

    /** The feed-forwards that all experts at [path] are. */
    @JvmSynthetic
    public fun experts(path: String, configure: FeedForwardScope.() -> Unit): Unit =
        edited.change<Experts>(path, "experts", Caller.origin("experts(\"$path\")")) { _, part ->
            part.copy(expert = FeedForwardScope(part.expert).apply(configure).feedForward())
        }

    /** Every residual that closes a sublayer at [path]. */
    @JvmSynthetic
    public fun addNorm(path: String, configure: AddNormScope.() -> Unit): Unit =
        Caller.origin("addNorm(\"$path\")").let { origin ->
            edited.change<AddNorm>(path, "addNorm", origin) { place, part ->
                val changed = AddNormScope(part).apply(configure).addNorm()
                if (place.stack.layout is ReZero && changed.norm != part.norm)
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
        edited.tell(DescriptionMessages.replacedByNothing(path), path, Caller.origin("replace(\"$path\")"))
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
