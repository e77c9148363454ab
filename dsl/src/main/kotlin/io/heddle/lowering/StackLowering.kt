package io.heddle.lowering

import io.heddle.dims.Dims
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.CrossAttention
import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.model.Layer
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm

/** Writes the layers of one stack, with [memories] for its cross-attentions to look at. */
internal class StackLowering(
    private val context: LoweringContext,
    inputs: InputLowering,
    private val stack: Stack,
    private val memories: (String) -> Memory,
) {
    private val graph = context.graph
    private val branches = stack.layers.sumOf { layer -> layer.parts.count { it is AddNorm } }.coerceAtLeast(1)
    private val attention = AttentionLowering(context, inputs, branches)

    fun lower(below: Sequence): Sequence {
        val last = stack.layers.foldIndexed(below.vectors) { number, x, layer -> layer(layer, x, below.input, number) }
        return Sequence(finished(last), below.input)
    }

    /** Writes what the cross-attentions of the stack look at, as outputs. */
    fun encode() {
        stack.layers.forEachIndexed { number, layer ->
            layer.parts.filterIsInstance<CrossAttention>().forEach { part ->
                attention.encode(part, memories(part.from), "${stack.name}/$number/${part.name}")
            }
        }
    }

    private fun layer(layer: Layer, below: Value, input: String, number: Int): Value {
        var x = below
        val open = mutableListOf<Sublayer>()
        layer.parts.forEach { part ->
            when (part) {
                is Sublayer -> open += part
                is AddNorm -> {
                    x = residual(part, open.toList(), x, input, "${stack.name}/$number")
                    open.clear()
                }
            }
        }
        return open.fold(x) { y, sublayer -> sublayer(sublayer, y, input, "${stack.name}/$number/${sublayer.name}") }
    }

    private fun residual(close: AddNorm, open: List<Sublayer>, x: Value, input: String, layer: String): Value {
        val path = "$layer/${open.last().name}"
        fun branch(start: Value): Value {
            val y = open.fold(start) { y, sublayer -> sublayer(sublayer, y, input, "$layer/${sublayer.name}") }
            return context.dropout(y, close.dropout, path)
        }
        fun norm(value: Value) = context.norm(value, close.norm, close.bias, "$path/norm")
        return when (stack.layout) {
            is PostNorm -> norm(graph.first(Op.Add, path, x, branch(x)))
            is PreNorm -> graph.first(Op.Add, path, x, branch(norm(x)))
        }
    }

    /** The norm after the last layer, in layouts that have one; it is of the kind of the last residual's. */
    private fun finished(x: Value): Value {
        val last = stack.layers.lastOrNull()?.parts?.filterIsInstance<AddNorm>()?.lastOrNull() ?: return x
        return when (stack.layout) {
            is PostNorm -> x
            is PreNorm -> context.norm(x, last.norm, last.bias, "${stack.name}/norm")
        }
    }

    private fun sublayer(part: Sublayer, x: Value, input: String, path: String): Value =
        when (part) {
            is Attention -> attention.self(part, Sequence(x, input), path)
            is CrossAttention -> attention.cross(part, Sequence(x, input), memories(part.from), path)
            is FeedForward -> feedForward(part, x, path)
        }

    private fun feedForward(part: FeedForward, x: Value, path: String): Value {
        val hidden = Dims.hidden(part.hidden)
        fun map(name: String) = context.linear(x, hidden, part.initializer, part.bias, "$path/$name")
        val inside =
            when (part.gate) {
                Gate.None -> graph.first(Op.Activate(part.activation), path, map("up"))
                Gate.Gated ->
                    graph.first(
                        Op.Multiply,
                        path,
                        graph.first(Op.Activate(part.activation), path, map("gate")),
                        map("up"),
                    )
            }
        val kept = context.dropout(inside, part.dropout, "$path/hidden")
        return context.linear(
            kept,
            x.type.shape.last,
            part.initializer,
            part.bias,
            "$path/down",
            branchFactor(part.initializer, branches),
        )
    }
}
