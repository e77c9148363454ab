package io.heddle.dsl

import io.heddle.messages.PartMessages
import io.heddle.model.AddNorm
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.CopiesInput
import io.heddle.model.CrossAttention
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.LearnedInput
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Origin
import io.heddle.model.Part
import io.heddle.model.SpokenInput
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.model.word
import io.heddle.rules.ObjectiveRules
import io.heddle.terms.Initializer
import io.heddle.terms.Layout
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.Own
import io.heddle.terms.PostNorm
import io.heddle.terms.Sharing

/**
 * What may be changed in a model that is there.
 *
 * Choices such as `layout` hold everywhere. Verbs such as `attention("decoder/{layer}") { ... }` change what a path
 * fits, a [PathPattern]: `decoder/3/attention` is one, `decoder` all in that stack, and `*` stands for any word. A path
 * that fits nothing is told when the model is checked.
 */
@HeddleDsl
public class EditScope internal constructor(model: Model, origin: Origin) : EditPlacesScope(Edited(model)) {
    init {
        edited.note(origin, listOf("".word("edit")))
    }

    private val model: Model
        get() = edited.model

    private var normSaid = Origin.Unknown

    /** What the variant is called. */
    public var name: String
        get() = model.name
        @JvmName("name")
        set(value) {
            edited.set(model.with(name = value))
            edited.note(Caller.origin("name"), listOf("".word("name")))
        }

    /** Where the norm sits in every residual of every stack; reads as the first stack's. */
    public var layout: Layout
        get() = model.all<Stack>().firstOrNull()?.layout ?: PostNorm
        @JvmName("layout")
        set(value) {
            val origin = Caller.origin("layout = $value")
            edited.forget(PartMessages.normIsNeverUsed())
            edited.components(origin) { if (it is Stack) it.copy(layout = value) else it }
        }

    /** Which layers of every stack have the same weights; reads as the first stack's. */
    public var weights: Sharing
        get() = model.all<Stack>().firstOrNull()?.sharing ?: Own
        @JvmName("weights")
        set(value) {
            val origin = Caller.origin("weights = $value")
            edited.components(origin) { if (it is Stack) it.copy(sharing = value) else it }
        }

    /** Every norm of a residual, and every norm that is a component; reads as the first one's. */
    public var norm: Norm
        get() = first<AddNorm>()?.norm ?: NoNorm
        @JvmName("norm")
        set(value) {
            val origin = Caller.origin("norm = $value")
            edited.forget(PartMessages.normIsNeverUsed())
            normSaid = origin
            edited.every<AddNorm>(origin) { it.copy(norm = value) }
            edited.components(origin) { if (it is NormComponent) it.copy(norm = value) else it }
        }

    /** The rate after every sublayer and at every input; reads as the first residual's. */
    public var dropout: Double
        get() = first<AddNorm>()?.dropout ?: 0.0
        @JvmName("dropout")
        set(value) {
            val origin = Caller.origin("dropout = $value")
            edited.every<AddNorm>(origin) { it.copy(dropout = value) }
            edited.components(origin) { if (it is InputComponent) it.withDropout(value) else it }
        }

    /** The rate of probabilities in every attention; reads as the first one's. */
    public var attentionDropout: Double
        get() = first<Attending>()?.dropout ?: 0.0
        @JvmName("attentionDropout")
        set(value) {
            val origin = Caller.origin("attentionDropout = $value")
            edited.every<Attention>(origin) { it.copy(dropout = value) }
            edited.every<CrossAttention>(origin) { it.copy(dropout = value) }
        }

    private inline fun <reified Kind : Part> first(): Kind? =
        edited.parts.all().firstNotNullOfOrNull { it.part as? Kind }

    /**
     * Whether linear maps and layer norms add a trained vector, wherever a description's `bias` says so; reads as the
     * first attention's or feed-forward's.
     */
    public var bias: Boolean
        get() = around().bias
        @JvmName("bias")
        set(value) {
            val origin = Caller.origin("bias = $value")
            edited.every<Part>(origin) { it.withBias(value) }
            edited.components(origin) { it.withBias(value) }
        }

    /** How every weight matrix and table begins; reads as the first attention's or feed-forward's. */
    public var initializer: Initializer
        get() = around().initializer
        @JvmName("initializer")
        set(value) {
            val origin = Caller.origin("initializer = $value")
            edited.every<Part>(origin) { it.withInitializer(value) }
            edited.components(origin) { it.withInitializer(value) }
        }

    private fun around() = edited.parts.all().firstOrNull()?.let { Defaults.around(it) } ?: Defaults()

    /** Training leaves the weights at these [paths] as they are, too. */
    public fun freeze(vararg paths: String) {
        edited.set(model.with(frozen = model.frozen + paths))
        paths.forEach { edited.note(Caller.origin("freeze(\"$it\")"), listOf(ObjectiveRules.FROZEN + it)) }
    }

    internal fun build(): Model {
        if (normSaid != Origin.Unknown && norm != NoNorm && model.components.useNoNorm())
            edited.find(neverUsed(norm, normSaid).copy(place = model.name))
        return model
    }
}

/** This input with another rate. */
internal fun InputComponent.withDropout(rate: Double): InputComponent =
    when (this) {
        is TokenInput -> copy(dropout = rate)
        is VectorInput -> copy(dropout = rate)
        is FrameInput -> copy(dropout = rate)
        is SpokenInput -> copy(dropout = rate)
        is ImageInput -> copy(dropout = rate)
        is FeatureMapInput -> copy(dropout = rate)
        is LearnedInput -> copy(dropout = rate)
        is CopiesInput -> copy(dropout = rate)
    }
