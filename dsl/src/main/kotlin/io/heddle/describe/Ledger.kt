package io.heddle.describe

import io.heddle.dims.Dim
import io.heddle.graph.Graph
import io.heddle.graph.Op
import java.math.BigInteger

/** What the parts of a model own and do, by their paths in its graphs. */
internal class Ledger(inference: Graph, training: Graph, inputs: Set<String>) {
    private val weights = weights(inference, training)
    private val readers = readers(inference) + readers(training)

    /** How many numbers each weight holds, by name. */
    private val sizes = weights.associate { (it.op as Op.Parameter).name to Cost.size(it.output) }

    /**
     * Whose each weight is: his who reads it first, or its own where nobody does. Those of an input are its own,
     * whoever reads them first; a table may be read by inputs that are tied to it alone.
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

    /** Every path that [path] is inside of, itself too: `decoder/0/attention`, `decoder/0`, `decoder`. */
    private fun around(path: String): Sequence<String> =
        generateSequence(path) { inner -> inner.substringBeforeLast('/', "").ifEmpty { null } }

    private fun inside(path: String, of: String) = path == of || path.startsWith("$of/")

    private fun added(counts: Map<String, Sequence<String>>): Map<String, BigInteger> {
        val sums = HashMap<String, BigInteger>()
        counts.forEach { (name, paths) -> paths.forEach { sums.merge(it, sizes.getValue(name), BigInteger::add) } }
        return sums
    }

    private val owned = added(owners.mapValues { (_, owner) -> around(owner) })

    private val borrowed =
        added(
            owners.mapValues { (name, owner) ->
                readers[name].orEmpty().asSequence().flatMap { around(it) }.distinct() - around(owner).toSet()
            }
        )

    /** What nodes with operations do, by each path that they are inside of. */
    private val counted: Map<String, List<Pair<String, Dim>>> =
        HashMap<String, MutableList<Pair<String, Dim>>>().also { lists ->
            inference.nodes
                .map { it.path to Operations.of(it) }
                .filter { (_, count) -> count != nothing }
                .forEach { each -> around(each.first).forEach { lists.getOrPut(it) { mutableListOf() } += each } }
        }

    /** How many numbers the weights hold that are first read inside of [path]. */
    fun owned(path: String): BigInteger = owned[path] ?: BigInteger.ZERO

    /** How many numbers the weights hold that are read inside of [path], and before by others. */
    fun borrowed(path: String): BigInteger = borrowed[path] ?: BigInteger.ZERO

    /** The operations inside of [path], but for those inside of [others]. */
    fun operations(path: String, others: List<String> = emptyList()): Dim =
        counted[path]
            .orEmpty()
            .filter { (inner, _) -> others.none { inside(inner, it) } }
            .fold(nothing) { sum, (_, count) -> sum + count }

    private companion object {
        val nothing = Dim.of(0)
    }
}
