package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.AttentionKind
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.ScoreBias
import io.heddle.graph.Value
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.HeadMixing
import io.heddle.model.Method
import io.heddle.model.Relative
import io.heddle.model.ScoreCap
import io.heddle.terms.Everything
import io.heddle.terms.Mask
import io.heddle.terms.Self
import io.heddle.terms.inLayer
import io.heddle.terms.relations
import kotlin.math.sqrt

/** Queries, keys and values, `[batch, time, heads * width]`. */
internal data class Attended(val queries: Value, val keys: Value, val values: Value)

/**
 * Where queries and keys stand.
 *
 * @property width how wide what queries are made of is
 * @property before how many keys stand before the first query's own
 * @property hidden what is hidden besides the mask, `[batch, keys]`
 */
internal class Scene(
    val queries: Place,
    val keys: Place,
    val layer: Int,
    val width: Dim,
    val before: Int,
    val hidden: Added,
)

/** The position of the first query among the keys, `index []`. */
internal fun LoweringContext.offset(scene: Scene): Value =
    if (scene.before == 0) offset(scene.queries.input) else place(scene.before)

/** Writes how queries, keys and values become what heads give, `[batch, time, heads * valueWidth]`. */
internal class MethodLowering(private val context: LoweringContext, private val inputs: InputLowering) {
    private val graph = context.graph
    private val biases = ScoreLowering(context, inputs)
    private val explicit = ExplicitScores(context)
    private val kernels = KernelLowering(context)
    private val lowRank = LowRankLowering(context)
    private val hashed = HashedLowering(context)

    fun attend(part: Attending, mask: Mask, attended: Attended, scene: Scene, spot: Spot): Value =
        attend(part, mask, Relative.None, attended, scene, spot)

    fun attend(part: Attending, mask: Mask, relative: Relative, attended: Attended, scene: Scene, spot: Spot): Value {
        val scale = scale(part)
        fun bias() = biases.all(part, mask, relative, attended, scene, scale, spot)
        fun moved() = attended.copy(queries = biases.queries(relative, attended.queries, part, spot))
        fun scored(kept: KeptKeys): Value {
            context.watch(spot.path, scene) { explicit.probabilities(part, scale, moved(), bias(), kept, spot) }
            val plain = kept == KeptKeys.All && part.cap == ScoreCap.None && part.mixing == HeadMixing.None
            return if (plain) fused(part, mask, relative, attended, scene, spot)
            else explicit.attend(part, scale, moved(), bias(), kept, spot)
        }
        return when (val method = part.method) {
            is Method.Softmax -> scored(KeptKeys.All)
            is Method.TopK -> scored(KeptKeys.Largest(method.keys))
            is Method.LowRank -> lowRank.attend(part, method, scale, attended, scene, spot)
            is Method.Kernel -> kernels.attend(part, method.map, mask, attended, scene, spot)
            is Method.Hashed -> hashed.attend(part, method, scale, mask, attended, scene, spot)
        }
    }

    private fun scale(part: Attending): Double =
        when (val scale = part.scale) {
            is AttentionScale.RootHeadWidth -> 1.0 / sqrt(part.headWidth.toDouble())
            is AttentionScale.Fixed -> scale.factor
        }

    private fun fused(
        part: Attending,
        mask: Mask,
        relative: Relative,
        attended: Attended,
        scene: Scene,
        spot: Spot,
    ): Value {
        val scale = scale(part)
        val plain = if (mask.needsOnlyPositions) mask.inLayer(scene.layer) else Everything
        val asked = if (mask.needsOnlyPositions) Everything else mask
        val bias = biases.bias(part, asked, relative, attended, scene, scale, spot)
        val kind =
            when (bias) {
                is Added.Nothing -> ScoreBias.None
                is Added.This -> if (bias.value.type.shape.rank == PAIRS) ScoreBias.ForAll else ScoreBias.ForEach
            }
        val rate = context.rate(part.dropout)
        val attention =
            AttentionKind(part.heads, part.keyValueHeads, scale, plain, kind, rate, "${spot.path}/probabilities")
        val places = listOf(scene.keys.lengths, context.offset(scene))
        val added = if (bias is Added.This) listOf(bias.value) else emptyList()
        val randomness = if (rate > 0.0) listOf(context.randomness()) else emptyList()
        val queries = biases.queries(relative, attended.queries, part, spot)
        val inputs = listOf(queries, attended.keys, attended.values) + places + added + randomness
        return graph.add(Op.Attention(attention), inputs, spot.path).first()
    }

    /** [own] for the positions that the mask of [part] calls global, [others] for all others, `[batch, time, w]`. */
    fun withGlobals(part: Attention, x: Track, own: Value, others: Value, spot: Spot): Value {
        val global = globalPositions(part, x, spot)
        return chosen(context.repeat(global, global.type.shape.rank, others.type.shape.last, spot), own, others, spot)
    }

    /** The same of weights, `[batch, heads, time, keys]`. */
    fun weightsWithGlobals(part: Attention, x: Track, own: Value, others: Value, spot: Spot): Value {
        val (_, heads, _, keys) = others.type.shape.dims
        val global = globalPositions(part, x, spot)
        val each = if (global.type.shape.rank == 1) global else context.repeat(global, 1, heads, spot)
        return chosen(context.repeat(each, each.type.shape.rank, keys, spot), own, others, spot)
    }

    /** 1 for the positions that the mask of [part] calls global, 0 for all others, `[time]` or `[batch, time]`. */
    private fun globalPositions(part: Attention, x: Track, spot: Spot): Value {
        val time = x.place.time
        val mask = globals(part.mask) and Self
        val relations = mask.relations().map { inputs.relation(it, time) }
        val diagonal = Op.MaskScores(mask, 1, 0, x.place.columns, time, time)
        val scores = graph.add(diagonal, listOf(context.offset(x.place.input)) + relations, spot.path).first()
        val shown = context.apply(Function.Exponential, scores, spot)
        val rows = context.sum(shown, shown.type.shape.rank - 1, spot)
        return if (relations.isEmpty()) context.reshape(rows, spot, time)
        else context.reshape(rows, spot, rows.type.shape[0], time)
    }

    /** [own] where [wide] is 1, [others] where it is 0. */
    private fun chosen(wide: Value, own: Value, others: Value, spot: Spot): Value {
        val difference = context.add(own, context.scale(others, -1.0, spot.path), spot)
        return context.add(others, context.multiply(difference, wide, spot), spot)
    }

    private companion object {
        /** The axes of scores that are the same for every sequence. */
        const val PAIRS = 3
    }
}

/** `[batch, time, heads * w]` as `[batch, heads, time, w]`, each of [shared] heads standing for as many as serve it. */
internal fun LoweringContext.apart(x: Value, heads: Int, shared: Int, spot: Spot): Value {
    val (batch, time, width) = x.type.shape.dims
    val own = Dim.of(shared.toLong())
    val each = width / own
    val split = permute(reshape(x, spot, batch, time, own, each), spot, 0, 2, 1, 3)
    if (shared == heads) return split
    val copies = repeat(split, 2, Dim.of((heads / shared).toLong()), spot)
    return reshape(copies, spot, batch, Dim.of(heads.toLong()), time, each)
}

/** `[batch, heads, time, w]` as `[batch, time, heads * w]`. */
internal fun LoweringContext.together(x: Value, spot: Spot): Value {
    val (batch, heads, time, width) = x.type.shape.dims
    return reshape(permute(x, spot, 0, 2, 1, 3), spot, batch, time, heads * width)
}

/** The products of each row of [x] with each row of [y], `[.., rows, rows]`. */
internal fun LoweringContext.pairs(x: Value, y: Value, spot: Spot): Value = products(ProductForm.RowsByRows, x, y, spot)

/** A vector for all heads, in a shape that adds to `[batch, time, heads * width]`. */
internal fun headed(part: Attending): Dim = Dims.heads(part.heads) * Dims.headWidth(part.headWidth)
