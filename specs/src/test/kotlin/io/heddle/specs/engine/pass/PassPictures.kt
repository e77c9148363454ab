package io.heddle.specs.engine.pass

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.runtime.pass.Pass
import io.kotest.matchers.shouldBe

/** What a pass makes of the graph that [write] writes: one line a computing node, and the outputs. */
fun Pass.of(write: GraphBuilder.() -> Unit): String {
    val after = apply(GraphBuilder().apply(write).build())
    val nodes =
        after.nodes
            .filter { it.op !is Op.Source }
            .map { node -> "${node.outputs.joinToString()} = ${node.op}(${node.inputs.joinToString()})" }
    return (nodes + after.outputs.map { (name, value) -> "$name: $value" }).joinToString("\n")
}

infix fun String.shouldRead(lines: String) {
    this shouldBe lines.trimIndent()
}

/** `[batch, 4]` */
fun GraphBuilder.matrix(name: String): Value = first(Op.Input(name, TensorType.real(Dims.batch, Dim.of(4))), name)

/** `[4]` */
fun GraphBuilder.vector(name: String): Value = first(Op.Input(name, TensorType.real(Dim.of(4))), name)

fun GraphBuilder.randomness(): Value = first(Op.Input("randomness", TensorType.index(Dim.of(2))), "randomness")

fun GraphBuilder.node(op: Op, vararg inputs: Value): Value = first(op, "here", *inputs)
