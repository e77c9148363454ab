package io.heddle.specs.golden

import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.program.Program
import io.heddle.specs.golden.AlbertEquations.Companion.NARROW
import io.heddle.terms.GeluTanh
import io.heddle.terms.LayerNorm
import io.heddle.terms.Own
import io.heddle.terms.Shared
import io.heddle.terms.Sharing
import io.kotest.core.spec.style.FunSpec
import kotlin.math.abs
import kotlin.random.Random
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j

/** ALBERT's layers have one set of weights, which has the gradient of all its uses. */
class AlbertSpec :
    FunSpec({
        val shared = albert(Shared)

        for (setting in Setting.entries) {
            test("scores and loss are those of one layer that is passed three times on $setting") {
                setting.engine().use { engine ->
                    val model = RunnableModel.initialized(shared, engine, 0)
                    val weights = drawn(model)
                    model.weights().load(weights, "drawn")
                    val program = model.executable(Purpose.Evaluation).bind(sizes)
                    program.feed()
                    program.run()
                    val equations = equations(weights)
                    val scores = texts.indices.map { equations.scores(texts[it], segments[it]) }
                    val expected =
                        Nd4j.createFromArray(
                            scores.map { text -> text.map { it.toDoubleArray() }.toTypedArray() }.toTypedArray()
                        )
                    shouldAgree("masked", program.output("masked"), Stored(expected), setting.stored64)
                    val loss = Nd4j.createFromArray(equations.loss(texts, segments, labels))
                    shouldAgree("loss", program.output(Names.LOSS), Stored(loss), setting.stored64)
                }
            }

            test("a gradient is the sum of those of layers that have the same weights each on $setting") {
                setting.engine().use { engine ->
                    val one = RunnableModel.initialized(shared, engine, 0)
                    val weights = drawn(one)
                    one.weights().load(weights, "drawn")
                    val all = RunnableModel.initialized(albert(Own), engine, 0)
                    all.weights()
                        .load(all.weights().tensors().keys.associateWith { weights.getValue(ofAll(it)) }, "drawn")
                    val each = gradients(all)
                    gradients(one).forEach { (name, gradient) ->
                        val sum = each.filterKeys { ofAll(it) == name }.values.reduce { sum, next -> sum.add(next) }
                        shouldAgree(name, gradient, Stored(sum), setting.stored64)
                    }
                }
            }
        }

        test("a gradient is what the loss of the equations changes by") {
            Setting.PortableDouble.engine().use { engine ->
                val model = RunnableModel.initialized(shared, engine, 0)
                val weights = drawn(model)
                model.weights().load(weights, "drawn")
                val random = Random(2)
                val gradients = gradients(model)
                val ways =
                    gradients.mapValues { (_, gradient) ->
                        Nd4j.create(DoubleArray(gradient.length().toInt()) { random.nextDouble(-1.0, 1.0) })
                            .reshape('c', *gradient.shape())
                    }
                val slopes =
                    ways.mapValues { (name, way) ->
                        fun loss(step: Double): Double {
                            val moved = weights.getValue(name).add(way.mul(step))
                            return equations(weights + (name to moved)).loss(texts, segments, labels)
                        }
                        // Of fourth order in the step.
                        (8 * (loss(STEP) - loss(-STEP)) - (loss(2 * STEP) - loss(-2 * STEP))) / (12 * STEP)
                    }
                val largest = slopes.values.maxOf { abs(it) }
                gradients.forEach { (name, gradient) ->
                    val along = Nd4j.createFromArray(gradient.mul(ways.getValue(name)).sumNumber().toDouble())
                    val slope = Stored(Nd4j.createFromArray(slopes.getValue(name)), largest)
                    shouldAgree(name, along, slope, 1e-8)
                }
            }
        }
    })

private const val STEP = 1e-3
private const val HEADS = 3
private const val LAYERS = 3
private const val EPSILON = 1e-5
private const val WORDS = 11

private val texts = listOf(intArrayOf(3, 1, 4, 1, 5), intArrayOf(9, 2, 6, 5, 10))
private val segments = listOf(intArrayOf(0, 0, 1, 1, 1), intArrayOf(0, 0, 0, 0, 1))
private val labels = listOf(intArrayOf(NONE, 2, NONE, 7, 0), intArrayOf(1, NONE, 8, 2, 10))
private val sizes = mapOf("batch" to 2L, "text" to 5L)

private fun albert(sharing: Sharing): Model =
    model("albert", width = 12) {
        norm = LayerNorm(EPSILON)
        val text by
            tokens(vocab = WORDS, width = NARROW) {
                learnedPositions(7)
                segments(2)
                norm()
                project()
            }
        val encoder by
            stack(text, layers = LAYERS, weights = sharing) {
                attention(heads = HEADS)
                addNorm()
                feedForward(hidden = 20) { activation = GeluTanh }
                addNorm()
            }
        val masked by
            logits(encoder, tiedTo = text) {
                dense(width = NARROW, activation = GeluTanh)
                norm()
                bias = true
            }
    }

/** Numbers that no weight begins with, so that each of them shows. */
private fun drawn(model: RunnableModel): Map<String, INDArray> {
    val random = Random(1)
    return model.weights().tensors().mapValues { (_, tensor) ->
        Nd4j.create(DoubleArray(tensor.length().toInt()) { random.nextDouble(-1.0, 1.0) }).reshape('c', *tensor.shape())
    }
}

private fun equations(weights: Map<String, INDArray>) =
    AlbertEquations(weights.mapValues { it.value.dup('c').data().asDouble() }, HEADS, LAYERS, EPSILON)

/** The weight of the shared layer that a layer's own is. */
private fun ofAll(name: String) = name.replace(Regex("^encoder/\\d+/"), "encoder/shared/")

private fun gradients(model: RunnableModel): Map<String, INDArray> {
    val training = TrainingProgram.of(model)
    training.executable().bind(sizes).apply { feed() }.run()
    return training.gradients().tensors()
}

private fun Program.feed() {
    setInput("text", texts.flatMap { it.toList() }.toIntArray())
    setInput(Names.segments("text"), segments.flatMap { it.toList() }.toIntArray())
    setInput(Names.lengths("text"), intArrayOf(5, 5))
    labels("masked", labels.flatMap { it.toList() }.toIntArray())
}
