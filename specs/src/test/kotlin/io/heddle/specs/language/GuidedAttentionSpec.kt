package io.heddle.specs.language

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.lowering.lowerWithWeights
import io.heddle.rules.attentions
import io.heddle.runtime.gradient.Gradients
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.bound
import io.heddle.specs.support.largestDifference
import io.heddle.terms.Decay
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.math.exp
import kotlin.random.Random

private const val HEADS = 2
private const val SHARPNESS = 0.3
private const val WEIGHT = 1

private val sources = listOf(4, 2)
private val targets = listOf(3, 5)

/** A decoder whose two cross-attentions are to follow the diagonal. */
private val follower =
    model("follower", width = 4) {
        val source by tokens(vocab = 7)
        val target by tokens(vocab = 5)
        val decoder by
            stack(target, layers = 2) {
                crossAttention(from = source, heads = HEADS)
                addNorm()
            }
        val next by logits(decoder)
        objective {
            crossEntropy(next)
            guidedAttention("decoder/*/crossAttention", SHARPNESS, weight = 0.5, decay = Decay.HalfLife(100))
        }
    }

private fun sizes(source: Int, target: Int) =
    mapOf("batch" to 2L, "source" to source.toLong(), "target" to target.toLong())

private fun padded(lengths: List<Int>, width: Int, vocabulary: Int): Numbers {
    val rows = lengths.mapIndexed { row, length -> List(width) { if (it < length) (it + row) % vocabulary else 0 } }
    return Numbers(listOf(2, width), rows.flatten().map { it.toDouble() }.toDoubleArray())
}

private fun given(graph: Graph, source: Int, target: Int, guidance: Double): Map<String, Numbers> {
    val random = Random(5)
    val weights =
        graph.parameters.associate { node ->
            val parameter = node.op as Op.Parameter
            val shape = parameter.shape.bound(sizes(source, target))
            parameter.name to Numbers.make(shape) { random.nextDouble(-1.0, 1.0) }
        }
    return weights +
        mapOf(
            "source" to padded(sources, source, 7),
            "target" to padded(targets, target, 5),
            Names.lengths("source") to Numbers.indices(*sources.toIntArray()),
            Names.lengths("target") to Numbers.indices(*targets.toIntArray()),
            Names.labels("next") to Numbers.filled(listOf(2, target), -1.0),
            Names.normalizer("next") to Numbers.scalar(1.0),
            Names.objectiveWeight(WEIGHT) to Numbers.scalar(guidance),
        )
}

/** `mean of A_nt * W_nt` with `W_nt = 1 - exp(-(n / N - t / T)^2 / (2 g^2))` (arXiv 1710.08969, section 4.1). */
private fun equation(looks: Numbers, source: Int, target: Int): Double {
    val means =
        sources.indices.flatMap { row ->
            val (keys, queries) = sources[row] to targets[row]
            List(HEADS) { head ->
                var sum = 0.0
                for (t in 0 until queries) for (n in 0 until keys) {
                    val gap = n.toDouble() / keys - t.toDouble() / queries
                    val w = 1 - exp(-gap * gap / (2 * SHARPNESS * SHARPNESS))
                    sum += w * looks[((row * HEADS + head) * target + t) * source + n]
                }
                sum / (keys * queries)
            }
        }
    return means.average()
}

/** Guided attention is the paper's equation over what is real, and decays as was said. */
class GuidedAttentionSpec :
    StringSpec({
        val forward = follower.lower(Purpose.Training)

        for ((source, target) in listOf(4 to 5, 6 to 9)) {
            "without labels, the loss of batches of $source and $target positions is the equation's alone" {
                val numbers = given(forward, source, target, 1.0)
                val interpreter = Interpreter(sizes(source, target))
                val places = follower.attentions("decoder/*/crossAttention")
                val looking = interpreter.run(follower.lowerWithWeights(places), numbers)
                val expected =
                    places.sumOf { equation(looking.getValue(Names.attentionWeights(it.path)), source, target) }
                interpreter.run(forward, numbers).getValue(Names.LOSS)[0] shouldBe (expected plusOrMinus 1e-12)
                interpreter
                    .run(forward, numbers + (Names.objectiveWeight(WEIGHT) to Numbers.scalar(0.25)))
                    .getValue(Names.LOSS)[0] shouldBe (expected / 4 plusOrMinus 1e-12)
            }
        }

        "its gradients are what differences of the loss say" {
            val numbers = given(forward, 4, 5, 3.0)
            val interpreter = Interpreter(sizes(4, 5))
            val made = interpreter.run(Gradients.differentiate(forward, Names.LOSS), numbers)
            forward.parameters
                .map { (it.op as Op.Parameter).name }
                .forEach { name ->
                    val at = numbers.getValue(name)
                    val step = 1e-3
                    fun loss(place: Int, by: Double) =
                        interpreter
                            .run(forward, numbers + (name to at.with(place, at[place] + by)))
                            .getValue(Names.LOSS)[0]
                    val differences =
                        Numbers.make(at.shape) {
                            (8.0 * (loss(it, step) - loss(it, -step)) - (loss(it, 2 * step) - loss(it, -2 * step))) /
                                (12.0 * step)
                        }
                    withClue(name) {
                        largestDifference(made.getValue("gradient/$name"), differences, 1e-2) shouldBeLessThan 1e-6
                    }
                }
        }

        "an evaluation measures what the labels say, and a guide alone as it is said" {
            val evaluation = follower.lower(Purpose.Evaluation)
            Interpreter(sizes(4, 5)).run(evaluation, given(forward, 4, 5, 1.0)).getValue(Names.LOSS)[0] shouldBe 0.0
            val alone = follower.edit { objective { guidedAttention("decoder/1/*", SHARPNESS, weight = 0.5) } }
            val numbers = given(forward, 4, 5, 0.5)
            val only = Interpreter(sizes(4, 5)).run(alone.lower(Purpose.Evaluation), numbers).getValue(Names.LOSS)[0]
            val changing = numbers + (Names.objectiveWeight(0) to Numbers.scalar(0.5))
            Interpreter(sizes(4, 5)).run(alone.lower(Purpose.Training), changing).getValue(Names.LOSS)[0] shouldBe only
        }

        "a decay says what is left of a weight" {
            listOf(0L, 50L, 100L, 200L).map { Decay.None.share(it) } shouldBe listOf(1.0, 1.0, 1.0, 1.0)
            listOf(0L, 100L, 200L).map { Decay.HalfLife(100).share(it) } shouldBe listOf(1.0, 0.5, 0.25)
            listOf(0L, 50L, 100L, 200L).map { Decay.Linear(100).share(it) } shouldBe listOf(1.0, 0.5, 0.0, 0.0)
        }
    })
