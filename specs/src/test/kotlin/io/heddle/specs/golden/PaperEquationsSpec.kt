package io.heddle.specs.golden

import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.program.Program
import io.kotest.core.spec.style.FunSpec
import kotlin.math.abs
import kotlin.math.pow
import kotlin.random.Random
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j

/** What has no reference here to be run, by the equations of its paper: scores, loss and every gradient. */
class PaperEquationsSpec :
    FunSpec({
        holds("ALiBi adds -slope * distance to the scores (arXiv 2108.12409, section 3)", alibi(heads = 4), heads = 4) {
            val slopes = (1..4).map { head -> (1.0 / 2.0.pow(8.0 / 4)).pow(head) }
            layers("decoder", embedded("text/embedding", words, WIDTH)) { head, i, j ->
                if (j > i) null else -slopes[head] * (i - j)
            }
        }

        holds("ALiBi of two heads has slopes of 1/16 and 1/256", alibi(heads = 2), heads = 2) {
            layers("decoder", embedded("text/embedding", words, WIDTH)) { head, i, j ->
                if (j > i) null else -listOf(1.0 / 16, 1.0 / 256)[head] * (i - j)
            }
        }

        holds("FLOATER adds a path through time before each layer (arXiv 2003.09229)", floater(), heads = 2) {
            val path = flow("text/floater", words.size)
            (0 until LAYERS).fold(embedded("text/embedding", words, WIDTH)) { x, layer ->
                val placed = x.zip(path) { own, place -> own + place }
                fed("decoder/$layer/feedForward", attend("decoder/$layer/attention", placed, placed) { _, _, _ -> 0.0 })
            }
        }

        holds("each layer of a decoder reads a layer of the encoder (arXiv 2005.08081)", views(), heads = 2) {
            val read =
                (0 until LAYERS)
                    .runningFold(embedded("source/embedding", sources, WIDTH)) { x, layer ->
                        fed("encoder/$layer/feedForward", attend("encoder/$layer/attention", x, x) { _, _, _ -> 0.0 })
                    }
                    .drop(1)
            (0 until LAYERS).fold(embedded("text/embedding", words, WIDTH)) { x, layer ->
                val own = attend("decoder/$layer/attention", x, x) { _, i, j -> if (j > i) null else 0.0 }
                val seen = read[LAYERS - 1 - layer]
                fed("decoder/$layer/feedForward", attend("decoder/$layer/crossAttention", own, seen) { _, _, _ -> 0.0 })
            }
        }
    })

private const val WIDTH = 8
private const val HIDDEN = 7
private const val LAYERS = 3
private const val WORDS = 11
private const val STEP = 2e-4
private val words = intArrayOf(3, 1, 4, 1, 5, 9)
private val sources = intArrayOf(2, 7, 1, 8)
private val labels = intArrayOf(5, 0, 10, 2, 7, 1)
private val sizes = mapOf("batch" to 1L, "text" to 6L, "source" to 4L)

private fun BlockScope.fed() {
    feedForward(HIDDEN)
    addNorm()
}

private fun alibi(heads: Int): Model =
    model("alibi", WIDTH) {
        val text by tokens(WORDS)
        val decoder by
            stack(text, LAYERS) {
                attention(heads) {
                    causal()
                    alibi()
                }
                addNorm()
                fed()
            }
        val next by logits(decoder)
        check(next.name == "next")
    }

/** In so many steps that those of the equations, of another rule, come to the same. */
private fun floater(): Model =
    model("floater", WIDTH) {
        val text by tokens(WORDS) { floater(steps = 256, hidden = 5) }
        val decoder by
            stack(text, LAYERS) {
                attention(heads = 2)
                addNorm()
                fed()
            }
        val next by logits(decoder)
        check(next.name == "next")
    }

private fun views(): Model =
    model("views", WIDTH) {
        val source by tokens(WORDS)
        val text by tokens(WORDS)
        val encoder by
            stack(source, LAYERS) {
                attention(heads = 2)
                addNorm()
                fed()
            }
        val decoder by
            stack(text, LAYERS) { layer ->
                attention(heads = 2) { causal() }
                addNorm()
                crossAttention(from = encoder.layer(LAYERS - 1 - layer))
                addNorm()
                fed()
            }
        val next by logits(decoder)
        check(next.name == "next")
    }

/** Layers of an attention whose scores are biased, and a feed-forward. */
private fun PaperEquations.layers(stack: String, x: List<Row>, bias: (head: Int, i: Int, j: Int) -> Double?) =
    (0 until LAYERS).fold(x) { y, layer ->
        fed("$stack/$layer/feedForward", attend("$stack/$layer/attention", y, y, bias))
    }

private fun FunSpec.holds(promise: String, model: Model, heads: Int, compute: PaperEquations.() -> List<Row>) {
    fun scores(weights: Map<String, INDArray>): List<Row> {
        val equations = PaperEquations(weights.mapValues { it.value.dup('c').data().asDouble() }, heads)
        return equations.scores(equations.compute())
    }

    for (setting in Setting.entries) {
        test("$promise: scores and loss on $setting") {
            setting.engine().use { engine ->
                val runnable = RunnableModel.initialized(model, engine, 0)
                val weights = drawn(runnable)
                runnable.weights().load(weights, "drawn")
                val program = runnable.executable(Purpose.Evaluation).bind(sizesOf(model)).apply { feed() }
                program.run()
                val expected = scores(weights)
                val rows = Nd4j.createFromArray(expected.map { it.toDoubleArray() }.toTypedArray())
                shouldAgree("next", program.output("next"), Stored(rows), setting.stored64)
                val loss = Nd4j.createFromArray(PaperEquations.loss(expected, labels))
                shouldAgree("loss", program.output(Names.LOSS), Stored(loss), setting.stored64)
            }
        }
    }

    test("$promise: gradients are what the loss of the equations changes by") {
        Setting.PortableDouble.engine().use { engine ->
            val runnable = RunnableModel.initialized(model, engine, 0)
            val weights = drawn(runnable)
            runnable.weights().load(weights, "drawn")
            val training = TrainingProgram.of(runnable)
            training.executable().bind(sizesOf(model)).apply { feed() }.run()
            val random = Random(2)
            val gradients = training.gradients().tensors()
            val ways = gradients.mapValues { (_, gradient) -> drawn(gradient, random) }
            fun loss(names: Set<String>, step: Double): Double {
                val moved = names.associateWith { weights.getValue(it).add(ways.getValue(it).mul(step)) }
                return PaperEquations.loss(scores(weights + moved), labels)
            }
            fun along(name: String) = gradients.getValue(name).mul(ways.getValue(name)).sumNumber().toDouble()
            fun check(names: Set<String>, name: String) {
                fun difference(step: Double) = loss(names, step) - loss(names, -step)
                // Of fourth order in the step.
                val slope = (8 * difference(STEP) - difference(2 * STEP)) / (12 * STEP)
                val expected = Stored(Nd4j.createFromArray(slope), gradients.keys.maxOf { abs(along(it)) })
                shouldAgree(name, Nd4j.createFromArray(names.sumOf { along(it) }), expected, 1e-8)
            }
            // A random way of all weights at once meets every wrong number; which one it is, shows one by one.
            runCatching { check(gradients.keys, "all weights") }
                .onFailure { all ->
                    gradients.keys.forEach { check(setOf(it), it) }
                    throw all
                }
        }
    }
}

private fun sizesOf(model: Model) =
    sizes.filterKeys { size -> size == "batch" || model.components.any { it.name == size } }

/** Numbers that no weight begins with, so that each of them shows. */
private fun drawn(model: RunnableModel): Map<String, INDArray> {
    val random = Random(1)
    return model.weights().tensors().mapValues { (_, tensor) -> drawn(tensor, random) }
}

private fun drawn(like: INDArray, random: Random): INDArray =
    Nd4j.create(DoubleArray(like.length().toInt()) { random.nextDouble(-1.0, 1.0) }).reshape('c', *like.shape())

private fun Program.feed() {
    val asked = executable().graph().inputs.map { (it.op as Op.Input).name }
    mapOf("text" to words, "source" to sources).forEach { (name, ids) ->
        if (name in asked) setInput(name, ids)
        if (Names.lengths(name) in asked) setInput(Names.lengths(name), intArrayOf(ids.size))
    }
    labels("next", labels)
}
