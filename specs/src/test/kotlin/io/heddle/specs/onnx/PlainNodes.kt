package io.heddle.specs.onnx

import io.heddle.graph.Direction
import io.heddle.graph.Element
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Value
import io.heddle.specs.support.Numbers
import io.heddle.terms.Activation
import io.heddle.terms.Gelu
import io.heddle.terms.GeluTanh
import io.heddle.terms.Silu
import kotlin.math.sqrt

/** Operators on each number by itself, and those that move, pick or sum numbers. */
val plainNodes: Map<String, NodeRun> =
    mapOf(
        "Gelu" to graphOf { output(0, active(gelu(case.text("approximate", "none")), real(0))) },
        "Erf" to graphOf { output(0, errorFunction(real(0))) },
        "Swish" to graphOf { output(0, swish(real(0), case.number("alpha"))) },
        "SwiGLU" to graphOf { output(0, times(swish(real(0), case.number("alpha", 1.0)), real(1))) },
        "Dropout" to graphOf { dropout() },
        "Where" to graphOf { output(0, chosen()) },
        "CumSum" to graphOf { output(0, runningSums()) },
        "TopK" to graphOf { largest() },
        "Einsum" to graphOf { output(0, sums(case.text("equation", "").replace(" ", ""))) },
    )

private fun gelu(approximate: String): Activation =
    when (approximate) {
        "none" -> Gelu
        "tanh" -> GeluTanh
        else -> error("There is no gelu of $approximate.")
    }

private fun NodeGraph.active(activation: Activation, x: Value) = op(Op.Activate(activation), x)

/** `gelu(sqrt(2) x) = x / sqrt(2) * (1 + erf(x))`, solved for the error function that gelu is made with. */
private fun NodeGraph.errorFunction(x: Value): Value {
    val gelu = active(Gelu, scale(x, sqrt(2.0)))
    val share = times(gelu, scale(apply(Function.Reciprocal, x), sqrt(2.0)))
    return add(share, constant(-1.0, shape(x)))
}

/** `x * sigmoid(alpha x) = silu(alpha x) / alpha`. */
private fun NodeGraph.swish(x: Value, alpha: Double): Value = scale(active(Silu, scale(x, alpha)), 1.0 / alpha)

/** None is trained, so nothing is dropped, whatever rate the operator names; what is kept shows in ones. */
private fun NodeGraph.dropout() {
    fun dropped(x: Value, stream: String, randomness: Value) = op(Op.Dropout(0.0, stream), x, randomness)
    val randomness = given("randomness", Numbers.indices(7, 1), Element.Index)
    output(0, dropped(real(0), "x", randomness))
    if (case.outputs.size > 1) output(1, dropped(constant(1.0, case.input(0).shape), "x", randomness))
}

/** The number of `x` or `y` stands at place 1 or 0 of a row of two. */
private fun NodeGraph.chosen(): Value {
    val count = case.input(0).size
    fun column(place: Int) = reshape(real(place), listOf(count, 1, 1))
    val places = given("places", Numbers(listOf(count, 1), case.input(0).data), Element.Index)
    return op(Op.Gather, op(Op.Concat(1), column(2), column(1)), places)
}

/** Of each place, the sum of the numbers up to it: a causal product whose queries and keys are 1. */
private fun NodeGraph.runningSums(): Value {
    val direction = if (case.whole("reverse", 0) == 1) Direction.Backward else Direction.Forward
    val x = real(0)
    val sums =
        along(case.input(1).int(0), x) { last ->
            val ones = constant(1.0, shape(last) + 1)
            val rows = op(Op.CausalProduct(direction), ones, ones, reshape(last, shape(last) + 1))
            listOf(reshape(rows, shape(last)))
        }
    return if (case.whole("exclusive", 0) == 1) add(sums.single(), scale(x, -1.0)) else sums.single()
}

private fun NodeGraph.largest() {
    val sign = if (case.whole("largest", 1) == 1) 1.0 else -1.0
    val count = case.input(1).int(0)
    val (values, places) = along(case.whole("axis", -1), scale(real(0), sign)) { all(Op.Largest(count), it) }
    output(0, scale(values, sign))
    output(1, places)
}

private fun NodeGraph.sums(equation: String): Value =
    when (equation) {
        "->" -> scale(real(0), 1.0)
        "ij->i" -> op(Op.Sum(1), real(0))
        "ij->ji" -> permute(real(0), 1, 0)
        "i,i" -> op(Op.SumLeading(0), times(real(0), real(1)))
        "bij,bjk->bik" -> op(Op.BatchMatMul(ProductForm.RowsByColumns), real(0), real(1))
        "...ii->...i" -> diagonals()
        else -> error("$equation is not said in Heddle's ops.")
    }

/** Of row `i` the number at place `i`. */
private fun NodeGraph.diagonals(): Value {
    val shape = case.input(0).shape
    val size = shape.last()
    val places = Numbers.make(shape.dropLast(1) + 1) { (it % size).toDouble() }
    return op(Op.Gather, reshape(real(0), shape + 1), given("places", places, Element.Index))
}
