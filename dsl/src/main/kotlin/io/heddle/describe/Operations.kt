package io.heddle.describe

import io.heddle.dims.Dim
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Shape
import io.heddle.graph.Value

/**
 * The floating-point operations of one node: two for each number that is multiplied and added. What is done number by
 * number, row by row or place by place is left out, as is usual.
 */
internal object Operations {
    private val none = Dim.of(0)

    fun of(node: Node): Dim =
        when (val op = node.op) {
            is Op.MatMul -> product(op.form, node.inputs[0], node.output)
            is Op.BatchMatMul -> products(op.form, node.inputs[0], node.output)
            is Op.CausalProduct -> causal(node)
            is Op.Attention -> scores(node) + mixtures(node, shape(node.outputs[0]).last)
            is Op.AttentionGradient -> gradient(node, shape(node.inputs[5]).last)
            is Op.Flow -> flow(op.steps, node, node.output)
            is Op.FlowGradient -> flow(op.steps, node, node.inputs[5]) * AGAIN
            is Op.ChainLoss -> chain(op.beam, node)
            is Op.ChainLossGradient -> chain(op.beam, node) * AGAIN
            is Op.Source,
            is Op.Writer,
            is Op.Constant,
            is Op.Add,
            is Op.Multiply,
            is Op.Scale,
            is Op.SumLeading,
            is Op.Activate,
            is Op.ActivateGradient,
            is Op.Dropout,
            is Op.LayerNorm,
            is Op.LayerNormGradient,
            is Op.RmsNorm,
            is Op.RmsNormGradient,
            is Op.Embed,
            is Op.EmbedGradient,
            is Op.Positions,
            is Op.Sinusoid,
            is Op.Rotate,
            is Op.TakeLast,
            is Op.PutLast,
            is Op.CrossEntropy,
            is Op.CrossEntropyGradient,
            is Op.Reshape,
            is Op.Permute,
            is Op.Slice,
            is Op.Pad,
            is Op.Concat,
            is Op.Repeat,
            is Op.Sum,
            is Op.Gather,
            is Op.Scatter,
            is Op.Unfold,
            is Op.Fold,
            is Op.Apply,
            is Op.Softmax,
            is Op.SoftmaxGradient,
            is Op.LogSoftmax,
            is Op.Largest,
            is Op.Sort,
            is Op.Real,
            is Op.Whole,
            is Op.RealPositions,
            is Op.MaskScores,
            is Op.Distances,
            is Op.GridWaves,
            is Op.Spread,
            is Op.Dispatch,
            is Op.Match,
            is Op.RunningCorrection,
            is Op.RunningCorrectionGradient,
            is Op.BiasActivate,
            is Op.BiasActivateGradient,
            is Op.ActivateWithSlope,
            is Op.AddLayerNorm,
            is Op.AddRmsNorm -> none
        }

    /**
     * What the gradient of [node] costs, where those of the inputs are asked for that [wants] tells. A product costs
     * its forward pass once for each such input. An attention computes its scores again, and has two products more for
     * its values and two for its queries and keys: `2 * batch * query * key * (3 * heads * w + 2 * heads * v)`. A chain
     * and a flow are computed again and cost twice as much beside.
     */
    fun gradient(node: Node, wants: (Value) -> Boolean): Dim =
        when (node.op) {
            is Op.MatMul,
            is Op.BatchMatMul,
            is Op.CausalProduct -> of(node) * node.inputs.count(wants).toLong()
            is Op.Attention -> gradient(node, shape(node.outputs[0]).last)
            is Op.Flow,
            is Op.ChainLoss -> of(node) * AGAIN
            else -> none // What costs nothing has a gradient that costs nothing.
        }

    private fun shape(value: Value): Shape = Shape(value.type.shape.dims.map { it.plain() })

    private fun product(form: ProductForm, left: Value, output: Value): Dim =
        when (form) {
            ProductForm.RowsByRows,
            ProductForm.RowsByColumns -> shape(output).elements * shape(left).last * TWO
            ProductForm.ColumnsByColumns -> shape(left).elements * shape(output).last * TWO
        }

    private fun products(form: ProductForm, left: Value, output: Value): Dim =
        when (form) {
            ProductForm.RowsByRows,
            ProductForm.RowsByColumns -> shape(output).elements * shape(left).last * TWO
            ProductForm.ColumnsByColumns -> shape(output).elements * shape(left).trailing(2)[0] * TWO
        }

    /** A running sum of `k v^T` that each position adds to, and each query reads. */
    private fun causal(node: Node): Dim {
        val (queries, _, values) = node.inputs.map { shape(it) }
        return queries.elements * values.last * TWO * 2
    }

    private fun pairs(node: Node): Dim {
        val (queries, keys) = node.inputs.map { shape(it) }
        return queries[0] * queries[1] * keys[1]
    }

    /** Each query meets each key, hidden or not, in the width of both. */
    private fun scores(node: Node): Dim = pairs(node) * shape(node.inputs[0]).last * TWO

    /** Each query takes a share of each value, in the values' [width]. */
    private fun mixtures(node: Node, width: Dim): Dim = pairs(node) * width * TWO

    private fun gradient(node: Node, width: Dim): Dim = scores(node) * AGAIN + mixtures(node, width) * 2

    /** Four slopes a step, and [steps] from each position to the next: `down(tanh(up([p, t])))`. */
    private fun flow(steps: Int, node: Node, path: Value): Dim {
        val up = shape(node.inputs[1])
        val slope = up.elements * TWO + shape(node.inputs[DOWN]).elements * TWO
        return (shape(path)[0] - 1) * slope * (SLOPES * steps)
    }

    /** Each of the best words of a position meets each of the position before. */
    private fun chain(beam: Int, node: Node): Dim {
        val (scores, left) = node.inputs.map { shape(it) }
        return scores[0] * scores[1] * left.last * (TWO * beam * beam)
    }

    private const val TWO = 2L

    /** What is computed again for its gradient, and two products for each of its own. */
    private const val AGAIN = 3L
    private const val SLOPES = 4L
    private const val DOWN = 3
}
