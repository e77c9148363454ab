package io.heddle.lowering

import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.Layer
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.rules.weights
import io.heddle.terms.DeepNorm
import io.heddle.terms.Ending
import io.heddle.terms.Parallel
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.ReZero
import io.heddle.terms.Reversible
import io.heddle.terms.Sandwich

/** Writes the layers of one stack, with [memories] for its cross-attentions to look at. */
internal class StackLowering(
    model: Model,
    private val context: LoweringContext,
    inputs: InputLowering,
    private val stack: Stack,
    private val memories: (String) -> Memory,
) {
    private val graph = context.graph
    private val beginnings = Beginnings(model, stack)
    private val attention = AttentionLowering(context, inputs, beginnings)
    private val feedForwards = FeedForwardLowering(context, beginnings)
    private val experts = ExpertLowering(context, beginnings)
    private val residuals = ResidualLowering(context)
    private val norms = NormLowering(context)

    /** What the routers of experts did, by path, once the stack is written. */
    val routes: Map<String, ExpertLowering.Routed>
        get() = experts.routes

    /** What each layer makes. The last norm, where the layout has one, is in [finished]. */
    fun lower(below: Track): List<Track> {
        val layout = stack.layout
        if (layout is Reversible) return reversible(layout, below)
        return stack.layers.indices
            .runningFold(below) { x, number -> layer(stack.layers[number], entered(x, number), number) }
            .drop(1)
    }

    /** Writes what the cross-attentions of the stack look at, as outputs. */
    fun encode() {
        stack.layers.forEachIndexed { number, layer ->
            layer.parts.filterIsInstance<CrossAttention>().forEach { part ->
                attention.encode(part, memories(part.from), spot(part, number))
            }
        }
    }

    /** What a layer reads: what is below, and positions that come to every layer. */
    private fun entered(x: Track, number: Int): Track =
        when (val added = x.place.everyLayer) {
            is Added.Nothing -> x
            is Added.This -> x.copy(vectors = context.add(x.vectors, added.value, Spot("${stack.name}/$number")))
        }

    private fun spot(part: Sublayer, number: Int) =
        Spot("${stack.name}/$number/${part.name}", stack.weights(part, number))

    private fun branches(layer: Layer): Pair<List<Branch>, List<Sublayer>> {
        val closed = mutableListOf<Branch>()
        val open = mutableListOf<Sublayer>()
        layer.parts.forEach { part ->
            when (part) {
                is Sublayer -> open += part
                is AddNorm -> {
                    closed += Branch(open.toList(), part)
                    open.clear()
                }
            }
        }
        return closed to open
    }

    private fun layer(layer: Layer, below: Track, number: Int): Track {
        val (closed, open) = branches(layer)
        val residuals =
            if (stack.layout is Parallel) parallel(closed, below, number)
            else closed.fold(below) { x, branch -> residual(branch, x, number) }
        return open.fold(residuals) { x, part -> x.copy(vectors = sublayer(part, x, number)) }
    }

    private fun closing(branch: Branch, number: Int): Spot = spot(branch.sublayers.last(), number)

    private fun sublayers(branch: Branch, start: Track, number: Int): Value {
        val y = branch.sublayers.fold(start) { y, part -> y.copy(vectors = sublayer(part, y, number)) }
        return residuals.branched(y.vectors, branch.close, closing(branch, number))
    }

    private fun norm(x: Track, branch: Branch, spot: Spot): Track =
        x.copy(vectors = norms.norm(x.vectors, branch.close.norm, branch.close.bias, x.place, spot))

    private fun residual(branch: Branch, x: Track, number: Int): Track {
        val spot = closing(branch, number)
        fun add(y: Value, to: Value = x.vectors) = x.copy(vectors = graph.first(Op.Add, spot.path, to, y))
        return when (stack.layout) {
            is PostNorm -> norm(add(sublayers(branch, x, number)), branch, spot / "norm")
            is PreNorm,
            is Parallel,
            is Reversible -> add(sublayers(branch, norm(x, branch, spot / "norm"), number))
            is Sandwich -> {
                val y = sublayers(branch, norm(x, branch, spot / "norm"), number)
                add(norm(x.copy(vectors = y), branch, spot / "outputNorm").vectors)
            }
            is DeepNorm -> {
                val y = sublayers(branch, x, number)
                norm(add(y, context.scale(x.vectors, beginnings.alpha, spot.path)), branch, spot / "norm")
            }
            is ReZero -> add(residuals.rezero(sublayers(branch, x, number), spot))
        }
    }

    /** All branches read the norm of the first, and are added up. */
    private fun parallel(branches: List<Branch>, x: Track, number: Int): Track {
        if (branches.isEmpty()) return x
        val first = closing(branches.first(), number)
        val normed = norm(x, branches.first(), first / "norm")
        return branches.fold(x) { sum, branch ->
            val y = sublayers(branch, normed, number)
            sum.copy(vectors = graph.first(Op.Add, closing(branch, number).path, sum.vectors, y))
        }
    }

    /** Branches add to two streams in turn, each reading the norm of the other. */
    private fun reversible(layout: Reversible, below: Track): List<Track> {
        var streams = Streams(below, below)
        return stack.layers.mapIndexed { number, layer ->
            val (closed, open) = branches(layer)
            closed.forEach { branch ->
                val spot = closing(branch, number)
                val y = sublayers(branch, norm(entered(streams.read, number), branch, spot / "norm"), number)
                streams = streams.added { it.copy(vectors = graph.first(Op.Add, spot.path, it.vectors, y)) }
            }
            open.forEach { part ->
                val y = sublayer(part, streams.read, number)
                streams = streams.replaced { it.copy(vectors = y) }
            }
            residuals.merged(layout.merged, streams, Spot("${stack.name}/$number"))
        }
    }

    private fun sublayer(part: Sublayer, x: Track, number: Int): Value {
        val spot = spot(part, number)
        return when (part) {
            is Attention -> attention.self(part, x, number, spot)
            is CrossAttention -> attention.cross(part, x, memories(part.from), number, spot)
            is FeedForward -> feedForwards.feedForward(part, x, spot)
            is Experts -> experts.experts(part, x, spot)
        }
    }
}

/**
 * [x], behind the norm after the last layer of [stack], in layouts that have one; it is of the kind of the last
 * residual's.
 */
internal fun NormLowering.finished(stack: Stack, x: Track): Track {
    val last = stack.layers.lastOrNull()?.parts?.filterIsInstance<AddNorm>()?.lastOrNull() ?: return x
    if (stack.ending == Ending.Bare) return x
    return when (stack.layout) {
        is PostNorm,
        is DeepNorm,
        is ReZero -> x
        is PreNorm,
        is Sandwich,
        is Parallel,
        is Reversible -> x.copy(vectors = norm(x.vectors, last.norm, last.bias, x.place, Spot("${stack.name}/norm")))
    }
}
