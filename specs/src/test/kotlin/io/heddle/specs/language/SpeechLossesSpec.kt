package io.heddle.specs.language

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.program.ParameterLayout
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.array
import io.heddle.specs.support.bound
import io.heddle.specs.support.largestDifference
import io.heddle.specs.support.numbers
import io.heddle.specs.support.set
import io.heddle.terms.Deviation
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.ln
import kotlin.random.Random

private const val FEATURES = 3
private const val REDUCTION = 2
private const val POSITIVE = 6.0
private const val FRAME_WEIGHT = 0.5

/** Frames of each sequence: two whole positions, and three of which the last says one frame. */
private val counts = listOf(4, 5)

private fun speaker(deviation: Deviation): Model =
    model("speaker", width = 4) {
        val text by tokens(vocab = 5)
        val before by
            spoken(features = FEATURES, reduction = REDUCTION) {
                preNet(5, dropout = 0.0)
                project()
            }
        val decoder by
            stack(before, layers = 1) {
                attention(heads = 2) { causal() }
                addNorm()
                crossAttention(from = text, heads = 2)
                addNorm()
            }
        val sound by speech(decoder)
        objective {
            frameError(sound, deviation, weight = FRAME_WEIGHT)
            stopCrossEntropy(sound, POSITIVE)
        }
    }

private fun sizes(positions: Int) = mapOf("batch" to 2L, "text" to 3L, "before" to positions.toLong())

/** Everything is drawn, padding too: what stands there counts for nothing. */
private fun given(graph: Graph, positions: Int, padding: Int): Map<String, Numbers> {
    val (random, noise) = Random(3) to Random(padding)
    fun frames(counts: List<Int>): Numbers {
        val real = counts.map { count -> List(count * FEATURES) { random.nextDouble(-2.0, 2.0) } }
        val each = positions * REDUCTION * FEATURES
        return Numbers(
            listOf(2, positions, REDUCTION * FEATURES),
            real.flatMap { row -> row + List(each - row.size) { noise.nextDouble(-2.0, 2.0) } }.toDoubleArray(),
        )
    }
    val weights =
        graph.parameters.associate { node ->
            val parameter = node.op as Op.Parameter
            parameter.name to Numbers.make(parameter.shape.bound(sizes(positions))) { random.nextDouble(-1.0, 1.0) }
        }
    val lengths = counts.map { (it + REDUCTION - 1) / REDUCTION }
    return weights +
        mapOf(
            "text" to Numbers(listOf(2, 3), doubleArrayOf(1.0, 2.0, 3.0, 4.0, 0.0, 0.0)),
            Names.lengths("text") to Numbers.indices(3, 2),
            "before" to frames(lengths.map { it * REDUCTION }),
            Names.lengths("before") to Numbers.indices(*lengths.toIntArray()),
            Names.labels("sound") to frames(counts),
            Names.frames("sound") to Numbers.indices(*counts.toIntArray()),
            Names.normalizer("sound") to Numbers.scalar(1.0 / counts.sum()),
        )
}

private fun Numbers.frame(row: Int, frame: Int): List<Double> {
    val first = (row * shape[1] * REDUCTION + frame) * FEATURES
    return data.slice(first until first + FEATURES)
}

/** The mean over frames of the mean over bands. */
private fun frameError(said: Numbers, wanted: Numbers, deviation: (Double) -> Double): Double =
    counts
        .flatMapIndexed { row, count ->
            List(count) { at -> said.frame(row, at).zip(wanted.frame(row, at)) { x, y -> deviation(x - y) }.average() }
        }
        .average()

/** The mean over frames of `-positive log p` for the last one and `-log(1 - p)` for others, `p = sigmoid(score)`. */
private fun stopCrossEntropy(scores: Numbers): Double =
    counts
        .flatMapIndexed { row, count ->
            List(count) { at ->
                val p = 1 / (1 + exp(-scores[row * scores.shape[1] * REDUCTION + at]))
                if (at == count - 1) -POSITIVE * ln(p) else -ln(1 - p)
            }
        }
        .average()

/** What is learned of speech is the papers' equations, over what is real. */
class SpeechLossesSpec :
    StringSpec({
        val deviations =
            mapOf<Deviation, (Double) -> Double>(Deviation.Absolute to { abs(it) }, Deviation.Squared to { it * it })

        deviations.forEach { (deviation, equation) ->
            val model = speaker(deviation)
            val evaluation = model.lower(Purpose.Evaluation)

            "the ${deviation.name.lowercase()} error and the stop are their equations, each by itself and added up" {
                val numbers = given(evaluation, 3, padding = 1)
                val made = Interpreter(sizes(3)).run(evaluation, numbers)
                val wanted = numbers.getValue(Names.labels("sound"))
                val error = frameError(made.getValue("sound"), wanted) { equation(it) }
                val stop = stopCrossEntropy(made.getValue(Names.stops("sound")))
                made.getValue(Names.objectiveTerm(0))[0] shouldBe (error plusOrMinus 1e-12)
                made.getValue(Names.objectiveTerm(1))[0] shouldBe (stop plusOrMinus 1e-12)
                made.getValue(Names.LOSS)[0] shouldBe (FRAME_WEIGHT * error + stop plusOrMinus 1e-12)
            }

            "gradients of the ${deviation.name.lowercase()} error are what differences say, on the portable backend" {
                val forward = model.lower(Purpose.Training)
                val numbers = given(forward, 3, padding = 1)
                val made = computed(Gradients.differentiate(forward, Names.LOSS), numbers, sizes(3))
                val interpreter = Interpreter(sizes(3))
                forward.parameters
                    .map { (it.op as Op.Parameter).name }
                    .forEach { name ->
                        val at = numbers.getValue(name)
                        fun loss(place: Int, by: Double) =
                            interpreter
                                .run(forward, numbers + (name to at.with(place, at[place] + by)))
                                .getValue(Names.LOSS)[0]
                        val differences =
                            Numbers.make(at.shape) {
                                (8.0 * (loss(it, STEP) - loss(it, -STEP)) -
                                    (loss(it, 2 * STEP) - loss(it, -2 * STEP))) / (12.0 * STEP)
                            }
                        withClue(name) {
                            largestDifference(made.getValue("gradient/$name"), differences, 1e-2) shouldBeLessThan 1e-6
                        }
                    }
            }
        }

        "padding changes no bit of the loss" {
            val forward = speaker(Deviation.Absolute).lower(Purpose.Training)
            fun loss(positions: Int, padding: Int) =
                Interpreter(sizes(positions)).run(forward, given(forward, positions, padding)).getValue(Names.LOSS)[0]
            listOf(loss(3, 2), loss(5, 1), loss(5, 2)) shouldBe List(3) { loss(3, 1) }
        }

        "where nothing is said of what is learned, it is the absolute error and a stop that counts five times" {
            val plain =
                model("plain", width = 4) {
                    val before by spoken(features = 4)
                    val sound by speech(before)
                }
            plain shouldBe
                plain.edit {
                    objective {
                        frameError("sound", Deviation.Absolute)
                        stopCrossEntropy("sound", positive = 5.0)
                    }
                }
        }
    })

private const val STEP = 1e-4

/** The outputs of a graph on the portable backend, in double. */
private fun computed(graph: Graph, given: Map<String, Numbers>, sizes: Map<String, Long>): Map<String, Numbers> =
    Engine.portable(Precision.DOUBLE).use { engine ->
        val parameters = ParameterBuffer.zeros(ParameterLayout.of(graph), engine.precision())
        parameters.tensors().forEach { (name, tensor) -> tensor.assign(given.getValue(name).array()) }
        val program = engine.compile(graph, parameters).bind(sizes)
        program.set(given)
        program.run()
        graph.outputs.keys.associateWith { program.output(it).numbers() }
    }
