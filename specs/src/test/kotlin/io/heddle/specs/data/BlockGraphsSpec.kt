package io.heddle.specs.data

import io.heddle.dsl.blockGraphs
import io.heddle.recipe.Data
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BatchSize
import io.heddle.runtime.data.GraphData
import io.heddle.runtime.data.OrderedBatches
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.PI
import kotlin.math.exp
import kotlin.math.sqrt

/** One graph, as a batch of its own has it. */
private class Graph(batch: Batch) {
    val blocks = batch.tensor(Batch.LABELS).values().toList()
    val nodes = blocks.size
    val features = batch.real(Batch.FEATURES).values().toList().chunked(batch.real(Batch.FEATURES).size(2))
    private val edges = batch.tensor(Batch.EDGES).values()

    fun joins(one: Int, other: Int) = edges[one * nodes + other] == 1

    fun pairs() = (0 until nodes).flatMap { one -> (0 until one).map { other -> one to other } }
}

/** Graphs of a stochastic block model are drawn as its formula says. */
class BlockGraphsSpec :
    StringSpec({
        fun said(
            blocks: Int = 4,
            within: Double = 0.5,
            between: Double = 0.05,
            signal: Double = 1.0,
            seed: Long = 42,
        ): Data.BlockGraphs =
            blockGraphs(
                minimumNodes = 5,
                maximumNodes = 12,
                blocks = blocks,
                within = within,
                between = between,
                signal = signal,
                seed = seed,
            )
                as Data.BlockGraphs

        fun drawn(said: Data.BlockGraphs, count: Int, part: String = "training"): List<Graph> {
            val data = GraphData.draw(said, part, count)
            return List(count) { Graph(data.pad(intArrayOf(it), 1)) }
        }

        val graphs = drawn(said(), 2_000)

        "a graph has any number of nodes from the fewest to the most" {
            graphs
                .map { it.nodes }
                .groupingBy { it }
                .eachCount()
                .let { counts ->
                    counts.keys shouldBe (5..12).toSet()
                    counts.values.forEach { it.toDouble() shouldBe shareOf(2_000, 1.0 / 8) }
                }
        }

        "each block is as likely as another" {
            val blocks = graphs.flatMap { it.blocks }
            blocks
                .groupingBy { it }
                .eachCount()
                .let { counts ->
                    counts.keys shouldBe setOf(0, 1, 2, 3)
                    counts.values.forEach { it.toDouble() shouldBe shareOf(blocks.size, 1.0 / 4) }
                }
        }

        "an edge joins both ways, never a node to itself, and as often as its blocks say" {
            for (graph in graphs.take(50)) {
                for (one in 0 until graph.nodes) {
                    graph.joins(one, one) shouldBe false
                    for (other in 0 until graph.nodes) graph.joins(one, other) shouldBe graph.joins(other, one)
                }
            }
            val pairs =
                graphs.flatMap { graph ->
                    graph.pairs().map { (one, other) ->
                        (graph.blocks[one] == graph.blocks[other]) to graph.joins(one, other)
                    }
                }
            for ((same, chance) in listOf(true to 0.5, false to 0.05)) {
                val asked = pairs.filter { it.first == same }
                asked.count { it.second }.toDouble() shouldBe shareOf(asked.size, chance)
            }
        }

        "a feature is normal, and that of the node's own block is greater by the signal" {
            for (own in listOf(true, false)) {
                val values =
                    graphs.flatMap { graph ->
                        graph.features.flatMapIndexed { node, features ->
                            features.filterIndexed { place, _ -> (place == graph.blocks[node]) == own }
                        }
                    }
                val mean = values.average()
                val error = 4 / sqrt(values.size.toDouble())
                mean shouldBe ((if (own) 1.0 else 0.0) plusOrMinus error)
                values.sumOf { (it - mean) * (it - mean) } / values.size shouldBe (1.0 plusOrMinus 2 * error)
            }
        }

        "without edges the greatest feature is the best guess, and right as often as is written of it" {
            for ((blocks, signal) in listOf(4 to 1.0, 2 to 0.7)) {
                val nodes =
                    drawn(said(blocks = blocks, signal = signal), 1_000).flatMap { graph ->
                        graph.features.mapIndexed { node, features ->
                            features.indexOf(features.max()) == graph.blocks[node]
                        }
                    }
                nodes.count { it }.toDouble() shouldBe shareOf(nodes.size, known(blocks, signal))
            }
            // Of two blocks, one normal number of deviation sqrt(2) decides: distribution(1 / sqrt(2)).
            known(2, 1.0) shouldBe (0.76025 plusOrMinus 1e-5)
            known(4, 1.0) shouldBe (0.5520 plusOrMinus 1e-4)
        }

        "chances may be none, or all" {
            val cliques = drawn(said(within = 1.0, between = 0.0, signal = 0.0), 20)
            for (graph in cliques) {
                for ((one, other) in graph.pairs()) {
                    graph.joins(one, other) shouldBe (graph.blocks[one] == graph.blocks[other])
                }
            }
        }

        "the same seed gives the same graphs, and another seed or another part others" {
            fun mark(said: Data.BlockGraphs, part: String) =
                GraphData.draw(said, part, 5).let { it.mark(it, "").digest() }
            mark(said(), "training") shouldBe mark(said(), "training")
            setOf(mark(said(), "training"), mark(said(), "validation"), mark(said(seed = 43), "training")).size shouldBe
                3
        }

        "graphs of other sizes are padded, and padding has no edge and no label" {
            val data = GraphData.draw(said(), "training", 3)
            val batch = data.pad(intArrayOf(0, 1, 2), 4)
            val lengths = batch.tensor(Batch.LENGTHS).values()
            lengths shouldBe IntArray(3) { data.length(it) }
            val width = batch.tensor(Batch.LABELS).size(1)
            width shouldBe (lengths.max() + 3) / 4 * 4
            batch.tensor(Batch.EDGES).shape() shouldBe intArrayOf(3, width, width)
            batch.real(Batch.FEATURES).shape() shouldBe intArrayOf(3, width, 4)
            batch.labelCount shouldBe lengths.sum()
            batch.tokens() shouldBe data.nodes()
            for (row in 0..2) {
                val alone = Graph(data.pad(intArrayOf(row), 1))
                for (one in 0 until width) {
                    val real = one < lengths[row]
                    batch.tensor(Batch.LABELS).values()[row * width + one] shouldBe
                        if (real) alone.blocks[one] else Batch.IGNORED_LABEL
                    val features = batch.real(Batch.FEATURES).values().toList().chunked(4)[row * width + one]
                    features shouldBe if (real) alone.features[one] else List(4) { 0f }
                    for (other in 0 until width) {
                        val joined = batch.tensor(Batch.EDGES).values()[(row * width + one) * width + other] == 1
                        joined shouldBe (real && other < lengths[row] && alone.joins(one, other))
                    }
                }
            }
        }

        "a graph that no batch can hold" {
            val data = GraphData.draw(said(), "training", 1)
            refusal { OrderedBatches(data, BatchSize.Tokens(4), 1) } shouldRead
                """
                graph 0: the graph does not fit into a batch
                  it = ${data.length(0)} nodes
                  batch = 4 nodes
                  Make batches of ${data.length(0)} nodes or more, or smaller graphs.
                """
        }
    })

/** How many of [count] come with [chance], and four deviations on either side. */
private fun shareOf(count: Int, chance: Double) = count * chance plusOrMinus 4 * sqrt(count * chance * (1 - chance))

/** `integral of density(x - signal) * distribution(x)^(blocks - 1)`, by small steps. */
private fun known(blocks: Int, signal: Double): Double {
    val step = 1e-4
    var distribution = 0.0
    var sum = 0.0
    var x = -9.0
    while (x < 9 + signal) {
        val middle = x + step / 2
        val half = density(middle) * step / 2
        var others = 1.0
        repeat(blocks - 1) { others *= distribution + half }
        sum += density(middle - signal) * others * step
        distribution += 2 * half
        x += step
    }
    return sum
}

private fun density(x: Double) = exp(-x * x / 2) / sqrt(2 * PI)
