package io.heddle.specs.golden

import io.heddle.graph.GraphBuilder
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.runtime.pass.Passes
import io.heddle.runtime.program.ParameterBuffer
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.ln
import org.nd4j.linalg.api.ndarray.INDArray

/** What references recorded between input and head, and of what their losses are sums. */
class RecordedOutputsSpec :
    FunSpec({
        recorded("BART's encoder", bart(), mapOf("encoder/1/feedForward/norm" to "out.encoder_last"))
        recorded("T5's encoder", t5("t5_relu", gated = false), mapOf("encoder/norm" to "out.encoder_last"))
        recorded("T5 1.1's encoder", t5("t5_gated_gelu", gated = true), mapOf("encoder/norm" to "out.encoder_last"))
        recorded("Switch's encoder", switch(), mapOf("encoder/norm" to "out.encoder_last"))
        recorded("GPT-2's decoder", gpt2Reference(), mapOf("decoder/norm" to "out.hidden_last"))
        recorded(
            "BERT's embeddings and encoder",
            bert(),
            mapOf("text/norm" to "out.hidden_0_embeddings", "encoder/1/feedForward/norm" to "out.hidden_last"),
        )
        recorded(
            "CLIP's picture and text",
            clip(),
            mapOf("similarity/left" to "out.image_embeds", "similarity/right" to "out.text_embeds"),
        )

        for (setting in Setting.entries) {
            test("DETR: objects are matched with the answers of the reference's three losses on $setting") {
                val reference = detr()
                val matched = ArrayList<Int>()
                run(setting, reference, listOf { node: Node -> node.op is Op.Match }) { (whole) ->
                    matched += whole.dup('c').data().asDouble().map { it.toInt() }
                }
                val answers = Detections(reference.io)
                matched.chunked(Detections.ANSWERS) shouldBe answers.best
                val (classes, distance, overlap) = answers.losses
                fun stored(name: String) = reference.io.numbers("out.$name").single()
                withClue("losses of the reference, which ran in 32 bits, by the equations of arXiv 2005.12872") {
                    classes shouldBe (stored("loss_ce") plusOrMinus 1e-6)
                    distance shouldBe (stored("loss_bbox") plusOrMinus 1e-6)
                    overlap shouldBe (stored("loss_giou") plusOrMinus 1e-6)
                }
            }
        }
    })

private fun FunSpec.recorded(promise: String, reference: Reference, places: Map<String, String>) {
    for (setting in Setting.entries) {
        test("$promise: as recorded on $setting") {
            run(setting, reference, places.keys.map { path -> { node: Node -> node.path == path } }) { values ->
                places.values.zip(values).forEach { (theirs, ours) ->
                    val tolerance = reference.tolerance(setting, reference.io.bits(theirs))
                    shouldAgree(theirs, ours, reference.io.stored(theirs), tolerance)
                }
            }
        }
    }
}

/** Gives [use] what the last node makes that is each of [wanted]. */
private fun run(
    setting: Setting,
    reference: Reference,
    wanted: List<(Node) -> Boolean>,
    use: (List<INDArray>) -> Unit,
) {
    val lowered = reference.model.lower(Purpose.Evaluation)
    val graph =
        GraphBuilder(lowered).run {
            wanted.forEachIndexed { at, isIt -> output("wanted$at", lowered.nodes.last(isIt).outputs.first()) }
            lowered.outputs.forEach { (name, value) -> output(name, value) }
            build()
        }
    setting.engine().use { engine ->
        val forward = Passes.beforeDifferentiation().apply(graph)
        val weights = ParameterBuffer.initialized(forward, engine.precision(), 0)
        weights.load(reference.weights(weights.layout()), "the reference")
        val program = reference.fed(engine.compile(forward, weights).bind(reference.sizes))
        program.run()
        use(wanted.indices.map { program.output("wanted$it") })
    }
}

/** What the reference answered, matched with the objects by trying every way there is. */
private class Detections(golden: Golden) {
    private val objects =
        listOf(
            listOf(Thing(1, listOf(0.5, 0.5, 0.4, 0.3)), Thing(3, listOf(0.3, 0.6, 0.2, 0.2))),
            listOf(Thing(0, listOf(0.6, 0.4, 0.5, 0.5))),
        )
    private val probabilities =
        golden.numbers("out.logits").toList().chunked(CLASSES).map { row ->
            row.map { exp(it) / row.sumOf { score -> exp(score) } }
        }
    private val boxes = golden.numbers("out.pred_boxes").toList().chunked(SIDES)

    /** Of each picture, which object each answer is for; -1 for none. */
    val best: List<List<Int>> =
        objects.mapIndexed { picture, things ->
            ways(ANSWERS, things.indices.toList())
                .filter { way -> things.indices.all { it in way } }
                .minBy { way ->
                    way.withIndex()
                        .filter { it.value >= 0 }
                        .sumOf { (answer, thing) -> cost(picture * ANSWERS + answer, things[thing]) }
                }
        }

    /** Equation 1: `-p(class) + 5 |box - true| + 2 (1 - GIoU)`; a constant changes no match. */
    private fun cost(answer: Int, thing: Thing) =
        -probabilities[answer][thing.kind] + 5 * distance(answer, thing) - 2 * overlap(boxes[answer], thing.box)

    private fun distance(answer: Int, thing: Thing) = boxes[answer].zip(thing.box) { x, y -> abs(x - y) }.sum()

    /** Of classes, of distances and of overlaps, as the reference tells them: without their weights. */
    val losses: Triple<Double, Double, Double>
        get() {
            val pairs = best.flatMapIndexed { picture, way -> way.map { objects[picture].getOrNull(it) } }
            val found = pairs.withIndex().filter { it.value != null }.map { it.index to checkNotNull(it.value) }
            val weights = pairs.map { if (it == null) ABSENT else 1.0 }
            val classes = pairs.indices.sumOf { -weights[it] * ln(probabilities[it][pairs[it]?.kind ?: (CLASSES - 1)]) }
            return Triple(
                classes / weights.sum(),
                found.sumOf { (answer, thing) -> distance(answer, thing) } / found.size,
                found.sumOf { (answer, thing) -> 1 - overlap(boxes[answer], thing.box) } / found.size,
            )
        }

    private class Thing(val kind: Int, val box: List<Double>)

    companion object {
        const val ANSWERS = 6
        private const val CLASSES = 5
        private const val SIDES = 4

        /** What an answer that is for no object counts. */
        private const val ABSENT = 0.1
    }
}

/** The generalized share of two boxes, center and size, in their union (arXiv 1902.09630, algorithm 1). */
private fun overlap(x: List<Double>, y: List<Double>): Double {
    fun low(box: List<Double>, axis: Int) = box[axis] - box[axis + 2] / 2
    fun high(box: List<Double>, axis: Int) = box[axis] + box[axis + 2] / 2
    fun size(box: List<Double>) = box[2] * box[3]
    val both = (0..1).map { maxOf(0.0, minOf(high(x, it), high(y, it)) - maxOf(low(x, it), low(y, it))) }
    val around = (0..1).map { maxOf(high(x, it), high(y, it)) - minOf(low(x, it), low(y, it)) }
    val union = size(x) + size(y) - both[0] * both[1]
    return both[0] * both[1] / union - (around[0] * around[1] - union) / (around[0] * around[1])
}

/** Each way to give some of [open] to so many answers. */
private fun ways(answers: Int, open: List<Int>): List<List<Int>> =
    if (answers == 0) listOf(emptyList())
    else (open + -1).flatMap { first -> ways(answers - 1, open - first).map { listOf(first) + it } }
