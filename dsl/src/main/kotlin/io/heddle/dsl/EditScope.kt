package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.messages.AttentionMessages
import io.heddle.messages.DescriptionMessages
import io.heddle.model.AddNorm
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.CopiesInput
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeatureMapInput
import io.heddle.model.FeedForward
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.LearnedInput
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.model.Part
import io.heddle.model.PathPattern
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.model.about
import io.heddle.terms.Layout
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.Own
import io.heddle.terms.PostNorm
import io.heddle.terms.Sharing
import java.util.function.Consumer

/**
 * What may be changed in a model that is there.
 *
 * Choices such as `layout` hold everywhere. Verbs such as `attention("decoder/{layer}") { ... }` change what a path
 * fits, a [PathPattern]: `decoder/3/attention` is one, `decoder` all in that stack, and `*` stands for any word. A path
 * that fits nothing is told when the model is checked.
 */
@HeddleDsl
public class EditScope internal constructor(private var model: Model) {
    /** What the variant is called. */
    public var name: String
        get() = model.name
        @JvmName("name")
        set(value) {
            model = model.with(name = value)
        }

    /** Where the norm sits in every residual of every stack; reads as the first stack's. */
    public var layout: Layout
        get() = model.all<Stack>().firstOrNull()?.layout ?: PostNorm
        @JvmName("layout")
        set(value) {
            model = Parts(model).components { if (it is Stack) it.copy(layout = value) else it }
        }

    /** Which layers of every stack have the same weights; reads as the first stack's. */
    public var weights: Sharing
        get() = model.all<Stack>().firstOrNull()?.sharing ?: Own
        @JvmName("weights")
        set(value) {
            model = Parts(model).components { if (it is Stack) it.copy(sharing = value) else it }
        }

    /** Every norm of a residual, and every norm that is a component; reads as the first one's. */
    public var norm: Norm
        get() = first<AddNorm>()?.norm ?: NoNorm
        @JvmName("norm")
        set(value) {
            every<AddNorm> { it.copy(norm = value) }
            model = Parts(model).components { if (it is NormComponent) it.copy(norm = value) else it }
        }

    /** The rate after every sublayer and at every input; reads as the first residual's. */
    public var dropout: Double
        get() = first<AddNorm>()?.dropout ?: 0.0
        @JvmName("dropout")
        set(value) {
            every<AddNorm> { it.copy(dropout = value) }
            model = Parts(model).components { if (it is InputComponent) it.withDropout(value) else it }
        }

    /** The rate of probabilities in every attention; reads as the first one's. */
    public var attentionDropout: Double
        get() = first<Attending>()?.dropout ?: 0.0
        @JvmName("attentionDropout")
        set(value) {
            every<Attention> { it.copy(dropout = value) }
            every<CrossAttention> { it.copy(dropout = value) }
        }

    private inline fun <reified Kind : Part> first(): Kind? =
        Parts(model).all().firstNotNullOfOrNull { it.part as? Kind }

    private inline fun <reified Kind : Part> every(crossinline change: (Kind) -> Part) {
        val parts = Parts(model)
        model = parts.replaced(parts.all().filter { it.part is Kind }) { listOf(change(it.part as Kind)) }
    }

    /**
     * Every attention of a sequence to itself at [path]; with [heads] it is cut into so many, of which each has its own
     * keys and values.
     */
    @JvmSynthetic
    public fun attention(path: String, heads: Int? = null, configure: AttentionScope.() -> Unit = {}) {
        change<Attention>(path, "attention") { place, part ->
            AttentionScope(part.cut(heads, place.stack.width), 0).apply(configure).attention()
        }
        if (heads == null) return
        val origin = Caller.origin("attention(\"$path\", heads = $heads)")
        note<Attention>(path, origin)
        if (heads > 0) tellUneven(path, heads, origin)
    }

    /** What is at [path] has what [origin] said. */
    private inline fun <reified Kind : Part> note(path: String, origin: Origin) {
        val places = Parts(model).fitting<Kind>(PathPattern(path))
        model = model.with(origins = model.origins + Origins(places.associate { it.path to origin }))
    }

    private fun tellUneven(path: String, heads: Int, origin: Origin) {
        val said = Fact("heads", "$heads", origin.says, origin.where)
        val uneven = Parts(model).fitting<Attention>(PathPattern(path)).filter { it.stack.width % heads != 0 }
        val found =
            uneven.map { place ->
                val width = place.stack.width
                val from = widthOrigin(place.stack)
                AttentionMessages.headsDoNotDivideWidth(width, heads)
                    .at(place.path, Fact("width", "$width", from.says, from.where), said)
            }
        model = model.with(findings = model.findings + found)
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
        change<CrossAttention>(path, "crossAttention") { _, part ->
            CrossAttentionScope(part, 0).apply(configure).attention()
        }

    /** Every feed-forward at [path]. */
    @JvmSynthetic
    public fun feedForward(path: String, hidden: Int? = null, configure: FeedForwardScope.() -> Unit = {}) {
        change<FeedForward>(path, "feedForward") { _, part ->
            FeedForwardScope(part.copy(hidden = hidden ?: part.hidden)).apply(configure).feedForward()
        }
        if (hidden != null) note<FeedForward>(path, Caller.origin("feedForward(\"$path\", hidden = $hidden)"))
    }

    /** The feed-forwards that all experts at [path] are. */
    @JvmSynthetic
    public fun experts(path: String, configure: FeedForwardScope.() -> Unit): Unit =
        change<Experts>(path, "experts") { _, part ->
            part.copy(expert = FeedForwardScope(part.expert).apply(configure).feedForward())
        }

    /** Every residual that closes a sublayer at [path]. */
    @JvmSynthetic
    public fun addNorm(path: String, configure: AddNormScope.() -> Unit): Unit =
        change<AddNorm>(path, "addNorm") { _, part -> AddNormScope(part).apply(configure).addNorm() }

    private inline fun <reified Kind : Part> change(
        path: String,
        verb: String,
        crossinline change: (Placed, Kind) -> Part,
    ) {
        val parts = Parts(model)
        val places = parts.fitting<Kind>(PathPattern(path))
        if (places.isEmpty()) tellNothing(path, verb, parts.all().filter { it.part is Kind }.map { it.path })
        else model = parts.replaced(places) { listOf(change(it, it.part as Kind)) }
    }

    /** The positions, the norm and the dropout of the input named [path]. */
    @JvmSynthetic
    public fun input(path: String, configure: EditedInputScope.() -> Unit) {
        val pattern = PathPattern(path)
        val inputs = model.all<InputComponent>().filter { it !is LearnedInput }
        if (inputs.none { pattern.fits(it.name) }) return tellNothing(path, "input", inputs.map { it.name })
        model =
            Parts(model).components {
                if (it in inputs && pattern.fits(it.name))
                    EditedInputScope(it as InputComponent).apply(configure).input()
                else it
            }
    }

    /** Puts what [describe] says in the place of every sublayer at [path], and of the `addNorm()` that closes it. */
    @JvmSynthetic
    public fun replace(path: String, describe: BlockScope.() -> Unit): Unit =
        splice(path, "replace", describe) { _, described -> described }

    /** Puts what [describe] says before every sublayer at [path]. */
    @JvmSynthetic
    public fun insertBefore(path: String, describe: BlockScope.() -> Unit): Unit =
        splice(path, "insertBefore", describe) { piece, described -> described + piece }

    /** Puts what [describe] says after every sublayer at [path], and after the `addNorm()` that closes it. */
    @JvmSynthetic
    public fun insertAfter(path: String, describe: BlockScope.() -> Unit): Unit =
        splice(path, "insertAfter", describe) { piece, described -> piece + described }

    /** Puts what [join] makes of it in the place of every piece at [path]: a sublayer, and the norm that follows it. */
    private fun splice(
        path: String,
        verb: String,
        describe: BlockScope.() -> Unit,
        join: (List<Part>, List<Part>) -> List<Part>,
    ) {
        val parts = Parts(model)
        val places = parts.all().filter { PathPattern(path).fits(it.path) }
        if (places.isEmpty()) return tellNothing(path, verb, parts.all().map { it.path })
        val notes = DescriptionNotes()
        val joined =
            places
                .groupBy { it.path.removeSuffix("/norm") }
                .values
                .associate { piece ->
                    val first = piece.first()
                    val block = BlockScope(first.stack.width, 0, Defaults.around(first)).apply(describe)
                    notes.include("${first.stack.name}/${first.layer}", block.notes)
                    notes.tellShares(first.stack.width, widthOrigin(first.stack))
                    first.spot to join(piece.map { it.part }, block.parts)
                }
        val spliced = parts.replaced(places) { joined[it.spot].orEmpty() }
        // Which `addNorm()` of a layer is which has changed.
        val origins = spliced.origins + Origins(notes.origins.filterKeys { '#' !in it })
        model = spliced.with(origins = origins, findings = spliced.findings + notes.findings)
    }

    private fun widthOrigin(stack: Stack) = model.origins[if (stack.width == model.width) "" else stack.input]

    /**
     * Takes away every part at [path], with the residual that closes it; or a component of that name, with its
     * objectives.
     */
    public fun remove(path: String) {
        val pattern = PathPattern(path)
        val parts = Parts(model)
        if (model.components.any { it.name == path }) {
            val left = model.with(model.components.filterNot { it.name == path })
            model = left.with(objectives = left.objectives.filterNot { path in it.about })
            return
        }
        val places = parts.all().filter { pattern.fits(it.path) }
        if (places.isEmpty()) tellNothing(path, "remove", parts.all().map { it.path })
        else model = parts.replaced(places) { emptyList() }
    }

    /** Training leaves the weights at these [paths] as they are, too. */
    public fun freeze(vararg paths: String) {
        model = model.with(frozen = model.frozen + paths)
    }

    private fun tellNothing(path: String, verb: String, known: List<String>) {
        val origin = Caller.origin("$verb(\"$path\")")
        val said = Fact("path", path, origin.says, origin.where)
        val problem = DescriptionMessages.editFitsNothing(verb, path, known).at(model.name, said)
        model = model.with(findings = model.findings + problem)
    }

    internal fun build(): Model = model

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

    /** `input(path) { configure }`. */
    public fun input(path: String, configure: Consumer<EditedInputScope>): Unit = input(path) { configure.accept(this) }

    /** `replace(path) { describe }`. */
    public fun replace(path: String, describe: Consumer<BlockScope>): Unit = replace(path) { describe.accept(this) }

    /** `insertBefore(path) { describe }`. */
    public fun insertBefore(path: String, describe: Consumer<BlockScope>): Unit =
        insertBefore(path) { describe.accept(this) }

    /** `insertAfter(path) { describe }`. */
    public fun insertAfter(path: String, describe: Consumer<BlockScope>): Unit =
        insertAfter(path) { describe.accept(this) }
}

/** This input with another rate. */
internal fun InputComponent.withDropout(rate: Double): InputComponent =
    when (this) {
        is TokenInput -> copy(dropout = rate)
        is VectorInput -> copy(dropout = rate)
        is FrameInput -> copy(dropout = rate)
        is ImageInput -> copy(dropout = rate)
        is FeatureMapInput -> copy(dropout = rate)
        is LearnedInput -> copy(dropout = rate)
        is CopiesInput -> copy(dropout = rate)
    }
