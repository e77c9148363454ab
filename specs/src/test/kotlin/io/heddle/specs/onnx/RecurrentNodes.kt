package io.heddle.specs.onnx

import io.heddle.graph.Direction
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Value
import kotlin.math.sqrt

/**
 * Linear attentions: `y = scale * q S` of a state to which every position adds `k^T v`. Without decay it is Heddle's
 * causal product; states that decay, or are corrected by the delta rule, are written out position by position.
 */
val recurrentNodes: Map<String, NodeRun> =
    mapOf(
        "LinearAttention" to
            graphOf {
                val heads = case.whole("kv_num_heads", 0)
                val queries = apart(scale(real(QUERY), factor()), case.whole("q_num_heads", 0))
                val keys = apart(real(KEY), heads)
                val values = apart(real(VALUE), heads)
                if (case.text("update_rule", GATED_DELTA) == "linear") linear(queries, keys, values)
                else stepByStep(queries, keys, values)
            }
    )

private const val GATED_DELTA = "gated_delta"
private const val QUERY = 0
private const val KEY = 1
private const val VALUE = 2
private const val PAST = 3
private const val DECAY = 4
private const val BETA = 5
private const val TIME = 2

private fun NodeGraph.factor(): Double {
    val said = case.number("scale", 0.0)
    return if (said == 0.0) 1.0 / sqrt((case.input(QUERY).last / case.whole("q_num_heads", 0)).toDouble()) else said
}

private fun NodeGraph.linear(queries: Value, keys: Value, values: Value) {
    output(0, together(op(Op.CausalProduct(Direction.Forward), queries, keys, values)))
    output(1, op(Op.BatchMatMul(ProductForm.ColumnsByColumns), keys, values))
}

/** What a position does to a state, by the rule that the operator names. */
private fun NodeGraph.stepByStep(queries: Value, keys: Value, values: Value) {
    val (batch, heads, time, width) = shape(keys)
    val valueWidth = shape(values).last()
    val rule = case.text("update_rule", GATED_DELTA)
    val decays = if ("gated" in rule) decays(heads, width) else null
    val beta = if ("delta" in rule) beta(heads, valueWidth) else null
    fun at(x: Value, position: Int) = slice(x, TIME, position, 1)
    var state =
        if (case.inputOrNull(PAST) == null) constant(0.0, listOf(batch, heads, width, valueWidth)) else real(PAST)
    val outputs =
        (0 until time).map { position ->
            val key = at(keys, position)
            val decayed =
                if (decays == null) state
                else times(repeat(reshape(at(decays, position), listOf(batch, heads, width)), LAST, valueWidth), state)
            val value = at(values, position)
            val added =
                if (beta == null) value
                else {
                    val known = op(Op.BatchMatMul(ProductForm.RowsByColumns), key, decayed)
                    times(add(value, scale(known, -1.0)), at(beta, position))
                }
            state = add(decayed, op(Op.BatchMatMul(ProductForm.ColumnsByColumns), key, added))
            op(Op.BatchMatMul(ProductForm.RowsByColumns), at(queries, position), shared(state, shape(queries)[1]))
        }
    output(0, together(op(Op.Concat(TIME), *outputs.toTypedArray())))
    output(1, state)
}

/** The state of each query head: neighbouring ones share one. */
private fun NodeGraph.shared(state: Value, queryHeads: Int): Value {
    val (batch, heads, width, valueWidth) = shape(state)
    return reshape(repeat(state, 2, queryHeads / heads), listOf(batch, queryHeads, width, valueWidth))
}

/** `[batch, heads, time, width]`: the shares of a state that are left, one for each number of a key or all. */
private fun NodeGraph.decays(heads: Int, width: Int): Value {
    val left = apply(Function.Exponential, apart(real(DECAY), heads))
    return if (shape(left).last() == width) left
    else reshape(repeat(left, LAST, width), shape(left).dropLast(1) + width)
}

/** `[batch, heads, time, width]`. */
private fun NodeGraph.beta(heads: Int, width: Int): Value {
    val numbers = case.input(BETA)
    val (batch, time, own) = numbers.shape
    val each = if (own == heads) apart(real(BETA), heads) else permute(repeat(real(BETA), 1, heads), 0, 1, 2, LAST)
    return repeat(reshape(each, listOf(batch, heads, time)), LAST, width)
}

private const val LAST = 3
