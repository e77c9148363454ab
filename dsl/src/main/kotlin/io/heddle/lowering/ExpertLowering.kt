package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.Gate
import kotlin.math.roundToLong

/** Writes experts: the router, the way to each expert and back (arXiv 2101.03961, section 2). */
internal class ExpertLowering(private val context: LoweringContext, private val beginnings: Beginnings) {
    private val graph = context.graph

    /**
     * What a router did: scores and probabilities, `[positions, experts]`, and which experts were chosen, `index
     * [positions, topK]`, -1 for padding; [real] has 1 for real positions, 0 for padding, `[batch, time]`.
     */
    data class Routed(val scores: Value, val probabilities: Value, val chosen: Value, val real: Value)

    private val routed = LinkedHashMap<String, Routed>()

    /** What the routers did, by path. */
    val routes: Map<String, Routed>
        get() = routed

    fun experts(part: Experts, x: Track, spot: Spot): Value {
        val (batch, time, width) = x.vectors.type.shape.dims
        val count = Dims.experts(part.count)
        val positions = batch * time
        val flat = context.reshape(x.vectors, spot, positions, width)
        val scores = context.linear(flat, count, part.expert.initializer, false, spot / "router")
        val probabilities = graph.first(Op.Softmax, spot.path, scores)
        val (shares, largest) = graph.add(Op.Largest(part.topK), listOf(probabilities), spot.path)
        val real = context.real(x.place)
        val chosen = onlyReal(largest, context.reshape(real, spot, positions), spot)
        routed[spot.path] = Routed(scores, probabilities, chosen, real)
        val room = room(part, positions)
        val places = graph.first(Op.Dispatch(part.count), spot.path, chosen, counted(room, spot))
        val out = answered(part, flat, places, room, spot)
        return context.reshape(weighed(part, out, shares, spot), spot, batch, time, width)
    }

    /** What real positions chose, and -1, nobody, for padding, so that it takes no room: `(chosen + 1) * real - 1`. */
    private fun onlyReal(chosen: Value, real: Value, spot: Spot): Value {
        val counted = context.add(graph.first(Op.Real, spot.path, chosen), context.constant(1.0, Shape()), spot)
        val wide = context.repeat(real, 1, chosen.type.shape[1], spot)
        val kept = context.add(context.multiply(counted, wide, spot), context.constant(-1.0, Shape()), spot)
        return graph.first(Op.Whole, spot.path, kept)
    }

    /** `capacity * topK * positions / count`, rounded up: for how many positions each expert has room. */
    private fun room(part: Experts, positions: Dim): Dim {
        val share = (part.capacity * part.topK * THOUSANDTHS).roundToLong().coerceAtLeast(1)
        val whole = part.count * THOUSANDTHS
        val common = gcd(share, whole)
        return (positions * (share / common) + (whole / common - 1)) / (whole / common)
    }

    private tailrec fun gcd(left: Long, right: Long): Long = if (right == 0L) left else gcd(right, left % right)

    /** [room] as a number that is there when the graph runs, `index []`. */
    private fun counted(room: Dim, spot: Spot): Value =
        graph.first(Op.Whole, spot.path, context.sum(context.constant(1.0, Shape(room)), 0, spot))

    /** What each chosen expert answers, `[topK, positions, width]`; zeros where it was full. */
    private fun answered(part: Experts, x: Value, places: Value, room: Dim, spot: Spot): Value {
        val (positions, width) = x.type.shape.dims
        val choices = Dim.of(part.topK.toLong())
        val slots = Dims.experts(part.count) * room
        val byChoice = context.permute(places, spot, 1, 0)
        val copies = context.reshape(context.repeat(x, 0, choices, spot), spot, choices * positions, width)
        val chosen = context.reshape(byChoice, spot, choices * positions)
        val sent = graph.first(Op.Scatter(slots), spot.path, copies, chosen)
        val sheets = context.reshape(sent, spot, Dims.experts(part.count), room, width)
        val made = context.reshape(expert(part, part.expert, sheets, spot), spot, slots, width)
        val back = graph.first(Op.Gather, spot.path, made, chosen)
        return context.reshape(back, spot, choices, positions, width)
    }

    /** The same feed-forward for each expert, with weights of its own: `[experts, room, width]` to the same. */
    private fun expert(part: Experts, expert: FeedForward, x: Value, spot: Spot): Value {
        val hidden = Dims.hidden(expert.hidden)
        val width = x.type.shape.last
        val inner = beginnings.inner(expert.initializer)
        fun map(name: String, from: Value, to: Dim, factor: Double) = linear(part, from, to, factor, spot / name)
        fun active(value: Value) = graph.first(Op.Activate(expert.activation), spot.path, value)
        val inside =
            when (expert.gate) {
                Gate.None -> active(map("up", x, hidden, inner))
                Gate.Gated -> context.multiply(active(map("gate", x, hidden, inner)), map("up", x, hidden, inner), spot)
            }
        val kept = context.dropout(inside, expert.dropout, spot / "hidden")
        return map("down", kept, width, beginnings.last(expert.initializer))
    }

    private fun linear(part: Experts, x: Value, outputs: Dim, factor: Double, spot: Spot): Value {
        val count = Dims.experts(part.count)
        val inputs = x.type.shape.last
        val start = Start.Drawn(part.expert.initializer, inputs.size, outputs.size, factor)
        val weight = context.parameter("${spot.weights}/weight", Shape(count, outputs, inputs), start, Role.Matrix)
        val product = context.products(ProductForm.RowsByRows, x, weight, spot)
        if (!part.expert.bias) return product
        val bias = context.parameter("${spot.weights}/bias", Shape(count, outputs), Start.Zeros, Role.Bias)
        return context.add(product, context.repeat(bias, 1, x.type.shape[1], spot), spot)
    }

    /** Answers times the router's shares, which sum to 1 where there are several. */
    private fun weighed(part: Experts, answers: Value, shares: Value, spot: Spot): Value {
        val width = answers.type.shape.last
        val fair =
            if (part.topK == 1) shares
            else {
                val total = context.apply(Function.Reciprocal, context.sum(shares, 1, spot), spot)
                context.multiply(shares, context.repeat(total, 1, Dim.of(part.topK.toLong()), spot), spot)
            }
        val byChoice = context.repeat(context.permute(fair, spot, 1, 0), 2, width, spot)
        return context.sum(context.multiply(answers, byChoice, spot), 0, spot)
    }

    private companion object {
        /**
         * Capacities are told apart to a thousandth, so that a formula of whole numbers says how many positions they
         * are.
         */
        const val THOUSANDTHS = 1_000L
    }
}
