package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Distance
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.Attending
import io.heddle.model.Relative
import io.heddle.terms.Everything
import io.heddle.terms.Initializer
import io.heddle.terms.Mask
import io.heddle.terms.Side
import io.heddle.terms.SinusoidOrder
import io.heddle.terms.relations
import kotlin.math.pow

/** Writes what is added to scores, `[heads, queries, keys]` or `[batch, heads, queries, keys]`. */
internal class ScoreLowering(private val context: LoweringContext, private val inputs: InputLowering) {
    private val graph = context.graph

    private fun keys(attended: Attended): Dim = attended.keys.type.shape[1]

    private fun queries(attended: Attended): Dim = attended.queries.type.shape[1]

    /** Masks that ask for more than positions, relative positions, and what is hidden besides. */
    fun bias(
        part: Attending,
        mask: Mask,
        relative: Relative,
        attended: Attended,
        scene: Scene,
        scale: Double,
        spot: Spot,
    ): Added {
        val terms =
            listOfNotNull(
                if (mask == Everything) null else masked(part, mask, attended, scene, spot),
                relative(part, relative, attended, scene, scale, spot),
                (scene.hidden as? Added.This)?.let { forEach(it.value, part, queries(attended), spot) },
            )
        return if (terms.isEmpty()) Added.Nothing else Added.This(terms.reduce { sum, term -> sum(sum, term, spot) })
    }

    /** As [bias], and padding: everything that an explicit score needs, `[batch, heads, queries, keys]`. */
    fun all(
        part: Attending,
        mask: Mask,
        relative: Relative,
        attended: Attended,
        scene: Scene,
        scale: Double,
        spot: Spot,
    ): Value {
        val real = graph.first(Op.RealPositions(keys(attended)), spot.path, scene.keys.lengths)
        val padding = forEach(context.apply(Function.Logarithm, real, spot), part, queries(attended), spot)
        return when (val bias = bias(part, mask, relative, attended, scene, scale, spot)) {
            is Added.Nothing -> padding
            is Added.This -> sum(padding, bias.value, spot)
        }
    }

    /** The taller of two comes first in a sum. */
    private fun sum(x: Value, y: Value, spot: Spot): Value =
        if (x.type.shape.rank >= y.type.shape.rank) context.add(x, y, spot) else context.add(y, x, spot)

    private fun forEach(x: Value, part: Attending, queries: Dim, spot: Spot): Value =
        context.repeat(context.repeat(x, 1, queries, spot), 1, Dim.of(part.heads.toLong()), spot)

    private fun masked(part: Attending, mask: Mask, attended: Attended, scene: Scene, spot: Spot): Value {
        val op = Op.MaskScores(mask, part.heads, scene.layer, scene.keys.columns, queries(attended), keys(attended))
        val relations = mask.relations().map { inputs.relation(it, scene.queries.time) }
        return graph.add(op, listOf(context.offset(scene)) + relations, spot.path).first()
    }

    private fun distances(distance: Distance, attended: Attended, scene: Scene, spot: Spot): Value =
        graph.first(Op.Distances(distance, queries(attended), keys(attended)), spot.path, context.offset(scene))

    private fun relative(
        part: Attending,
        relative: Relative,
        attended: Attended,
        scene: Scene,
        scale: Double,
        spot: Spot,
    ): Value? =
        when (relative) {
            is Relative.None -> null
            is Relative.Alibi -> alibi(part, attended, scene, spot)
            is Relative.Bias -> {
                val bias = inputs.bias(relative.bias)
                val distance = Distance.Buckets(bias.buckets, bias.distance, bias.side == Side.Both)
                val count = Dims.buckets(bias.buckets)
                tabled(part, distance, count, bias.initializer, attended, scene, Spot(bias.name))
            }
            is Relative.Grid -> {
                val distance = Distance.Grid(relative.size, scene.keys.columns)
                val side = 2L * relative.size - 1
                tabled(part, distance, Dim.of(side * side), relative.initializer, attended, scene, spot / "relative")
            }
            is Relative.Clipped -> clipped(part, relative, attended, scene, scale, spot)
            is Relative.Sinusoidal -> sinusoidal(part, attended, scene, scale, spot)
        }

    /** Slopes `2^(-8 h / heads)` for heads from 1 on (arXiv 2108.12409, section 3). */
    private fun alibi(part: Attending, attended: Attended, scene: Scene, spot: Spot): Value {
        val distance = graph.first(Op.Real, spot.path, distances(Distance.Plain, attended, scene, spot))
        val sheets =
            (1..part.heads).map { head ->
                val slope = 2.0.pow(-EIGHT * head / part.heads)
                context.repeat(context.scale(distance, -slope, spot.path), 0, Dim.of(1), spot)
            }
        return graph.add(Op.Concat(0), sheets, spot.path).first()
    }

    private fun tabled(
        part: Attending,
        distance: Distance,
        count: Dim,
        initializer: Initializer,
        attended: Attended,
        scene: Scene,
        spot: Spot,
    ): Value {
        val heads = Dims.heads(part.heads)
        val key = listOf("bias", spot.weights, queries(attended), keys(attended), scene.queries.input)
        return context.once(key) {
            val start = Start.Drawn(initializer, count.size, heads.size, 1.0)
            val table = context.parameter("${spot.weights}/weight", Shape(count, heads), start, Role.Embedding)
            val rows = graph.first(Op.Embed, spot.path, table, distances(distance, attended, scene, spot))
            context.permute(rows, spot, 2, 0, 1)
        }
    }

    /** Each query's product with the vector of each distance, for the distance of each key. */
    private fun clipped(
        part: Attending,
        relative: Relative.Clipped,
        attended: Attended,
        scene: Scene,
        scale: Double,
        spot: Spot,
    ): Value {
        val count = Dim.of(2L * relative.reach + 1)
        val width = Dims.headWidth(part.headWidth)
        val start = Start.Drawn(relative.initializer, count.size, width.size, 1.0)
        val table = context.parameter("${spot.weights}/relative/weight", Shape(count, width), start, Role.Embedding)
        val queries = context.apart(attended.queries, part.heads, part.heads, spot)
        val scores = graph.first(Op.MatMul(ProductForm.RowsByRows), spot.path, queries, table)
        return context.scale(
            picked(scores, distances(Distance.Clipped(relative.reach), attended, scene, spot), spot),
            scale,
            spot.path,
        )
    }

    /** `(q + v) r` for the distance of each key; `u` is in [queries] (arXiv 1901.02860, section 3.3). */
    private fun sinusoidal(part: Attending, attended: Attended, scene: Scene, scale: Double, spot: Spot): Value {
        val keys = keys(attended)
        val width = headed(part)
        val waves =
            graph.first(
                Op.Sinusoid(scene.width, SinusoidOrder.Concatenated),
                spot.path,
                graph.first(Op.Positions(keys), spot.path, context.place(0)),
            )
        val mapped = context.linear(waves, width, part.initializer, false, spot / "position")
        val heads = Dim.of(part.heads.toLong())
        val sheets = context.permute(context.reshape(mapped, spot, keys, heads, width / heads), spot, 1, 0, 2)
        val rows = context.repeat(sheets, 0, Dims.batch, spot)
        val moved = context.add(attended.queries, vector("positionBias", part, spot), spot)
        val scores = context.pairs(context.apart(moved, part.heads, part.heads, spot), rows, spot)
        return context.scale(picked(scores, distances(Distance.Plain, attended, scene, spot), spot), scale, spot.path)
    }

    private fun vector(name: String, part: Attending, spot: Spot): Value =
        context.parameter("${spot.weights}/$name", Shape(headed(part)), Start.Zeros, Role.Bias)

    /** The queries that meet the keys: with a trained vector added where positions are relative sinusoids. */
    fun queries(relative: Relative, queries: Value, part: Attending, spot: Spot): Value =
        if (relative == Relative.Sinusoidal) context.add(queries, vector("contentBias", part, spot), spot) else queries

    /** `scores [batch, heads, queries, n]` at the places `index [queries, keys]`: `[batch, heads, queries, keys]`. */
    private fun picked(scores: Value, places: Value, spot: Spot): Value {
        val (batch, heads, queries, count) = scores.type.shape.dims
        val keys = places.type.shape[1]
        val rows = context.reshape(scores, spot, batch, heads, queries, count, Dim.of(1))
        val all = context.repeat(context.repeat(places, 0, heads, spot), 0, batch, spot)
        return context.reshape(graph.first(Op.Gather, spot.path, rows, all), spot, batch, heads, queries, keys)
    }

    private companion object {
        /** The exponent that the last head's slope has. */
        const val EIGHT = 8.0
    }
}
