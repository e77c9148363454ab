package io.heddle.specs.support

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.AttentionKind
import io.heddle.graph.Direction
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.ScoreBias
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.terms.Causal
import io.heddle.terms.Gelu
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.SinusoidOrder
import kotlin.random.Random

/**
 * A decoder of two pre-norm layers, written by hand as lowering would write it, with everything that a pass could
 * stumble over: a tied table, a dead branch, a dropout at rate 0, positions computed twice, an identity activation.
 */
object SmallTransformer {
    private const val WIDTH = 4
    private const val HIDDEN = 6
    private const val VOCABULARY = 5
    private const val LAYERS = 2

    val sizes: Map<String, Long> = mapOf("batch" to 2L, "text" to 3L)

    private val time = Dims.sequence("text")
    private val width = Dims.width(WIDTH)
    private val kind =
        AttentionKind(heads = 2, keyValueHeads = 1, 0.7, Causal, ScoreBias.None, dropout = 0.2, stream = "attention")

    val graph: Graph by lazy { build() }

    /** Numbers for all inputs and weights. */
    fun given(seed: Int): Map<String, Numbers> {
        val random = Random(seed)
        val parameters = graph.parameters.map { it.op as Op.Parameter }
        val (batch, length) = sizes.getValue("batch").toInt() to sizes.getValue("text").toInt()
        return parameters.associate { it.name to Numbers.random(it.shape.bound(sizes), random) } +
            mapOf(
                "text" to Numbers.make(listOf(batch, length)) { random.nextInt(VOCABULARY).toDouble() },
                "lengths" to Numbers.indices(length, length - 1),
                "offset" to Numbers.scalar(0.0),
                "labels" to Numbers.make(listOf(batch, length)) { random.nextInt(-1, VOCABULARY).toDouble() },
                "randomness" to Numbers.indices(random.nextInt(), 7),
            )
    }

    private fun build(): Graph =
        GraphBuilder().run {
            val ids = input("text", TensorType.index(Dims.batch, time))
            val lengths = input("lengths", TensorType.index(Dims.batch))
            val offset = input("offset", TensorType.index())
            val randomness = input("randomness", TensorType.index(Dim.of(2)))
            val table = weight("table", Role.Embedding, Dims.vocabulary(VOCABULARY), width)
            val tokens = first(Op.Scale(2.0), "embedding", first(Op.Embed, "embedding", table, ids))
            val angles = first(Op.Positions(time), "embedding", offset)
            val waves = first(Op.Sinusoid(width, SinusoidOrder.Interleaved), "embedding", angles)
            var x = first(Op.Add, "embedding", tokens, waves)
            repeat(LAYERS) { layer -> x = layer("decoder/$layer", x, lengths, offset, randomness) }
            x = norm("decoder/norm", x)
            first(Op.Activate(Gelu), "unused", x)
            val logits = first(Op.MatMul(ProductForm.RowsByRows), "next", x, table)
            val labels = input("labels", TensorType.index(Dims.batch, time))
            val loss = first(Op.CrossEntropy(0.1), "loss", logits, labels)
            output("next", logits)
            output("loss", first(Op.Scale(0.5), "loss", first(Op.Scale(0.5), "loss", loss)))
            build()
        }

    private fun GraphBuilder.layer(
        path: String,
        start: Value,
        lengths: Value,
        offset: Value,
        randomness: Value,
    ): Value {
        val attended = attention("$path/attention", norm("$path/attention/norm", start), lengths, offset, randomness)
        val kept = first(Op.Dropout(0.2, "$path/attention"), "$path/attention", attended, randomness)
        val middle = first(Op.Add, "$path/attention/residual", start, kept)
        val normed = norm("$path/feedForward/norm", middle)
        val inner = linear("$path/feedForward/in", normed, Dims.hidden(HIDDEN))
        val outer = linear("$path/feedForward/out", first(Op.Activate(Gelu), "$path/feedForward", inner), width)
        val whole = first(Op.Dropout(0.0, "$path/feedForward"), "$path/feedForward", outer, randomness)
        return first(Op.Add, "$path/feedForward/residual", middle, whole)
    }

    private fun GraphBuilder.attention(
        path: String,
        x: Value,
        lengths: Value,
        offset: Value,
        randomness: Value,
    ): Value {
        val positions = first(Op.Positions(time), path, offset)
        val rotate = { heads: Int ->
            Op.Rotate(heads, 100.0, RotaryPairs.HalfSplit, RotaryScaling.None, Direction.Forward)
        }
        val queries = first(rotate(kind.heads), path, linear("$path/query", x, width), positions)
        val keys = first(rotate(kind.keyValueHeads), path, linear("$path/key", x, width / 2), positions)
        val values = linear("$path/value", x, width / 2)
        val op = Op.Attention(kind.copy(stream = path))
        return linear("$path/out", first(op, path, queries, keys, values, lengths, offset, randomness), width)
    }

    private fun GraphBuilder.linear(path: String, x: Value, outputs: Dim): Value {
        val matrix = weight("$path/weight", Role.Matrix, outputs, x.type.shape.last)
        val product = first(Op.MatMul(ProductForm.RowsByRows), path, x, matrix)
        return first(Op.Add, path, product, weight("$path/bias", Role.Bias, outputs))
    }

    private fun GraphBuilder.norm(path: String, x: Value): Value {
        val gain = weight("$path/gain", Role.Gain, width)
        return first(Op.LayerNorm(1e-3), path, x, gain, weight("$path/bias", Role.Bias, width))
    }

    private fun GraphBuilder.input(name: String, type: TensorType) = first(Op.Input(name, type), name)

    private fun GraphBuilder.weight(name: String, role: Role, vararg dims: Dim) =
        first(Op.Parameter(name, Shape(*dims), Start.Zeros, role), name)
}
