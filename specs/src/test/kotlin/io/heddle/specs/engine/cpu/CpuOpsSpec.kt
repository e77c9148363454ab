package io.heddle.specs.engine.cpu

import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.program.Engine
import io.heddle.specs.support.RandomGraph
import io.heddle.specs.support.opTrials
import io.heddle.specs.support.shouldAgree
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec

/** The cpu backend computes what the equations say: every op and its gradient, on small and on odd sizes. */
class CpuOpsSpec :
    FreeSpec({
        for (threads in listOf(1, 3)) {
            val engine = autoClose(Engine.cpu(threads))

            opTrials.forEach { opTrial ->
                "$opTrial on $threads threads" {
                    for (seed in 1..TRIALS) withClue("seed $seed") {
                        val trial = opTrial.trial(seed)
                        val graph = Gradients.differentiate(trial.graph, "loss", trial.wanted)
                        engine.shouldAgree(graph, trial.given, within = 2e-5)
                    }
                }
            }
        }

        "graphs of many ops, in which values share memory" {
            Engine.cpu(2).use { engine ->
                for (seed in 1..GRAPHS) withClue("seed $seed") {
                    val trial = RandomGraph.trial(seed)
                    val graph = Gradients.differentiate(trial.graph, "loss", trial.wanted)
                    engine.shouldAgree(graph, trial.given, within = 1e-3)
                }
            }
        }
    })

private const val TRIALS = 12
private const val GRAPHS = 10
