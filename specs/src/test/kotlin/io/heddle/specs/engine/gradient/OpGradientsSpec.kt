package io.heddle.specs.engine.gradient

import io.heddle.check.ProblemsException
import io.heddle.graph.GraphVerifier
import io.heddle.runtime.gradient.Gradients
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.largestDifference
import io.heddle.specs.support.opClasses
import io.heddle.specs.support.opTrials
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe

/** Every op's gradient is the limit of its differences. */
class OpGradientsSpec :
    FreeSpec({
        "every op is tried, or says that it has no gradient" {
            val tried = opTrials.map { it.op } + rejected.map { it.op.javaClass }
            tried.distinct() shouldContainExactlyInAnyOrder opClasses()
        }

        opTrials.forEach { opTrial ->
            "the gradient of $opTrial is what differences of the loss say" {
                for (seed in 1..TRIALS) withClue("seed $seed") {
                    val trial = opTrial.trial(seed)
                    val differentiated = Gradients.differentiate(trial.graph, "loss", trial.wanted)
                    GraphVerifier.problems(differentiated) shouldBe emptyList()
                    val numbers = Interpreter(emptyMap()).run(differentiated, trial.given)
                    for (name in trial.wanted) withClue("$name in\n$differentiated") {
                        val gradient = numbers.getValue("gradient/$name")
                        largestDifference(gradient, trial.differences(name), floor = 1e-3) shouldBeLessThan 1e-6
                    }
                }
            }
        }

        rejected.forEach { rejected ->
            "${rejected.op} cannot be differentiated, and says so" {
                val problems =
                    shouldThrow<ProblemsException> { Gradients.differentiate(rejected.graph(), "loss", listOf("x")) }
                problems.message shouldBe rejected.message
            }
        }
    })

private const val TRIALS = 12
