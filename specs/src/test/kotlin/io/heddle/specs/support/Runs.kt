package io.heddle.specs.support

import io.heddle.graph.Element
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.program.ParameterLayout
import io.heddle.runtime.program.Program
import io.heddle.runtime.tensor.Precision
import io.kotest.assertions.withClue
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j

/** Gives a program what an [Interpreter] is given. */
fun Program.set(given: Map<String, Numbers>) {
    executable().graph().inputs.forEach { node ->
        val input = node.op as Op.Input
        val data = given.getValue(input.name).data
        when (input.type.element) {
            Element.Real -> setInput(input.name, data)
            Element.Index -> setInput(input.name, IntArray(data.size) { data[it].toInt() })
        }
    }
}

/** The outputs of a graph on this engine, which [Interpreter.run] gives for the same numbers. */
fun Engine.run(graph: Graph, given: Map<String, Numbers>): Map<String, Numbers> {
    val parameters = ParameterBuffer.zeros(ParameterLayout.of(graph), precision())
    parameters.tensors().forEach { (name, tensor) -> tensor.assign(given.getValue(name).array()) }
    val states = states(graph, emptyMap())
    val program = compile(graph, parameters).bind(emptyMap(), states)
    program.set(given)
    program.run()
    return graph.outputs.keys.associateWith { program.output(it).numbers() }
}

/** The same numbers, but those that floats can hold where an engine computes in floats. */
fun Map<String, Numbers>.roundedTo(precision: Precision): Map<String, Numbers> =
    when (precision) {
        Precision.DOUBLE -> this
        Precision.FLOAT -> mapValues { (_, numbers) -> numbers.map { it.toFloat().toDouble() } }
    }

/** A graph of which every value is an output, by its name in the graph's text. */
fun Graph.showingAll(): Graph = Graph(nodes, nodes.flatMap { it.outputs }.associateBy { "$it" })

fun Numbers.array(): INDArray =
    if (rank == 0) Nd4j.scalar(data[0])
    else Nd4j.createFromArray(*data).reshape(*shape.map { it.toLong() }.toLongArray())

fun INDArray.numbers(): Numbers = Numbers(shape().map { it.toInt() }, dup('c').data().asDouble())

/** Holds what an engine computes against the equations: value by value, and again with values sharing memory. */
fun Engine.shouldAgree(graph: Graph, given: Map<String, Numbers>, within: Double) {
    val numbers = given.roundedTo(precision())
    val expected = Interpreter(emptyMap()).trace(graph, numbers)
    val all = run(graph.showingAll(), numbers)
    graph.nodes.forEach { node ->
        // Nobody reads the sum of a row without a label, and backends need not compute it.
        val outputs = if (node.op is Op.CrossEntropy) node.outputs.take(1) else node.outputs
        outputs.forEach { value ->
            withClue({ "$node\n expected ${expected[value.id]}\n computed ${all["$value"]}" }) {
                largestDifference(all.getValue("$value"), expected.getValue(value.id)) shouldBeLessThan within
            }
        }
    }
    run(graph, numbers).forEach { (name, computed) ->
        withClue({ "$name with shared memory" }) {
            largestDifference(computed, all.getValue("${graph.outputs.getValue(name)}")) shouldBe 0.0
        }
    }
}
