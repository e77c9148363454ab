package io.heddle.specs.support

import io.heddle.dims.Dim
import io.heddle.graph.Element
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import kotlin.random.Random

/**
 * A graph of known sizes with numbers for its inputs, and an output `loss`.
 *
 * @property wanted the names of the real inputs whose gradients are of interest
 */
class Trial(val graph: Graph, val given: Map<String, Numbers>, val wanted: List<String>) {
    fun loss(numbers: Map<String, Numbers> = given): Double =
        Interpreter(emptyMap()).run(graph, numbers).getValue("loss")[0]

    /**
     * The gradient of the loss by the input [name], from the loss alone: the five-point rule `(8 (f(x + h) - f(x -
     * h)) - (f(x + 2h) - f(x - 2h))) / 12h`, whose error is of the order of h^4.
     */
    fun differences(name: String): Numbers {
        val at = given.getValue(name)
        return Numbers.make(at.shape) { place ->
            fun f(steps: Int) = loss(given + (name to at.with(place, at[place] + steps * STEP)))
            (8.0 * (f(1) - f(-1)) - (f(2) - f(-2))) / (12.0 * STEP)
        }
    }

    private companion object {
        const val STEP = 2e-4
    }
}

/** Writes a [Trial]: every input gets random numbers as it is made. */
class TrialBuilder(val random: Random) {
    val graph = GraphBuilder()
    val given = LinkedHashMap<String, Numbers>()
    private val wanted = mutableListOf<String>()

    /** A size in which 1 is as likely as any other. */
    fun size(upTo: Int = 4): Int = random.nextInt(1, upTo + 1)

    /** None to two dims. */
    fun leading(): List<Int> = List(random.nextInt(0, 3)) { size(3) }

    fun <T> anyOf(vararg choices: T): T = choices.random(random)

    /** An input whose gradient is wanted. */
    fun real(name: String, shape: List<Int>): Value {
        wanted += name
        return fixed(name, shape)
    }

    fun real(name: String, vararg shape: Int): Value = real(name, shape.toList())

    /** An input whose gradient is not wanted. */
    fun fixed(name: String, shape: List<Int>): Value {
        given[name] = Numbers.random(shape, random)
        return graph.first(Op.Input(name, type(Element.Real, shape)), name)
    }

    fun index(name: String, shape: List<Int>, number: () -> Int): Value {
        given[name] = Numbers.make(shape) { number().toDouble() }
        return graph.first(Op.Input(name, type(Element.Index, shape)), name)
    }

    fun index(name: String, number: Int): Value = index(name, emptyList()) { number }

    fun randomness(): Value = index("randomness", listOf(2)) { random.nextInt(0, 1_000) }

    fun first(op: Op, vararg inputs: Value): Value = graph.first(op, "op", *inputs)

    fun all(op: Op, vararg inputs: Value): List<Value> = graph.add(op, inputs.toList(), "op")

    /** Ends with a loss in which every number of [values] has a weight of its own. */
    fun build(values: List<Value>): Trial {
        val sums =
            values.mapIndexed { at, value ->
                val weights = fixed("loss/weight/$at", value.type.shape.bound(emptyMap()))
                val weighted = graph.first(Op.Multiply, "loss", value, weights)
                graph.first(Op.SumLeading(0), "loss", weighted)
            }
        graph.output("loss", sums.reduce { sum, more -> graph.first(Op.Add, "loss", sum, more) })
        return Trial(graph.build(), given, wanted)
    }

    companion object {
        fun shape(sizes: List<Int>): Shape = Shape(sizes.map { Dim.of(it.toLong()) })

        fun type(element: Element, sizes: List<Int>): TensorType = TensorType(element, shape(sizes))
    }
}
