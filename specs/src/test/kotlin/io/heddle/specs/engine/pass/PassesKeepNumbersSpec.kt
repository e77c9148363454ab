package io.heddle.specs.engine.pass

import io.heddle.graph.Graph
import io.heddle.graph.GraphVerifier
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.pass.CommonSubexpressions
import io.heddle.runtime.pass.ConstantFolding
import io.heddle.runtime.pass.DeadCode
import io.heddle.runtime.pass.FuseBiasActivation
import io.heddle.runtime.pass.FuseResidualNorm
import io.heddle.runtime.pass.KeepSlopes
import io.heddle.runtime.pass.Pass
import io.heddle.runtime.pass.Passes
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.RandomGraph
import io.heddle.specs.support.SmallTransformer
import io.heddle.specs.support.largestDifference
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe

/** A pass makes a graph cheaper, and its outputs and their gradients stay what they were. */
class PassesKeepNumbersSpec :
    StringSpec({
        fun compare(before: Graph, after: Graph, sizes: Map<String, Long>, given: Map<String, Numbers>) {
            GraphVerifier.problems(after) shouldBe emptyList()
            after.outputs.mapValues { it.value.type } shouldBe before.outputs.mapValues { it.value.type }
            val expected = Interpreter(sizes).run(before, given)
            val actual = Interpreter(sizes).run(after, given)
            expected.forEach { (name, numbers) ->
                withClue("$name\nbefore:\n$before\nafter:\n$after") {
                    largestDifference(actual.getValue(name), numbers, SMALLEST) shouldBeLessThan 1e-12
                }
            }
        }

        val each: List<Pass> =
            listOf(
                DeadCode(),
                CommonSubexpressions(),
                ConstantFolding(),
                FuseBiasActivation(),
                FuseResidualNorm(),
                KeepSlopes(),
            )

        each.forEach { pass ->
            "${pass.name()} keeps the numbers of random graphs and of their gradients" {
                for (seed in 1..RANDOM_GRAPHS) withClue("seed $seed") {
                    val trial = RandomGraph.trial(seed)
                    val plain = Gradients.differentiate(trial.graph, "loss", trial.wanted)
                    compare(plain, pass.apply(plain), emptyMap(), trial.given)
                    val early = Gradients.differentiate(pass.apply(trial.graph), "loss", trial.wanted)
                    compare(plain, early, emptyMap(), trial.given)
                }
            }
        }

        "all passes together keep the numbers of random graphs and of their gradients" {
            for (seed in 1..RANDOM_GRAPHS) withClue("seed $seed") {
                val trial = RandomGraph.trial(seed)
                val plain = Gradients.differentiate(trial.graph, "loss", trial.wanted)
                val early = Passes.beforeDifferentiation().apply(trial.graph)
                val late = Passes.afterDifferentiation().apply(Gradients.differentiate(early, "loss", trial.wanted))
                compare(plain, late, emptyMap(), trial.given)
                late.nodes.size shouldBeLessThan plain.nodes.size
            }
        }

        "all passes together keep the numbers of a small transformer and of its gradients" {
            val plain = Gradients.differentiate(SmallTransformer.graph, "loss")
            val early = Passes.beforeDifferentiation().apply(SmallTransformer.graph)
            val late = Passes.afterDifferentiation().apply(Gradients.differentiate(early, "loss"))
            for (seed in 1..3) compare(plain, late, SmallTransformer.sizes, SmallTransformer.given(seed))
        }

        "what the passes do to a small transformer is told in one line a pass" {
            val lines = mutableListOf<String>()
            val early = Passes.beforeDifferentiation().apply(SmallTransformer.graph) { lines += it.toString() }
            Passes.afterDifferentiation().apply(Gradients.differentiate(early, "loss")) { lines += it.toString() }
            lines shouldContainExactly
                listOf(
                    "dead code: 97 -> 96 nodes (Activate -1)",
                    "constant folding: 96 -> 94 nodes (Dropout -2)",
                    "common subexpressions: 94 -> 92 nodes (Positions -2)",
                    "bias and activation: 92 -> 90 nodes (Activate -2, Add -2, BiasActivate +2)",
                    "residual and norm: 90 -> 86 nodes (Add -4, AddLayerNorm +4, LayerNorm -4)",
                    "dead code: 86 -> 85 nodes (Scale -1)",
                    "constant folding: 157 -> 157 nodes (Constant +1, Scale -1)",
                    "common subexpressions: 157 -> 157 nodes",
                    "dead code: 157 -> 156 nodes (Constant -1)",
                    "slopes: 156 -> 156 nodes " +
                        "(ActivateWithSlope +2, BiasActivate -2, BiasActivateGradient -2, Multiply +2)",
                )
        }

        "passing twice changes nothing more" {
            val passes = Passes.beforeDifferentiation()
            val once = passes.apply(SmallTransformer.graph)
            passes.apply(once).toString() shouldBe once.toString()
        }
    })

private const val RANDOM_GRAPHS = 40

/** Gradients smaller than this are sums of larger numbers that cancel. */
private const val SMALLEST = 1.0
