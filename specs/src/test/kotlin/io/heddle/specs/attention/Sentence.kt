package io.heddle.specs.attention

import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.lowering.Names
import io.heddle.model.CopiesInput
import io.heddle.model.Logits
import io.heddle.model.Method
import io.heddle.model.Model
import io.heddle.model.Position
import io.heddle.model.SpokenInput
import io.heddle.model.TokenInput
import io.heddle.rules.AttentionPlace
import io.heddle.rules.attentions
import io.heddle.runtime.pass.Passes
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.program.ParameterLayout
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.array
import io.heddle.specs.support.bound
import io.heddle.specs.support.numbers
import io.heddle.specs.support.set
import kotlin.random.Random

/** Sentences for a model of texts to read, and weights for it: two of them, one of which has padding. */
class Sentence(private val model: Model, seed: Int) {
    private val random = Random(seed)
    private val time = minOf(LONG, model.positions())

    val sizes: Map<String, Long> =
        mapOf("batch" to 2L) + model.components.map { it.name }.associateWith { time.toLong() }

    /** How many positions of each are real, in every input. */
    val lengths: List<Int> = listOf(time, (time + 1) / 2)

    /** Numbers for all that [graph] reads, weights and states included. */
    fun given(graph: Graph): Map<String, Numbers> {
        val start = ParameterBuffer.initialized(graph, Precision.DOUBLE, 1)
        return graph.nodes
            .mapNotNull { node ->
                when (val op = node.op) {
                    is Op.Input -> op.name to input(op)
                    is Op.State -> op.name to Numbers.random(op.shape.bound(sizes), random)
                    is Op.Parameter ->
                        op.name to
                            if (op.role == Role.Fixed) start.tensor(op.name).numbers()
                            else Numbers.random(op.shape.bound(sizes), random).map { it / 2 }
                    else -> null
                }
            }
            .toMap()
    }

    private fun input(op: Op.Input): Numbers {
        val shape = op.type.shape.bound(sizes)
        val input = model.components.find { it.name == op.name.substringBefore('/') }
        val below =
            when (op.name.substringAfter('/', "")) {
                "" -> (input as? TokenInput)?.vocabulary ?: 2
                "segments" -> (input as TokenInput).segments
                "remembered" -> 4
                "copies" -> (input as Logits).vocabulary
                else -> {
                    check(op.name == Names.lengths(op.name.substringBefore('/'))) { op.name }
                    return Numbers.indices(*lengths.toIntArray())
                }
            }
        return Numbers.make(shape) { random.nextInt(below).toDouble() }
    }

    private companion object {
        const val LONG = 6

        /** How many positions a model has at the least, of what it learns about each. */
        fun Model.positions(): Int {
            val learned =
                components.mapNotNull {
                    when (it) {
                        is TokenInput -> it.position
                        is CopiesInput -> it.position
                        is SpokenInput -> it.position
                        else -> null
                    }
                }
            val mixed = attentions().map(::method).filterIsInstance<Method.LowRank>().map { it.length }
            return (learned.filterIsInstance<Position.Learned>().map { it.length } + mixed).minOrNull() ?: LONG
        }

        fun method(place: AttentionPlace): Method = place.attention.method
    }
}

/** What [graph] gives on this engine, after the passes that every graph of a model goes through. */
fun Engine.outputs(graph: Graph, sizes: Map<String, Long>, given: Map<String, Numbers>): Map<String, Numbers> {
    val ready = Passes.beforeDifferentiation().apply(graph)
    val parameters = ParameterBuffer.zeros(ParameterLayout.of(ready), precision())
    parameters.tensors().forEach { (name, tensor) -> tensor.assign(given.getValue(name).array()) }
    val executable = compile(ready, parameters)
    val states = states(ready, sizes)
    ready.nodes
        .mapNotNull { it.op as? Op.State }
        .forEach { states.tensor(it.name).assign(given.getValue(it.name).array()) }
    val program = executable.bind(sizes, states)
    program.set(given)
    program.run()
    return ready.outputs.keys.associateWith { program.output(it).numbers() }
}
