package io.heddle.dsl

import io.heddle.check.Problem
import io.heddle.messages.PartMessages
import io.heddle.model.Head
import io.heddle.model.InputComponent
import io.heddle.model.Layer
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.model.Position
import io.heddle.model.RelativeBias
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.rules.ObjectiveRules
import io.heddle.terms.Ending
import io.heddle.terms.Initializer
import io.heddle.terms.Layout
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.Own
import io.heddle.terms.Sharing
import io.heddle.terms.Side
import java.util.function.BiConsumer
import java.util.function.Consumer

/**
 * What a model is made of: inputs, stacks, heads, and the choices that hold for all of them.
 *
 * The choices (`layout`, `norm`, `bias`, `dropout`, `attentionDropout`, `initializer`) are said before the first
 * component.
 */
@HeddleDsl
public class ModelScope internal constructor(description: Description) : ModelHeads(description) {
    private val defaults: Defaults
        get() = description.defaults

    private var normSaid = Origin.Unknown

    /** Where the norm sits in every residual of every stack. */
    public var layout: Layout
        get() = defaults.layout
        @JvmName("layout") set(value) = description.choose("layout", value) { copy(layout = value) }

    /** The norm of every `addNorm()`. */
    public var norm: Norm
        get() = defaults.norm
        @JvmName("norm")
        set(value) {
            normSaid = Caller.origin("norm = $value")
            description.choose("norm", value) { copy(norm = value) }
        }

    /** Whether linear maps and layer norms add a trained vector. */
    public var bias: Boolean
        get() = defaults.bias
        @JvmName("bias") set(value) = description.choose("bias", value) { copy(bias = value) }

    /**
     * The rate at which numbers are dropped after each sublayer and after positions are added (arXiv 1706.03762,
     * section 5.4).
     */
    public var dropout: Double
        get() = defaults.dropout
        @JvmName("dropout") set(value) = description.choose("dropout", value) { copy(dropout = value) }

    /** The rate at which attention probabilities are dropped. */
    public var attentionDropout: Double
        get() = defaults.attentionDropout
        @JvmName("attentionDropout")
        set(value) = description.choose("attentionDropout", value) { copy(attentionDropout = value) }

    /** How weight matrices and tables begin. */
    public var initializer: Initializer
        get() = defaults.initializer
        @JvmName("initializer") set(value) = description.choose("initializer", value) { copy(initializer = value) }

    /**
     * [layers] times what [describe] says, over [input]; the block is told the number of its layer, from 0.
     *
     * @param weights which layers have the same weights
     * @param ending whether the last norm is there, where the layout has one
     */
    @JvmSynthetic
    public fun stack(
        input: SequenceComponent,
        layers: Int,
        weights: Sharing = Own,
        ending: Ending = Ending.Normed,
        describe: BlockScope.(layer: Int) -> Unit,
    ): Unnamed<Stack> {
        val reach = ((input as? InputComponent)?.position as? Position.Learned)?.length ?: 0
        val blocks =
            List(layers.coerceIn(0, MOST_LAYERS)) { layer ->
                BlockScope(input.outputWidth, reach, defaults).apply { describe(layer) }
            }
        val said = defaults
        return description.unnamed("stack", "stack(${input.name}, layers = $layers)") { stack ->
            val notes = description.notes
            if (layers !in 1..MOST_LAYERS) notes.find(uncountable(stack, input, layers))
            blocks.forEachIndexed { layer, block -> notes.include("$stack/$layer", block.notes) }
            notes.tellShares(input.outputWidth, description.widthOrigin(input))
            Stack(stack, input.name, input.outputWidth, said.layout, ending, weights, blocks.map { Layer(it.parts) })
        }
    }

    /** A norm over [input] as a component of its own, for example after a post-norm stack. */
    @JvmSynthetic
    public fun norm(input: SequenceComponent, norm: Norm = this.norm): Unnamed<NormComponent> {
        val said = defaults
        return description.unnamed("norm", "norm(${input.name})") {
            NormComponent(it, input.name, input.outputWidth, norm, said.bias)
        }
    }

    /** Four neighbouring patches become one; see [io.heddle.model.MergedPatches]. */
    @JvmSynthetic
    public fun mergePatches(input: SequenceComponent, width: Int = 2 * input.outputWidth): Unnamed<MergedPatches> {
        val said = defaults
        return description.unnamed("mergePatches", "mergePatches(${input.name})") {
            MergedPatches(it, input.name, width, said.norm, false, said.initializer)
        }
    }

    /**
     * Trained numbers for distances, for `attention { relativeBias(...) }`; see [io.heddle.model.RelativeBias].
     *
     * @param distance from which distance on all are the same
     * @param bidirectional whether what comes after a query is told apart, too
     */
    @JvmSynthetic
    public fun relativeBias(
        heads: Int,
        buckets: Int = 32,
        distance: Int = 128,
        bidirectional: Boolean = true,
    ): Unnamed<RelativeBias> {
        val said = defaults
        val side = if (bidirectional) Side.Both else Side.Past
        return description.unnamed("relativeBias", "relativeBias(heads = $heads)") {
            RelativeBias(it, heads, buckets, distance, side, said.initializer)
        }
    }

    /**
     * Training leaves the weights at these [paths] as they are; `*` stands for one word of a path, `**` for any number.
     */
    public fun freeze(vararg paths: String) {
        description.frozen += paths
        paths.forEach { description.notes.origin(ObjectiveRules.FROZEN + it, Caller.origin("freeze(\"$it\")")) }
    }

    /** What training makes small; without it, what each head is usually trained by. */
    @JvmSynthetic
    public fun objective(describe: ObjectiveScope.() -> Unit) {
        description.objectives += ObjectiveScope().apply(describe).objectives
    }

    internal fun build(): Model {
        description.tellUnnamed()
        val components = description.components.toList()
        if (normSaid != Origin.Unknown && norm != NoNorm && components.useNoNorm())
            description.notes.find(neverUsed(norm, normSaid).copy(place = description.name))
        val trained = description.objectives.toList().ifEmpty { usualObjectives(components.filterIsInstance<Head>()) }
        val origins = Origins(description.notes.origins)
        val frozen = description.frozen.toList()
        return Model(description.name, width, components, trained, frozen, origins, description.notes.findings)
    }

    private fun uncountable(stack: String, input: SequenceComponent, layers: Int): Problem {
        val message =
            if (layers < 1) PartMessages.stackHasNoLayers(input.name)
            else PartMessages.stackHasTooManyLayers(MOST_LAYERS)
        return message.at(stack, description.fact("layers", layers, stack))
    }

    // The same for Java -------------------------------------------------------------------------------------------

    /** `val name by stack(input, layers) { describe }`. */
    public fun stack(name: String, input: SequenceComponent, layers: Int, describe: Consumer<BlockScope>): Stack =
        stack(input, layers) { describe.accept(this) }.named(name)

    /** `val name by stack(input, layers) { layer -> describe }`. */
    public fun stack(
        name: String,
        input: SequenceComponent,
        layers: Int,
        describe: BiConsumer<BlockScope, Int>,
    ): Stack = stack(input, layers) { layer -> describe.accept(this, layer) }.named(name)

    /** `val name by stack(input, layers, weights) { describe }`. */
    public fun stack(
        name: String,
        input: SequenceComponent,
        layers: Int,
        weights: Sharing,
        describe: Consumer<BlockScope>,
    ): Stack = stack(input, layers, weights) { describe.accept(this) }.named(name)

    /** `val name by stack(input, layers, weights, ending) { layer -> describe }`. */
    public fun stack(
        name: String,
        input: SequenceComponent,
        layers: Int,
        weights: Sharing,
        ending: Ending,
        describe: BiConsumer<BlockScope, Int>,
    ): Stack = stack(input, layers, weights, ending) { layer -> describe.accept(this, layer) }.named(name)

    /** `val name by norm(input, norm)`. */
    @JvmOverloads
    public fun norm(name: String, input: SequenceComponent, norm: Norm = this.norm): NormComponent =
        norm(input, norm).named(name)

    /** `val name by mergePatches(input, width)`. */
    @JvmOverloads
    public fun mergePatches(name: String, input: SequenceComponent, width: Int = 2 * input.outputWidth): MergedPatches =
        mergePatches(input, width).named(name)

    /** `val name by relativeBias(heads, buckets, distance)`, on one side or both. */
    @JvmOverloads
    public fun relativeBias(
        name: String,
        heads: Int,
        buckets: Int = 32,
        distance: Int = 128,
        side: Side = Side.Both,
    ): RelativeBias = relativeBias(heads, buckets, distance, side == Side.Both).named(name)

    /** `objective { describe }`. */
    public fun objective(describe: Consumer<ObjectiveScope>): Unit = objective { describe.accept(this) }

    private companion object {
        const val MOST_LAYERS = 10_000
    }
}
