package io.heddle.specs.support

import io.heddle.graph.Graph
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.graph.Value

/**
 * Runs a graph by the equations that its ops document, in plain loops over doubles: slow, short, and written without a
 * look at any backend. It is what gradients, passes and backends are compared with.
 *
 * What comes from outside - inputs, parameters and states - is given by name; a state that is not given is zero.
 *
 * @property sizes what the symbols of dims are worth: `batch` to 2
 */
class Interpreter(private val sizes: Map<String, Long>) {
    /** The numbers of the graph's outputs, by name. */
    fun run(graph: Graph, given: Map<String, Numbers>): Map<String, Numbers> {
        val values = trace(graph, given)
        return graph.outputs.mapValues { (_, value) -> values.getValue(value.id) }
    }

    /** The numbers of every value, by id. */
    fun trace(graph: Graph, given: Map<String, Numbers>): Map<Int, Numbers> {
        val values = LinkedHashMap<Int, Numbers>()
        graph.nodes.forEach { node ->
            val made = compute(node.op, node.inputs.map { values.getValue(it.id) }, given)
            check(made.size == node.outputs.size) { "${made.size} outputs of $node" }
            node.outputs.zip(made) { value, numbers ->
                check(numbers.shape == shape(value)) { "${numbers.shape} is not the shape of $value in $node" }
                values[value.id] = numbers
            }
        }
        return values
    }

    /** The numbers that one node makes of its inputs. */
    fun compute(node: Node, inputs: List<Numbers>): List<Numbers> = compute(node.op, inputs, emptyMap())

    private fun shape(value: Value) = value.type.shape.bound(sizes)

    private fun given(name: String, given: Map<String, Numbers>) =
        requireNotNull(given[name]) { "\"$name\" is not given, only ${given.keys}" }

    private fun compute(op: Op, x: List<Numbers>, given: Map<String, Numbers>): List<Numbers> =
        when (op) {
            is Op.Input -> listOf(given(op.name, given))
            is Op.Parameter -> listOf(given(op.name, given))
            is Op.State -> listOf(given[op.name] ?: Numbers.zeros(op.shape.bound(sizes)))
            is Op.Constant -> listOf(Numbers.filled(op.type.shape.bound(sizes), op.value))
            is Op.MatMul -> listOf(product(op.form, x[0], x[1]))
            is Op.Add -> listOf(pairwise(x[0], x[1]) { left, right -> left + right })
            is Op.Multiply -> listOf(pairwise(x[0], x[1]) { left, right -> left * right })
            is Op.Scale -> listOf(x[0].map { it * op.factor })
            is Op.SumLeading -> listOf(sumLeading(x[0], op.kept))
            is Op.Activate -> listOf(x[0].map { activation(op.activation, it) })
            is Op.ActivateGradient -> listOf(pairwise(x[1], x[0]) { dy, at -> dy * derivative(op.activation, at) })
            is Op.Dropout -> listOf(dropout(op, x[0], x[1]))
            is Op.LayerNorm -> layerNorm(x[0], x[1], x.getOrNull(2), op.epsilon)
            is Op.LayerNormGradient -> layerNormGradient(x[0], x[1], x[2], x[3], x[4])
            is Op.RmsNorm -> rmsNorm(x[0], x[1], op.epsilon)
            is Op.RmsNormGradient -> rmsNormGradient(x[0], x[1], x[2], x[3])
            is Op.Embed -> listOf(embed(x[0], x[1]))
            is Op.EmbedGradient -> listOf(embedGradient(op.rows.evaluate(sizes).toInt(), x[0], x[1]))
            is Op.Positions -> listOf(positions(op.time.evaluate(sizes).toInt(), x[0]))
            is Op.Sinusoid -> listOf(sinusoid(op.width.evaluate(sizes).toInt(), op.order, x[0]))
            is Op.Rotate -> listOf(rotate(op, x[0], x[1]))
            is Op.TakeLast -> listOf(takeLast(x[0], x[1]))
            is Op.PutLast -> listOf(putLast(op.time.evaluate(sizes).toInt(), x[0], x[1]))
            is Op.WriteAt -> listOf(writeAt(x[0], x[1], x[2]))
            is Op.Attention -> AttentionEquations(op.kind, x.take(5), x.getOrNull(5)).forward()
            is Op.AttentionGradient ->
                AttentionEquations(op.kind, x.take(5), x.getOrNull(8)).backward(logSumExp = x[6], dout = x[7])
            is Op.CrossEntropy -> crossEntropy(x[0], x[1], op.smoothing)
            is Op.CrossEntropyGradient -> listOf(crossEntropyGradient(x[0], x[1], x[2], x[3], op.smoothing))
            is Op.BiasActivate -> listOf(pairwise(x[0], x[1], Double::plus).map { activation(op.activation, it) })
            is Op.BiasActivateGradient -> {
                val sum = pairwise(x[0], x[1], Double::plus)
                listOf(pairwise(x[2], sum) { dy, at -> dy * derivative(op.activation, at) })
            }
            is Op.AddLayerNorm -> {
                val sum = pairwise(x[0], x[1], Double::plus)
                listOf(sum) + layerNorm(sum, x[2], x.getOrNull(3), op.epsilon)
            }
            is Op.AddRmsNorm -> {
                val sum = pairwise(x[0], x[1], Double::plus)
                listOf(sum) + rmsNorm(sum, x[2], op.epsilon)
            }
        }
}
