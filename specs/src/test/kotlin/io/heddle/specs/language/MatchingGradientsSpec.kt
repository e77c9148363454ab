package io.heddle.specs.language

import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.runtime.gradient.Gradients
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.bound
import io.heddle.specs.support.largestDifference
import io.heddle.terms.Depth
import io.heddle.terms.Pooling
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import kotlin.random.Random

private const val CLASSES = 3
private const val CHANNELS = 2
private const val STEP = 1e-5

/** A decoder of two layers with a norm behind it, which is behind each layer where all are learned from. */
private val finder: Model =
    model("finder", width = 3) {
        val features by featureMap(channels = CHANNELS) { project() }
        val objects by learned(2)
        val decoder by
            stack(objects, layers = 2) {
                crossAttention(from = features, heads = 1)
                addNorm()
            }
        val answers by norm(decoder)
        val label by classify(answers, Pooling.Each, classes = CLASSES)
        val box by boxes(answers, layers = 1)
        objective { matching(label, box, distance = 5.0, overlap = 2.0, absent = 0.1, depth = Depth.AllLayers) }
    }

private val sizes = mapOf("batch" to 2L, "features/rows" to 2L, "features/columns" to 2L, "objects" to 2L)

/** Two pictures, of two objects and of one. */
private fun given(graph: Graph): Map<String, Numbers> {
    val random = Random(4)
    val weights =
        graph.parameters.associate { node ->
            val parameter = node.op as Op.Parameter
            parameter.name to Numbers.make(parameter.shape.bound(sizes)) { random.nextDouble(-1.0, 1.0) }
        }
    val boxes = listOf(0.5, 0.4, 0.43, 0.31, 0.3, 0.65, 0.22, 0.27, 0.6, 0.45, 0.5, 0.52, 0.0, 0.0, 0.0, 0.0)
    return weights +
        mapOf(
            "features" to Numbers.make(listOf(2, 2, 2, CHANNELS)) { random.nextDouble(-1.0, 1.0) },
            Names.lengths("features") to Numbers.indices(4, 4),
            Names.objects("label") to Numbers(listOf(2, 2), doubleArrayOf(0.0, 1.0, 1.0, 0.0)),
            Names.counts("label") to Numbers.indices(2, 1),
            Names.boxes("box") to Numbers(listOf(2, 2, 4), boxes.toDoubleArray()),
        )
}

/** What is learned of boxes and classes has the gradients that its loss has (arXiv 2005.12872, equations 1 and 2). */
class MatchingGradientsSpec :
    StringSpec({
        "gradients of matches after all layers are what differences of the loss say, in double" {
            val forward = finder.lower(Purpose.Training)
            val numbers = given(forward)
            val interpreter = Interpreter(sizes)
            val made = interpreter.run(Gradients.differentiate(forward, Names.LOSS), numbers)
            forward.parameters
                .map { (it.op as Op.Parameter).name }
                .forEach { name ->
                    val at = numbers.getValue(name)
                    fun loss(place: Int, by: Double) =
                        interpreter
                            .run(forward, numbers + (name to at.with(place, at[place] + by)))
                            .getValue(Names.LOSS)[0]
                    val differences = Numbers.make(at.shape) { (loss(it, STEP) - loss(it, -STEP)) / (2 * STEP) }
                    withClue(name) {
                        largestDifference(made.getValue("gradient/$name"), differences, 1e-2) shouldBeLessThan 1e-6
                    }
                }
        }
    })
