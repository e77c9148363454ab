package io.heddle.specs.engine.plan

import io.heddle.graph.Graph
import io.heddle.graph.Value
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.plan.Home
import io.heddle.runtime.plan.InPlace
import io.heddle.runtime.plan.Liveness
import io.heddle.runtime.plan.MemoryPlan
import io.heddle.runtime.plan.Sizes
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.RandomGraph
import io.heddle.specs.support.opTrials
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.longs.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe

/** Values share memory only when they are not needed together. */
class MemoryPlanSpec :
    StringSpec({
        val trials = (1..60).map { RandomGraph.trial(it) } + opTrials.map { it.trial(7) }
        val graphs = trials.flatMap { listOf(it.graph, Gradients.differentiate(it.graph, "loss", it.wanted)) }

        for (precision in Precision.entries) {
            "no two values that are needed at once overlap, in $precision" {
                graphs.forEach { graph ->
                    withClue(graph) { Inspection(graph, precision).run { overlaps() shouldBe emptyList() } }
                }
            }
        }

        "a plan takes no more than its values one beside the other, and all of them fit" {
            graphs.forEach { graph ->
                val inspection = Inspection(graph, Precision.FLOAT)
                inspection.plan.arenaBytes shouldBeLessThanOrEqual inspection.plan.separateBytes
                inspection.blocks().forEach { it.end shouldBeLessThanOrEqual inspection.plan.arenaBytes }
            }
        }

        "every value of the arena begins on a cache line" {
            graphs.flatMap { Inspection(it, Precision.FLOAT).blocks() }.forEach { it.begin % 64 shouldBe 0 }
        }

        "memory is shared at all" {
            val plans = graphs.map { Inspection(it, Precision.FLOAT).plan }
            plans.count { it.arenaBytes < it.separateBytes / 2 } shouldBeGreaterThan 60
        }
    })

/** A value's bytes in the arena. */
private data class Block(val value: Value, val begin: Long, val end: Long)

private class Inspection(private val graph: Graph, private val precision: Precision) {
    private val sizes = Sizes.of(graph, emptyMap())
    private val liveness = Liveness.of(graph)
    val plan: MemoryPlan = MemoryPlan.of(graph, sizes, precision)

    fun blocks(): List<Block> =
        graph.nodes
            .flatMap { it.outputs }
            .mapNotNull { value ->
                (plan.home(value) as? Home.Arena)?.let { home ->
                    val bytes = sizes.elements(value) * precision.type(value.type.element).width()
                    Block(value, home.offset, home.offset + bytes)
                }
            }

    /** Pairs that share memory and are needed at one moment, but for an op that overwrites its dying input. */
    fun overlaps(): List<Pair<Block, Block>> {
        val blocks = blocks()
        return blocks.flatMap { first ->
            blocks
                .filter { it.value.id > first.value.id && it.begin < first.end && first.begin < it.end }
                .filter { liveness.of(first.value).overlaps(liveness.of(it.value)) && !overwrites(it, first) }
                .map { first to it }
        }
    }

    private fun overwrites(block: Block, dying: Block): Boolean {
        val node = graph.maker(block.value)
        return node.outputs.first() == block.value &&
            block.begin == dying.begin &&
            block.end == dying.end &&
            liveness.of(dying.value).last == liveness.of(block.value).first &&
            InPlace.overwritable(node.op).any { node.inputs[it] == dying.value }
    }
}
