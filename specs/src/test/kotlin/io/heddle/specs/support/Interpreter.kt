package io.heddle.specs.support

import io.heddle.dims.Dim
import io.heddle.graph.Direction
import io.heddle.graph.Distance
import io.heddle.graph.Graph
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.graph.Value
import kotlin.math.round

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

    private fun size(dim: Dim) = Math.toIntExact(dim.evaluate(sizes))

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
            is Op.Attention -> AttentionEquations(op.kind, x.take(5), x.drop(5)).forward()
            is Op.AttentionGradient ->
                AttentionEquations(op.kind, x.take(5), x.drop(8)).backward(logSumExp = x[6], dout = x[7])
            is Op.CrossEntropy -> crossEntropy(x[0], x[1], op.smoothing)
            is Op.CrossEntropyGradient -> listOf(crossEntropyGradient(x[0], x[1], x[2], x[3], op.smoothing))
            is Op.Reshape -> listOf(reshape(x[0], op.shape.bound(sizes)))
            is Op.Permute -> listOf(permute(x[0], op.order))
            is Op.Slice -> listOf(slice(x[0], op.axis, size(op.start), size(op.size)))
            is Op.Pad -> listOf(pad(x[0], op.axis, size(op.before), size(op.after)))
            is Op.Concat -> listOf(concat(x, op.axis))
            is Op.Repeat -> listOf(repeat(x[0], op.axis, size(op.count)))
            is Op.Sum -> listOf(sum(x[0], op.axis))
            is Op.Gather -> listOf(gather(x[0], x[1]))
            is Op.Scatter -> listOf(scatter(size(op.rows), x[0], x[1]))
            is Op.Unfold -> listOf(unfold(x[0], op.window))
            is Op.Fold -> listOf(fold(x[0], op.window, size(op.time)))
            is Op.BatchMatMul -> listOf(batchProduct(op.form, x[0], x[1]))
            is Op.CausalProduct ->
                when (op.direction) {
                    Direction.Forward -> listOf(causalProduct(x[0], x[1], x[2]) { i, j -> j <= i })
                    Direction.Backward -> listOf(causalProduct(x[0], x[1], x[2]) { i, j -> j >= i })
                }
            is Op.Apply -> listOf(x[0].map { function(op.function, it) })
            is Op.Softmax -> listOf(softmax(x[0]))
            is Op.SoftmaxGradient -> listOf(softmaxGradient(x[0], x[1]))
            is Op.LogSoftmax -> listOf(logSoftmax(x[0]))
            is Op.Largest -> largest(op.count, x[0])
            is Op.Sort -> listOf(sorted(x[0]))
            is Op.Real -> listOf(x[0])
            is Op.Whole -> listOf(x[0].map { round(it) })
            is Op.RealPositions -> listOf(realPositions(size(op.time), x[0]))
            is Op.MaskScores -> {
                val pairs = listOf(op.heads, size(op.queries), size(op.keys))
                val shape = x.drop(1).take(1).map { it.shape[0] } + pairs
                listOf(maskScores(op, shape, size(op.columns), x[0].int(0), x.drop(1)))
            }
            is Op.Distances -> {
                val (queries, keys) = size(op.queries) to size(op.keys)
                val columns = (op.distance as? Distance.Grid)?.let { size(it.columns) } ?: 1
                listOf(
                    Numbers.make(listOf(queries, keys)) {
                        distance(op.distance, columns, x[0].int(0) + it / keys, it % keys).toDouble()
                    }
                )
            }
            is Op.GridWaves -> listOf(gridWaves(size(op.rows), size(op.columns), size(op.width)))
            is Op.Flow -> listOf(flow(op.steps, size(op.time), x))
            is Op.FlowGradient -> flowGradient(op.steps, x.take(5), x[6])
            is Op.Spread -> listOf(spread(size(op.time), x[0], x[1]))
            is Op.Dispatch -> listOf(dispatch(op.experts, x[0], x[1].int(0)))
            is Op.Match -> listOf(match(x[0], x[1]))
            is Op.ChainLoss -> listOf(Numbers.scalar(ChainEquations(op.beam, x[0], x[1], x[2], x[3]).loss()))
            is Op.ChainLossGradient -> ChainEquations(op.beam, x[0], x[1], x[2], x[3]).gradient(x[4][0])
            is Op.Blend -> listOf(blend(x[0], x[1], op.momentum))
            is Op.RunningCorrection -> listOf(x[0])
            is Op.RunningCorrectionGradient -> corrected(x[0], x[1], x[2], x[3], op.momentum)
            is Op.Remember -> listOf(remember(x[0], x[1]))
            is Op.BiasActivate -> listOf(pairwise(x[0], x[1], Double::plus).map { activation(op.activation, it) })
            is Op.BiasActivateGradient -> {
                val sum = pairwise(x[0], x[1], Double::plus)
                listOf(pairwise(x[2], sum) { dy, at -> dy * derivative(op.activation, at) })
            }
            is Op.ActivateWithSlope -> {
                val sum = if (x.size > 1) pairwise(x[0], x[1], Double::plus) else x[0]
                listOf(sum.map { derivative(op.activation, it) }, sum.map { activation(op.activation, it) })
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
