package io.heddle.describe

import io.heddle.dims.Dim
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Shape
import io.heddle.graph.Value

/** What a graph costs, as formulas of its dims. */
public object Cost {
    /** How many numbers the weights of [graph] hold together; a shared one counts once. */
    @JvmStatic public fun parameters(graph: Graph): Long = graph.parameters.sumOf { size(it.output) }

    /**
     * The floating-point operations of the products of [graph]: two for each number that is multiplied and added.
     * Attention counts every pair of a query and a key, hidden or not; what is done number by number is left out, as is
     * usual.
     */
    @JvmStatic
    public fun operations(graph: Graph): Dim =
        graph.nodes.fold(Dim.of(0)) { sum, node ->
            when (val op = node.op) {
                is Op.MatMul -> sum + product(op.form, node.inputs[0], node.output)
                is Op.Attention -> sum + attention(node.inputs, node.outputs)
                else -> sum
            }
        }

    /** The numbers of a value whose dims are all known. */
    internal fun size(value: Value): Long = value.type.shape.elements.size

    private fun product(form: ProductForm, left: Value, output: Value): Dim =
        when (form) {
            ProductForm.RowsByRows,
            ProductForm.RowsByColumns -> numbers(output) * plain(left.type.shape.last) * 2
            ProductForm.ColumnsByColumns -> numbers(left) * plain(output.type.shape.last) * 2
        }

    /**
     * Scores, and the values that they mix: each query meets each key, once in the width of the keys, once in that of
     * the values.
     */
    private fun attention(inputs: List<Value>, outputs: List<Value>): Dim {
        val (queries, keys) = inputs.map { it.type.shape }
        val pairs = plain(queries[0]) * plain(queries[1]) * plain(keys[1])
        return pairs * (plain(queries.last) + plain(outputs.first().type.shape.last)) * 2
    }

    private fun numbers(value: Value): Dim = Shape(value.type.shape.dims.map { plain(it) }).elements

    /** A dim whose size is known as a number, so that formulas name only what is not. */
    private fun plain(dim: Dim): Dim = if (dim.isKnown) Dim.of(dim.size) else dim
}
