package io.heddle.specs.zoo

import io.heddle.graph.Element
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.lowering.Names
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.bound
import kotlin.random.Random

/** Numbers for all inputs of a lowered model, of whatever kind; the last sequence of a batch is shorter. */
internal class AnyInputs(private val graph: Graph, private val sizes: Map<String, Long>, seed: Int) {
    private val random = Random(seed)

    fun all(): Map<String, Numbers> =
        graph.inputs.associate { node -> (node.op as Op.Input).name.let { it to given(it, node.output) } }

    private fun given(name: String, value: Value): Numbers {
        val shape = value.type.shape.bound(sizes)
        val owner = name.substringBeforeLast('/')
        return when {
            name == Names.RANDOMNESS -> Numbers.indices(5, 1)
            name == Names.NORMALIZER || name == Names.normalizer(owner) -> Numbers.scalar(1.0 / 4)
            name == Names.lengths(owner) -> Numbers.make(shape) { (length(owner) - it).toDouble() }
            name == Names.counts(owner) -> Numbers.make(shape) { (sizes.getValue("objects") - it).toDouble() }
            name == Names.remembered(owner) -> Numbers.make(shape) { 2.0 - it }
            name == Names.boxes(owner) -> Numbers.make(shape) { random.nextDouble(0.3, 0.6) }
            value.type.element == Element.Real -> Numbers.make(shape) { random.nextDouble(-1.0, 1.0) }
            else -> indices(name, owner, shape, bound(value))
        }
    }

    private fun indices(name: String, owner: String, shape: List<Int>, bound: Int): Numbers {
        val last = shape.fold(1, Int::times) - 1
        return Numbers.make(shape) { at ->
            // Nothing is foretold of the last place, which is padding.
            if (name == Names.labels(owner) && shape.size == 2 && at == last) -1.0 else random.nextInt(bound).toDouble()
        }
    }

    private fun length(owner: String): Long =
        sizes[owner] ?: (sizes.getValue("$owner/rows") * sizes.getValue("$owner/columns"))

    /** One more than the largest index that everyone who reads it takes. */
    private fun bound(value: Value): Int =
        graph.nodes
            .filter { value in it.inputs }
            .map { reader ->
                val first = reader.inputs.first().type.shape.bound(sizes)
                when (reader.op) {
                    is Op.Embed -> first.first()
                    is Op.CrossEntropy -> first.last()
                    is Op.ChainLoss -> SmallZoo.VOCABULARY
                    else -> KINDS
                }
            }
            .minOrNull() ?: KINDS

    companion object {
        /** Whether or not, or one of two. */
        private const val KINDS = 2

        /** Sizes for all that the inputs of [graph] decide. */
        fun sizes(graph: Graph): Map<String, Long> =
            graph.nodes
                .flatMap { it.outputs }
                .flatMap { it.type.shape.dims }
                .flatMap { it.symbols }
                .distinct()
                .associateWith { symbol ->
                    when {
                        symbol == "batch" || symbol == "objects" || symbol.endsWith("/rows") -> 2L
                        symbol.endsWith("/columns") -> 3L
                        symbol == "sound" -> 13L
                        symbol == "target" -> 4L
                        else -> 6L
                    }
                }
    }
}
