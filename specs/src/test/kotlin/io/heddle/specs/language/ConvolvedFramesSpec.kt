package io.heddle.specs.language

import io.heddle.dsl.FramesScope
import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.runtime.gradient.Gradients
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.bound
import io.heddle.specs.support.largestDifference
import io.heddle.terms.Tanh
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.math.tanh
import kotlin.random.Random

private const val TIME = 11

private val sizes = mapOf("batch" to 2L, "sound" to TIME.toLong(), "text" to 2L)

/** The second recording is shorter; what stands behind it is noise. */
private val lengths = listOf(TIME, 6)

private fun FramesScope.twice() {
    convolve(channels = 4, kernel = 4, stride = 2, activation = Tanh)
    convolve(channels = 2, kernel = 3, stride = 3, activation = Tanh)
}

private val ear =
    model("ear", width = 2) {
        val sound by frames(features = 3) { twice() }
        check(sound.name == "sound")
    }

private val listener =
    model("listener", width = 2) {
        val sound by frames(features = 3) { twice() }
        val text by tokens(vocab = 3)
        val decoder by stack(text, layers = 1) { crossAttention(from = sound, heads = 1) }
        val next by logits(decoder)
        check(next.name == "next")
    }

private fun given(graph: Graph): Map<String, Numbers> {
    val random = Random(5)
    val weights =
        graph.parameters.associate { node ->
            val parameter = node.op as Op.Parameter
            parameter.name to Numbers.make(parameter.shape.bound(sizes)) { random.nextDouble(-1.0, 1.0) }
        }
    return weights +
        mapOf(
            "sound" to Numbers.random(listOf(2, TIME, 3), random),
            Names.lengths("sound") to Numbers.indices(*lengths.toIntArray()),
            "text" to Numbers(listOf(2, 2), doubleArrayOf(1.0, 0.0, 2.0, 1.0)),
            Names.lengths("text") to Numbers.indices(2, 2),
            Names.labels("next") to Numbers(listOf(2, 2), doubleArrayOf(0.0, 2.0, 1.0, -1.0)),
            Names.NORMALIZER to Numbers.scalar(1.0 / 3),
        )
}

/** A convolution as it is defined, over the real frames alone: for each channel, a sum over places and features. */
private fun convolved(x: List<List<Double>>, weight: Numbers, bias: Numbers, stride: Int, kernel: Int) =
    List((x.size + stride - 1) / stride) { at ->
        List(bias.size) { channel ->
            val sum =
                (0 until kernel).sumOf { place ->
                    val frame = x.getOrNull(at * stride - (kernel - 1) / 2 + place)
                    frame?.indices?.sumOf { weight[(channel * kernel + place) * frame.size + it] * frame[it] } ?: 0.0
                }
            tanh(sum + bias[channel])
        }
    }

/** Convolutions along time are what the literature calls so, whatever stands behind a recording. */
class ConvolvedFramesSpec :
    StringSpec({
        "each position is the definition's, and there are as many as a recording has alone" {
            val graph = ear.lower(Purpose.Inference)
            val numbers = given(graph)
            val made = Interpreter(sizes).run(graph, numbers).getValue("sound")
            made.shape shouldBe listOf(2, 2, 2)
            fun weight(name: String) = numbers.getValue("sound/$name")
            lengths.forEachIndexed { row, length ->
                val sound = numbers.getValue("sound")
                val real = List(length) { time -> List(3) { sound[row, time, it] } }
                val once = convolved(real, weight("0/weight"), weight("0/bias"), stride = 2, kernel = 4)
                val twice = convolved(once, weight("1/weight"), weight("1/bias"), stride = 3, kernel = 3)
                // 11 frames are 6 and then 2 positions, 6 frames are 3 and then 1.
                twice.size shouldBe listOf(2, 1)[row]
                val flat = twice.flatten().toDoubleArray()
                val seen = Numbers.make(listOf(flat.size)) { made[row, it / 2, it % 2] }
                largestDifference(seen, Numbers(seen.shape, flat)) shouldBeLessThan 1e-12
            }
        }

        "gradients go through them, and through the attention that looks at them" {
            val forward = listener.lower(Purpose.Training)
            val numbers = given(forward)
            val interpreter = Interpreter(sizes)
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
    })
