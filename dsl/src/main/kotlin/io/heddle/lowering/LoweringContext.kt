package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.terms.Initializer
import io.heddle.terms.LayerNorm
import io.heddle.terms.Norm
import io.heddle.terms.RmsNorm

/** What every part of a lowering writes with: the graph, and the sources that are made once and read by many. */
internal class LoweringContext(val purpose: Purpose) {
    val graph = GraphBuilder()
    private val sources = HashMap<String, Value>()

    /** The source made by [op], made when first asked for. */
    private fun source(op: Op.Source): Value =
        sources.getOrPut("${op::class.simpleName} ${op.name}") { graph.first(op, op.name) }

    fun input(name: String, type: TensorType): Value = source(Op.Input(name, type))

    fun state(name: String, shape: Shape): Value = source(Op.State(name, shape))

    fun parameter(name: String, shape: Shape, start: Start, role: Role): Value =
        source(Op.Parameter(name, shape, start, role))

    fun lengths(input: String): Value = input(Names.lengths(input), TensorType.index(Dims.batch))

    /** The position of the first token of [input]: 0, or what is given when decoding. */
    fun offset(input: String): Value =
        when (purpose) {
            Purpose.Decoding -> input(Names.offset(input), TensorType.index())
            Purpose.Training,
            Purpose.Evaluation,
            Purpose.Inference,
            Purpose.Encoding ->
                sources.getOrPut("offset 0") { graph.first(Op.Constant(0.0, TensorType.index()), "start") }
        }

    fun randomness(): Value = input(Names.RANDOMNESS, TensorType.index(Dim.of(2)))

    /** The rate at which numbers are dropped for this purpose. */
    fun rate(said: Double): Double = if (purpose == Purpose.Training) said else 0.0

    fun dropout(x: Value, rate: Double, path: String): Value =
        if (rate(rate) == 0.0) x else graph.first(Op.Dropout(rate(rate), "$path/dropout"), path, x, randomness())

    fun scale(x: Value, factor: Double, path: String): Value =
        if (factor == 1.0) x else graph.first(Op.Scale(factor), path, x)

    /** `x * weight^T + bias`, with a weight of `[outputs, inputs]` that begins [factor] times as large. */
    fun linear(
        x: Value,
        outputs: Dim,
        initializer: Initializer,
        bias: Boolean,
        path: String,
        factor: Double = 1.0,
    ): Value {
        val inputs = x.type.shape.last
        val start = Start.Drawn(initializer, inputs.size, outputs.size, factor)
        val weight = parameter("$path/weight", Shape(outputs, inputs), start, Role.Matrix)
        val product = graph.first(Op.MatMul(ProductForm.RowsByRows), path, x, weight)
        return if (bias) biased(product, path) else product
    }

    fun biased(x: Value, path: String): Value {
        val bias = parameter("$path/bias", Shape(x.type.shape.last), Start.Zeros, Role.Bias)
        return graph.first(Op.Add, path, x, bias)
    }

    fun norm(x: Value, norm: Norm, bias: Boolean, path: String): Value {
        val width = Shape(x.type.shape.last)
        val gain = parameter("$path/gain", width, Start.Ones, Role.Gain)
        return when (norm) {
            is LayerNorm -> {
                val shift = if (bias) listOf(parameter("$path/bias", width, Start.Zeros, Role.Bias)) else emptyList()
                graph.add(Op.LayerNorm(norm.epsilon), listOf(x, gain) + shift, path).first()
            }
            is RmsNorm -> graph.first(Op.RmsNorm(norm.epsilon), path, x, gain)
        }
    }
}
