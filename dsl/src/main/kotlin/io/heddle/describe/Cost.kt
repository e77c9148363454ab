package io.heddle.describe

import io.heddle.check.ProblemsException
import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Element
import io.heddle.graph.Graph
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.lowering.Names
import io.heddle.messages.CostMessages
import java.math.BigInteger

/** What a graph costs, as formulas of its dims. [ModelCost] asks for all of a model. */
public object Cost {
    /**
     * How many numbers the weights of [graph] hold together; a shared one counts once.
     *
     * @throws ProblemsException where there are more than a Long counts
     */
    @JvmStatic
    public fun parameters(graph: Graph): Long {
        val count = graph.parameters.sumOf { size(it.output) }
        if (count.bitLength() < Long.SIZE_BITS) return count.toLong()
        throw ProblemsException(CostMessages.tooManyWeights("$count").at("parameters"))
    }

    /**
     * The floating-point operations of the products of [graph]: two for each number that is multiplied and added.
     * Attention counts every pair of a query and a key, hidden or not; what is done number by number is left out, as is
     * usual.
     */
    @JvmStatic
    public fun operations(graph: Graph): Dim = graph.nodes.fold(Dim.of(0)) { sum, node -> sum + Operations.of(node) }

    /** The floating-point operations of one node, counted as those of a graph are. */
    @JvmStatic public fun operations(node: Node): Dim = Operations.of(node)

    /**
     * The operations of [graph] and of the gradients of all its trained weights. The gradient of a product costs the
     * product again for each side that leads to a trained weight, twice in the middle of a network. That of an
     * attention computes its scores again: five products to the forward pass's two.
     */
    @JvmStatic public fun trainingOperations(graph: Graph): Dim = trainingOperations(graph, backward(graph))

    internal fun trainingOperations(graph: Graph, backward: Backward): Dim = operations(graph) + backward.operations

    /**
     * The bytes that a training step keeps from the forward pass for the backward pass, in floats: every value that a
     * gradient reads, once. What is not counted: weights, inputs and constants, which are there anyway; gradients on
     * their way; and probabilities and dropout, which are computed again.
     */
    @JvmStatic public fun activations(graph: Graph): Dim = activations(backward(graph))

    internal fun activations(backward: Backward): Dim =
        backward.kept.fold(Dim.of(0)) { sum, value -> sum + bytes(value) }

    /** From the loss; from all that a graph makes, where it has none. */
    internal fun backward(graph: Graph): Backward =
        Backward(graph, graph.outputs[Names.LOSS]?.let { listOf(it) } ?: graph.outputs.values.toList())

    /** The bytes that each decoded token of one sequence adds to the states of [decoding]: its keys and values. */
    internal fun cache(decoding: Graph): Dim =
        decoding.nodes
            .filter { node -> node.op is Op.State && Dims.capacity in node.output.type.shape.dims }
            .fold(Dim.of(0)) { sum, state -> sum + bytes(state.output) / (Dims.batch * Dims.capacity) }

    /** The bytes of all that [decoding] keeps of its sequences, once [written] is as long as its name says. */
    internal fun caches(decoding: Graph, written: String): Dim =
        decoding.nodes
            .filter { isKept(it) }
            .map { kept ->
                val grows = Dims.capacity in kept.output.type.shape.dims
                val bytes = bytes(kept.output)
                if (grows) bytes / Dims.capacity * Dims.sequence(written) else bytes
            }
            .fold(Dim.of(0)) { sum, bytes -> sum + bytes }

    /** A state of each sequence; or the keys or values of what cross-attention looks at, which are made once. */
    private fun isKept(node: Node): Boolean {
        val comes = node.op is Op.State || (node.op is Op.Input && node.output.type.element == Element.Real)
        return comes && Dims.batch in node.output.type.shape.dims
    }

    private fun bytes(value: Value): Dim =
        value.type.shape.elements.plain() *
            when (value.type.element) {
                Element.Real,
                Element.Index -> BYTES
            }

    /** The numbers of a value whose dims are all known. */
    internal fun size(value: Value): BigInteger = value.type.shape.elements.number

    /** Floats, and whole numbers of 32 bits. */
    private const val BYTES = 4L
}
