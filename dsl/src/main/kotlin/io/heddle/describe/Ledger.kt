package io.heddle.describe

import io.heddle.dims.Dim
import io.heddle.graph.Graph
import io.heddle.graph.Node
import io.heddle.graph.Op
import java.math.BigInteger

/** What the parts of a model own and do, by their paths in its graphs. */
internal class Ledger(inference: Graph, training: Graph, inputs: Set<String>) {
    private val weights = weights(inference, training)
    private val readers = readers(inference) + readers(training)
    private val nodes = inference.nodes

    /**
     * The weights that the nodes inside of [path] read, by name; a weight that nobody reads is inside of its own name.
     */
    private val sizes = weights.associate { (it.op as Op.Parameter).name to Cost.size(it.output) }

    /**
     * Those of an input are its own, whoever reads them first; a table may be read by inputs that are tied to it alone.
     */
    private val owners =
        sizes.keys.associateWith { name ->
            if (name.substringBefore('/') in inputs) name else readers[name]?.first() ?: name
        }

    private fun readers(graph: Graph): Map<String, List<String>> {
        val paths = LinkedHashMap<String, MutableList<String>>()
        graph.nodes.forEach { node ->
            node.inputs.forEach { value ->
                val op = graph.maker(value).op
                if (op is Op.Parameter) paths.getOrPut(op.name) { mutableListOf() } += node.path
            }
        }
        return paths
    }

    private fun inside(path: String, of: String) = path == of || path.startsWith("$of/")

    /** How many numbers the weights hold that are first read inside of [path]. */
    fun owned(path: String): BigInteger = sizes.filterKeys { inside(owners.getValue(it), path) }.values.sumOf { it }

    /** How many numbers the weights hold that are read inside of [path], and before by others. */
    fun borrowed(path: String): BigInteger =
        sizes
            .filterKeys { name ->
                !inside(owners.getValue(name), path) && readers[name].orEmpty().any { inside(it, path) }
            }
            .values
            .sumOf { it }

    /** The operations inside of [path], but for those inside of [others]. */
    fun operations(path: String, others: List<String> = emptyList()): Dim =
        nodes.filter { inside(it.path, path) && others.none { other -> inside(it.path, other) } }.sum()

    private fun List<Node>.sum(): Dim = fold(Dim.of(0)) { sum, node -> sum + Operations.of(node) }
}
