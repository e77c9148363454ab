package io.heddle.specs.onnx

import io.heddle.graph.Op
import io.heddle.graph.Value

/** Norms and softmaxes, along whichever axes. */
val normNodes: Map<String, NodeRun> =
    mapOf(
        "LayerNormalization" to
            graphOf {
                val normed = all(Op.LayerNorm(case.number("epsilon", EPSILON)), rows(0), vector(1), vector(2))
                normed.forEachIndexed { place, value -> output(place, value) }
            },
        "RMSNormalization" to
            graphOf { output(0, op(Op.RmsNorm(case.number("epsilon", EPSILON)), rows(0), vector(1))) },
        "Softmax" to graphOf { output(0, shares(Op.Softmax)) },
        "LogSoftmax" to graphOf { output(0, shares(Op.LogSoftmax)) },
    )

/** What the operators' descriptions say where nothing is said. */
private const val EPSILON = 1e-5

/** The axes from the operator's first one on are one row. */
private fun NodeGraph.rows(place: Int): Value {
    val shape = case.input(place).shape
    val from = Math.floorMod(case.whole("axis", -1), shape.size)
    return reshape(real(place), shape.take(from) + shape.drop(from).fold(1, Int::times))
}

private fun NodeGraph.vector(place: Int): Value = reshape(real(place), listOf(case.input(place).size))

private fun NodeGraph.shares(op: Op): Value = along(case.whole("axis", -1), real(0)) { listOf(op(op, it)) }.single()
