package io.heddle.specs.support

import io.heddle.graph.Distance
import io.heddle.graph.Op
import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.Given
import io.heddle.terms.Mask
import io.heddle.terms.Self
import io.heddle.terms.relations
import kotlin.random.Random

/** What follows from where things stand, and what is chosen. */
internal fun placeTrials(): List<OpTrial> =
    listOf(
        trial<Op.RealPositions>("of ragged sequences") {
            val (batch, time) = size() to size()
            val lengths = index("lengths", listOf(batch)) { random.nextInt(0, time + 1) }
            val positions = first(Op.RealPositions(dim(time)), lengths)
            listOf(first(Op.Multiply, real("x", batch, time), positions))
        },
        trial<Op.GridWaves>("of a picture") {
            val (rows, columns, width) = Triple(size(), size(), size(7))
            val waves = first(Op.GridWaves(dim(width), dim(rows), dim(columns)))
            listOf(first(Op.Multiply, real("x", rows * columns, width), waves))
        },
        trial<Op.Spread>("over shorter and longer targets") {
            val (batch, time) = size() to size(7)
            val sources = index("sources", listOf(batch)) { random.nextInt(0, 7) }
            val targets = index("targets", listOf(batch)) { random.nextInt(0, time + 1) }
            listOf(weighing(first(Op.Spread(dim(time)), sources, targets)))
        },
        trial<Op.Dispatch>("to experts that may be full") {
            val experts = size(3)
            val chosen = index("chosen", listOf(size(6), size(2))) { random.nextInt(-1, experts) }
            listOf(weighing(first(Op.Dispatch(experts), chosen, index("capacity", random.nextInt(0, 4)))))
        },
        trial<Op.Match>("of as many, more or fewer") {
            val (batch, columns) = size(3) to size(5)
            val costs = fixed("costs", listOf(batch, size(5), columns))
            val counts = index("counts", listOf(batch)) { random.nextInt(0, columns + 1) }
            listOf(weighing(first(Op.Match, costs, counts)))
        },
    ) +
        (masks + listOf(Given("edges") or Self, Causal and Given("a") and !Given("b"), Blocks(2) of Given("edges")))
            .map { trial<Op.MaskScores>("of $it") { listOf(seen(it)) } } +
        listOf<TrialBuilder.() -> Distance>(
                { Distance.Plain },
                { Distance.Clipped(random.nextInt(0, 4)) },
                { Distance.Buckets(8, 6, bothSides = true) },
                { Distance.Buckets(6, 7, bothSides = false) },
                { Distance.Grid(size(3), dim(size(3))) },
            )
            .map { distance ->
                trial<Op.Distances>("as ${distance(TrialBuilder(Random(1)))}") {
                    val distances = Op.Distances(distance(), dim(size(9)), dim(size(9)))
                    listOf(weighing(first(distances, index("offset", random.nextInt(0, 9)))))
                }
            }

/** Probabilities of what [mask] shows, so that what is hidden is zero and not infinite. */
private fun TrialBuilder.seen(mask: Mask) = run {
    val (heads, queries, keys) = Triple(2 * size(2), size(5), size(7))
    val op = Op.MaskScores(mask, heads, layer = size(), columns = dim(size(3)), dim(queries), dim(keys))
    val batch = size(3)
    val given = mask.relations().map { index(it, listOf(batch, queries, keys)) { random.nextInt(2) } }
    val scores = first(op, index("offset", if (given.isEmpty()) random.nextInt(3) else 0), *given.toTypedArray())
    first(Op.Softmax, first(Op.Add, real("x", scores.type.shape.bound(emptyMap())), scores))
}
