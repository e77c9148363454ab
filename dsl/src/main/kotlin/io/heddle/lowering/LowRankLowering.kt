package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.AttentionKind
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.ScoreBias
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.Attending
import io.heddle.model.Method
import io.heddle.terms.Everything
import io.heddle.terms.MixtureSharing
import io.heddle.terms.XavierUniform

/** Writes attention over mixtures of keys and of values (arXiv 2006.04768, equation 7). */
internal class LowRankLowering(private val context: LoweringContext) {
    private val graph = context.graph

    fun attend(
        part: Attending,
        method: Method.LowRank,
        scale: Double,
        attended: Attended,
        scene: Scene,
        spot: Spot,
    ): Value {
        val keys = mixed(part, method, attended.keys, "keyMixture", scene, spot)
        val values = mixed(part, method, attended.values, "valueMixture", scene, spot)
        context.watch(spot.path, scene) {
            val queries = context.apart(attended.queries, part.heads, part.heads, spot)
            val scores = context.pairs(queries, context.apart(keys, part.heads, part.keyValueHeads, spot), spot)
            graph.first(Op.Softmax, spot.path, context.scale(scores, scale, spot.path))
        }
        val rate = context.rate(part.dropout)
        val stream = "${spot.path}/probabilities"
        val kind = AttentionKind(part.heads, part.keyValueHeads, scale, Everything, ScoreBias.None, rate, stream)
        val places = listOf(context.everywhere(method.rank.toLong()), context.offset(scene))
        val randomness = if (rate > 0.0) listOf(context.randomness()) else emptyList()
        return graph
            .add(Op.Attention(kind), listOf(attended.queries, keys, values) + places + randomness, spot.path)
            .first()
    }

    /** `map x` for each sequence; for each head another map where none is shared. */
    private fun mixed(
        part: Attending,
        method: Method.LowRank,
        x: Value,
        name: String,
        scene: Scene,
        spot: Spot,
    ): Value {
        val time = x.type.shape[1]
        val real = context.unpadded(x, scene.keys, spot)
        return when (method.sharing) {
            MixtureSharing.None -> {
                val heads = part.keyValueHeads
                val sheets = context.apart(real, heads, heads, spot)
                val maps =
                    (0 until heads).map { head ->
                        context.repeat(map(method, time, spot / "$name/$head"), 0, Dim.of(1), spot)
                    }
                val all = context.repeat(graph.add(Op.Concat(0), maps, spot.path).first(), 0, Dims.batch, spot)
                context.together(context.products(ProductForm.RowsByColumns, all, sheets, spot), spot)
            }
            MixtureSharing.Heads -> together(map(method, time, spot / name), real, spot)
            MixtureSharing.KeysAndValues -> together(map(method, time, spot / "mixture"), real, spot)
            MixtureSharing.Layers ->
                together(map(method, time, Spot("${spot.path.substringBefore('/')}/mixture")), real, spot)
        }
    }

    private fun together(map: Value, x: Value, spot: Spot): Value =
        context.products(ProductForm.RowsByColumns, context.repeat(map, 0, Dims.batch, spot), x, spot)

    /** As much of the map of `[rank, length]` as [time] positions need. */
    private fun map(method: Method.LowRank, time: Dim, spot: Spot): Value {
        val (rank, length) = Dims.rank(method.rank) to Dims.positions(method.length)
        val start = Start.Drawn(XavierUniform(), length.size, rank.size, 1.0)
        val weight = context.parameter("${spot.weights}/weight", Shape(rank, length), start, Role.Matrix)
        return graph.first(Op.Slice(1, Dim.of(0), time), spot.path, weight)
    }
}
