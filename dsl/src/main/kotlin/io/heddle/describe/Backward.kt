package io.heddle.describe

import io.heddle.dims.Dim
import io.heddle.graph.Element
import io.heddle.graph.Function
import io.heddle.graph.Graph
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.ScoreBias
import io.heddle.graph.Value

/**
 * The way back through a graph, from [ends] to its trained weights, as the engine goes it: which nodes have a gradient
 * to compute, and what their gradients read.
 */
internal class Backward(private val graph: Graph, ends: List<Value>) {
    private val changing = HashSet<Int>()
    private val reached = HashSet<Int>()

    init {
        graph.parameters.filter { (it.op as Op.Parameter).role != Role.Fixed }.forEach { changing += it.output.id }
        graph.nodes.forEach { node ->
            if (node.inputs.any { it.id in changing }) changing += node.outputs.map { it.id }
        }
        reached += ends.filter { wants(it) }.map { it.id }
        graph.nodes.reversed().forEach { node ->
            if (hasGradient(node)) reached += node.inputs.filter { wants(it) }.map { it.id }
        }
    }

    private fun wants(value: Value) = value.id in changing && value.type.element == Element.Real

    private fun hasGradient(node: Node) = node.op !is Op.Source && node.outputs.any { it.id in reached }

    /** What all gradients cost together; see [Operations.gradient]. */
    val operations: Dim by lazy {
        graph.nodes.filter { hasGradient(it) }.fold(Dim.of(0)) { sum, node -> sum + Operations.gradient(node, ::wants) }
    }

    /**
     * What is computed in the forward pass and read by a gradient, each once. Weights, inputs and constants are there
     * anyway; a value in another shape is the same value.
     */
    val kept: List<Value> by lazy {
        graph.nodes
            .filter { hasGradient(it) }
            .flatMap { read(it) }
            .map { source(it) }
            .distinct()
            .filterNot { graph.maker(it).op.let { op -> op is Op.Source || op is Op.Constant } }
    }

    private tailrec fun source(value: Value): Value {
        val maker = graph.maker(value)
        return if (maker.op is Op.Reshape) source(maker.inputs[0]) else value
    }

    private fun read(node: Node): List<Value> {
        val (inputs, outputs) = node.inputs to node.outputs
        fun others(at: Int) = if (wants(inputs[at])) inputs.filterIndexed { other, _ -> other != at } else emptyList()
        return when (val op = node.op) {
            is Op.MatMul,
            is Op.BatchMatMul,
            is Op.Multiply,
            is Op.CausalProduct -> inputs.indices.flatMap { others(it) }
            is Op.Activate,
            is Op.BiasActivate -> inputs.take(1)
            is Op.RunningCorrection -> listOf(inputs[0], inputs[2])
            is Op.LayerNorm -> inputs.take(1) + outputs.drop(1)
            is Op.RmsNorm -> inputs.take(1) + outputs.drop(1)
            is Op.AddLayerNorm -> outputs.take(1) + outputs.drop(2)
            is Op.AddRmsNorm -> outputs.take(1) + outputs.drop(2)
            is Op.Embed,
            is Op.Rotate,
            is Op.TakeLast,
            is Op.PutLast,
            is Op.Gather,
            is Op.Scatter -> inputs.drop(1)
            is Op.Attention -> inputs.take(PLACED + if (op.kind.bias == ScoreBias.None) 0 else 1) + outputs
            is Op.CrossEntropy -> inputs + outputs.drop(1)
            is Op.ChainLoss -> inputs
            is Op.Flow -> inputs + outputs
            is Op.Softmax,
            is Op.LogSoftmax -> outputs
            is Op.Largest -> outputs.drop(1)
            is Op.Apply ->
                when (op.function) {
                    Function.Exponential,
                    Function.Reciprocal,
                    Function.Root -> outputs
                    Function.Logarithm,
                    Function.Absolute -> inputs
                    Function.Held -> emptyList()
                }
            else -> emptyList() // Linear ones read nothing but the gradient that comes to them.
        }
    }

    private companion object {
        /** Queries, keys, values, lengths and offset. */
        const val PLACED = 5
    }
}
