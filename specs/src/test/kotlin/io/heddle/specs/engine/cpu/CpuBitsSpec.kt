package io.heddle.specs.engine.cpu

import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.roundedTo
import io.heddle.specs.support.run
import io.heddle.specs.support.showingAll
import io.heddle.terms.Causal
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import kotlin.random.Random

/** The same run gives the same bits, cold or warm: a kernel may not change its sums when it is compiled. */
class CpuBitsSpec :
    StringSpec({
        for (threads in listOf(1, 2)) {
            "every value of a model has the same bits in $RUNS runs on $threads threads" {
                Engine.cpu(threads).use { engine ->
                    val sizes = Sizes(batch = 2, time = 64, headWidth = 32, heads = 4, vocabulary = 65)
                    val trial = everyOp(sizes, Causal, Random(1))
                    val graph = Gradients.differentiate(trial.graph, "loss", trial.wanted).showingAll()
                    val given = trial.given.roundedTo(Precision.FLOAT)
                    val first = engine.run(graph, given)
                    repeat(RUNS) {
                        val again = engine.run(graph, given)
                        graph.nodes.forEach { node ->
                            node.outputs.forEach { value ->
                                withClue({ "$node" }) {
                                    again.getValue("$value").data.contentEquals(first.getValue("$value").data) shouldBe
                                        true
                                }
                            }
                        }
                    }
                }
            }
        }
    })

private const val RUNS = 40
