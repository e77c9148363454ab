package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Direction
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.Attending
import io.heddle.rules.isCausal
import io.heddle.terms.Elu
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Favor
import io.heddle.terms.FeatureMap
import io.heddle.terms.Mask
import io.heddle.terms.Relu
import io.heddle.terms.ReluFeatures
import kotlin.math.pow
import kotlin.math.sqrt

/** Writes attention by products of features: `map(Q) (map(K)^T V) / (map(Q) map(K)^T 1)` (arXiv 2006.16236). */
internal class KernelLowering(private val context: LoweringContext) {
    private val graph = context.graph

    fun attend(part: Attending, map: FeatureMap, mask: Mask, attended: Attended, scene: Scene, spot: Spot): Value {
        val queries = features(map, context.apart(attended.queries, part.heads, part.heads, spot), Side.Query, spot)
        val rawKeys = context.apart(attended.keys, part.heads, part.keyValueHeads, spot)
        val keys = shown(features(map, rawKeys, Side.Key, spot), scene, spot)
        val values = withOnes(context.apart(attended.values, part.heads, part.keyValueHeads, spot), spot)
        val sums =
            when {
                !mask.isCausal ->
                    context.products(
                        ProductForm.RowsByColumns,
                        queries,
                        context.products(ProductForm.ColumnsByColumns, keys, values, spot),
                        spot,
                    )
                context.purpose == Purpose.Decoding -> seen(mask, queries, keys, values, scene, spot)
                else -> graph.first(Op.CausalProduct(Direction.Forward), spot.path, queries, keys, values)
            }
        return context.together(divided(sums, added(map, mask, queries, spot), spot), spot)
    }

    /**
     * What is added to the divisor, as the references do: arXiv 2006.16236's code a number, arXiv 2009.14794's one for
     * each feature of a causal sum. Elsewhere it only keeps 0 from being divided by 0, where there is no key.
     */
    private fun added(map: FeatureMap, mask: Mask, queries: Value, spot: Spot): Value =
        when (map) {
            is EluPlusOne -> context.constant(TINY, Shape())
            is Favor,
            is ReluFeatures ->
                if (mask.isCausal) context.scale(context.sum(queries, LAST, spot), TINY, spot.path)
                else context.constant(NEXT_TO_NOTHING, Shape())
        }

    private enum class Side {
        Query,
        Key,
    }

    /** Keys that are padding have no features. */
    private fun shown(keys: Value, scene: Scene, spot: Spot): Value {
        val (_, heads, time, width) = keys.type.shape.dims
        val real = graph.first(Op.RealPositions(time), spot.path, scene.keys.lengths)
        val wide = context.repeat(context.repeat(real, 2, width, spot), 1, heads, spot)
        return context.multiply(keys, wide, spot)
    }

    /** The last number of a value is 1, so that what is summed for it is what the others are divided by. */
    private fun withOnes(values: Value, spot: Spot): Value {
        val ones = context.constant(1.0, Shape(values.type.shape.leading(1).dims + Dim.of(1)))
        return graph.add(Op.Concat(LAST), listOf(values, ones), spot.path).first()
    }

    private fun divided(sums: Value, added: Value, spot: Spot): Value {
        val width = sums.type.shape.last - 1L
        val over = graph.first(Op.Slice(LAST, Dim.of(0), width), spot.path, sums)
        val under = graph.first(Op.Slice(LAST, width, Dim.of(1)), spot.path, sums)
        val flat = context.reshape(under, spot, *under.type.shape.leading(1).dims.toTypedArray())
        val shifted = context.add(flat, added, spot)
        return context.multiply(
            over,
            context.repeat(context.apply(Function.Reciprocal, shifted, spot), LAST, width, spot),
            spot,
        )
    }

    /** With a cache, few queries meet all keys: their products are written down. */
    private fun seen(mask: Mask, queries: Value, keys: Value, values: Value, scene: Scene, spot: Spot): Value {
        val products = context.pairs(queries, keys, spot)
        val (_, heads, time, count) = products.type.shape.dims
        val op = Op.MaskScores(mask, heads.size.toInt(), scene.layer, scene.keys.columns, time, count)
        val shown = context.apply(Function.Exponential, graph.first(op, spot.path, context.offset(scene)), spot)
        return context.products(ProductForm.RowsByColumns, context.multiply(products, shown, spot), values, spot)
    }

    private fun features(map: FeatureMap, x: Value, side: Side, spot: Spot): Value =
        when (map) {
            is EluPlusOne ->
                context.add(graph.first(Op.Activate(Elu), spot.path, x), context.constant(1.0, Shape()), spot)
            is ReluFeatures -> {
                val (_, projected) = projected(x, map.features, map.seed, spot)
                context.add(
                    graph.first(Op.Activate(Relu), spot.path, projected),
                    context.constant(FLOOR, Shape()),
                    spot,
                )
            }
            is Favor -> favor(map, x, side, spot)
        }

    /** `headWidth^(-1/4) x`, and its products with random directions. */
    private fun projected(x: Value, features: Int, seed: Long, spot: Spot): Pair<Value, Value> {
        val width = x.type.shape.last.size
        val scaled = context.scale(x, width.toDouble().pow(-QUARTER), spot.path)
        val shape = Shape(Dims.features(features), Dims.headWidth(width.toInt()))
        val directions = context.parameter("${spot.weights}/features", shape, Start.Orthogonal(seed), Role.Fixed)
        return scaled to graph.first(Op.MatMul(ProductForm.RowsByRows), spot.path, scaled, directions)
    }

    /**
     * `(exp(w x - |x|^2 / 2 - max) + epsilon) / sqrt(features)`, with `x` times `headWidth^(-1/4)`; the largest of each
     * query, and of all keys of a head, keeps exponents small and cancels but for epsilon, so that it counts as a
     * constant (arXiv 2009.14794's code).
     */
    private fun favor(map: Favor, x: Value, side: Side, spot: Spot): Value {
        val (scaled, projected) = projected(x, map.features, map.seed, spot)
        val (batch, heads, time, count) = projected.type.shape.dims
        val squares =
            context.scale(context.sum(context.multiply(scaled, scaled, spot), LAST, spot), -1.0 / 2, spot.path)
        val exponents = context.add(projected, context.repeat(squares, LAST, count, spot), spot)
        val rows =
            when (side) {
                Side.Query -> projected
                Side.Key -> context.reshape(projected, spot, batch, heads, time * count)
            }
        val largest = graph.add(Op.Largest(1), listOf(rows), spot.path).first()
        val top =
            when (side) {
                Side.Query -> context.repeat(context.reshape(largest, spot, batch, heads, time), LAST, count, spot)
                Side.Key -> {
                    val flat = context.reshape(largest, spot, batch, heads)
                    context.repeat(context.repeat(flat, 2, time, spot), LAST, count, spot)
                }
            }
        val bounded =
            context.add(exponents, context.scale(context.apply(Function.Held, top, spot), -1.0, spot.path), spot)
        val raised =
            context.add(context.apply(Function.Exponential, bounded, spot), context.constant(SMALL, Shape()), spot)
        return context.scale(raised, 1.0 / sqrt(map.features.toDouble()), spot.path)
    }

    private companion object {
        /** The axis of a head's numbers in `[batch, heads, time, width]`. */
        const val LAST = 3
        const val QUARTER = 0.25

        /** What is added to a divisor. */
        const val TINY = 1e-6

        /** Far below any sum of features, and its inverse's square still a 32-bit number. */
        const val NEXT_TO_NOTHING = 1e-15

        /** What relu features have at least (arXiv 2009.14794's code). */
        const val FLOOR = 1e-3

        /** What is added to exponentials (arXiv 2009.14794's code). */
        const val SMALL = 1e-4
    }
}
