package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.AttentionKind
import io.heddle.graph.Direction
import io.heddle.graph.Op
import io.heddle.graph.ScoreBias
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.CrossAttention
import io.heddle.model.Rotary
import io.heddle.terms.Everything
import io.heddle.terms.Mask
import kotlin.math.sqrt

/** Vectors inside a lowering, `[batch, time, width]`, and the input whose lengths and positions are theirs. */
internal data class Sequence(val vectors: Value, val input: String)

/** What a cross-attention looks at; its vectors are written only where they are asked for. */
internal class Memory(val input: String, vectors: () -> Value) {
    val vectors: Value by lazy(LazyThreadSafetyMode.NONE, vectors)
}

/** Writes attentions. [branches] is the number of residual branches of the stack around. */
internal class AttentionLowering(
    private val context: LoweringContext,
    private val inputs: InputLowering,
    private val branches: Int,
) {
    private val graph = context.graph

    private data class Attended(val queries: Value, val keys: Value, val values: Value)

    fun self(part: Attention, x: Sequence, path: String): Value {
        val queries = rotated(part.rotary, query(part, x.vectors, path), part.heads, x.input, path)
        val keys = rotated(part.rotary, key(part, x.vectors, path), part.keyValueHeads, x.input, path)
        val values = value(part, x.vectors, path)
        val attended =
            if (context.purpose == Purpose.Decoding) {
                val seenKeys = remember(keys, Names.keys(path), x.input, path)
                Attended(queries, seenKeys, remember(values, Names.values(path), x.input, path))
            } else {
                Attended(queries, keys, values)
            }
        return joined(part, attend(part, part.mask, attended, x.input, x.input, path), x, path)
    }

    fun cross(part: CrossAttention, x: Sequence, memory: Memory, path: String): Value {
        val queries = query(part, x.vectors, path)
        val attended =
            if (context.purpose == Purpose.Decoding) {
                val type = TensorType.real(Dims.batch, Dims.sequence(memory.input), keyValueWidth(part))
                Attended(queries, context.input(Names.keys(path), type), context.input(Names.values(path), type))
            } else {
                Attended(queries, key(part, memory.vectors, path), value(part, memory.vectors, path))
            }
        return joined(part, attend(part, Everything, attended, memory.input, x.input, path), x, path)
    }

    /** The keys and values of [part] over [memory], as outputs of their own. */
    fun encode(part: CrossAttention, memory: Memory, path: String) {
        graph.output(Names.keys(path), key(part, memory.vectors, path))
        graph.output(Names.values(path), value(part, memory.vectors, path))
    }

    private fun attend(
        part: Attending,
        mask: Mask,
        attended: Attended,
        keyInput: String,
        queryInput: String,
        path: String,
    ): Value {
        val scale =
            when (val scale = part.scale) {
                is AttentionScale.RootHeadWidth -> 1.0 / sqrt(part.headWidth.toDouble())
                is AttentionScale.Fixed -> scale.factor
            }
        val rate = context.rate(part.dropout)
        val kind =
            AttentionKind(part.heads, part.keyValueHeads, scale, mask, ScoreBias.None, rate, "$path/probabilities")
        val places = listOf(context.lengths(keyInput), context.offset(queryInput))
        val randomness = if (rate > 0.0) listOf(context.randomness()) else emptyList()
        val inputs = listOf(attended.queries, attended.keys, attended.values) + places + randomness
        return graph.add(Op.Attention(kind), inputs, path).first()
    }

    /** The heads side by side, brought back to the width of [x]. */
    private fun joined(part: Attending, heads: Value, x: Sequence, path: String): Value =
        context.linear(
            heads,
            x.vectors.type.shape.last,
            part.initializer,
            part.bias,
            "$path/output",
            branchFactor(part.initializer, branches),
        )

    private fun query(part: Attending, x: Value, path: String): Value {
        val width = Dims.heads(part.heads) * Dims.headWidth(part.headWidth)
        return context.linear(x, width, part.initializer, part.bias, "$path/query")
    }

    private fun key(part: Attending, x: Value, path: String): Value =
        context.linear(x, keyValueWidth(part), part.initializer, part.bias, "$path/key")

    private fun value(part: Attending, x: Value, path: String): Value =
        context.linear(x, keyValueWidth(part), part.initializer, part.bias, "$path/value")

    private fun keyValueWidth(part: Attending): Dim =
        Dims.keyValueHeads(part.keyValueHeads) * Dims.headWidth(part.headWidth)

    private fun rotated(rotary: Rotary, x: Value, heads: Int, input: String, path: String): Value =
        when (rotary) {
            is Rotary.None -> x
            is Rotary.Turned -> {
                val turn = Op.Rotate(heads, rotary.base, rotary.pairs, Direction.Forward)
                graph.first(turn, path, x, inputs.positions(input))
            }
        }

    /** What was decoded before, and [fresh] after it. */
    private fun remember(fresh: Value, name: String, input: String, path: String): Value {
        val state = context.state(name, Shape(Dims.batch, Dims.capacity, fresh.type.shape.last))
        return graph.first(Op.WriteAt, path, state, fresh, context.offset(input))
    }
}
