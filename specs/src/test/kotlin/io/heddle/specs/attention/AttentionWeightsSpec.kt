package io.heddle.specs.attention

import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.lowering.lowerWithWeights
import io.heddle.lowering.weightless
import io.heddle.model.Attention
import io.heddle.model.GlobalMaps
import io.heddle.model.Method
import io.heddle.model.Model
import io.heddle.rules.AttentionPlace
import io.heddle.rules.attentions
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.language.generated.about
import io.heddle.specs.language.generated.model
import io.heddle.specs.support.AttentionEquations
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.largestDifference
import io.heddle.specs.support.permute
import io.kotest.assertions.withClue
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe

/** Weights of attentions are the softmax of their scores, and whoever asks for them changes nothing. */
class AttentionWeightsSpec :
    StringSpec({
        val texts = (0L until 120).associateWith { model(it) }.filterValues { it.readsTexts() }

        "any model gives the bits, weights asked for or not, on every backend"
            .config(tags = setOf(NamedTag("Long"))) {
                var finite = 0
                val some = texts.filterKeys { it < 60 }
                some.forEach { (seed, model) ->
                    about(seed, "recorded", model) {
                        val places = model.attentions().filter { model.weightless(it).isEmpty() }
                        val (plain, recording) = model.lower(Purpose.Inference) to model.lowerWithWeights(places)
                        (recording.nodes.take(plain.nodes.size) == plain.nodes) shouldBe true
                        val sentence = Sentence(model, seed.toInt())
                        val given = sentence.given(recording)
                        listOf(Engine.portable(Precision.FLOAT), Engine.cpu(1)).forEach {
                            it.use { engine ->
                                val alone = engine.outputs(plain, sentence.sizes, given)
                                val beside = engine.outputs(recording, sentence.sizes, given)
                                alone.forEach { (name, numbers) -> beside.getValue(name) sameBitsAs numbers }
                                // Some of what is generated overflows the floats.
                                places
                                    .map { place -> beside.getValue(Names.attentionWeights(place.path)) }
                                    .filter { weights -> weights.isFinite }
                                    .onEach { finite++ }
                                    .forEach { weights -> sentence.sumsToOne(weights, 1e-5) }
                            }
                        }
                    }
                }
                finite shouldBeGreaterThan 4 * some.size
            }

        "any attention's weights are those of the equation, and make what it gives of the values" {
            val seen = mutableListOf<String>()
            texts.forEach { (seed, model) ->
                about(seed, "weights", model) {
                    val places = model.attentions().filter { model.weightless(it).isEmpty() }
                    val graph = model.lowerWithWeights(places)
                    val sentence = Sentence(model, seed.toInt())
                    val given = sentence.given(graph)
                    val values = Interpreter(sentence.sizes).trace(graph, given)
                    places.forEach { place ->
                        val traced = Traced(graph, values, place)
                        // Some of what is generated divides by nothing, and gives no numbers.
                        if (traced.given.isFinite) {
                            withClue(place.path) { traced.agree(sentence) }
                            seen += "${place.attention.method}"
                        }
                    }
                }
            }
            listOf("Softmax", "TopK", "LowRank", "Hashed").forEach { kind ->
                withClue(kind) { seen.count { kind in it } shouldBeGreaterThan 9 }
            }
        }

        "scores that are capped know of the trained vector of relative sinusoids" {
            fun graph(capped: Boolean) =
                model("bent", width = 8) {
                        val text by tokens(vocab = 9)
                        val decoder by
                            stack(text, layers = 1) {
                                attention(heads = 2) {
                                    relativeSinusoidal()
                                    if (capped) softcap = 30.0
                                }
                                addNorm()
                            }
                        val next by logits(decoder, tiedTo = text)
                    }
                    .lower(Purpose.Inference)
                    .parameters
                    .map { (it.op as Op.Parameter).name }
                    .toSet()
            graph(capped = true) shouldBe graph(capped = false)
        }

        "attention that adds up keys times values has no weights" {
            texts.values
                .flatMap { model -> model.attentions().map { model to it } }
                .forEach { (model, place) ->
                    model.weightless(place).isEmpty() shouldBe (place.attention.method !is Method.Kernel)
                }
        }
    })

/** Whether it reads tokens alone: what is seen besides is no text's. */
private fun Model.readsTexts() = components.none { it.name == "seen" }

/** What [place] gave, whose queries, keys and values are among [values] of [graph]. */
private class Traced(
    private val graph: Graph,
    private val values: Map<Int, Numbers>,
    private val place: AttentionPlace,
) {
    private val told = values.getValue(graph.output(Names.attentionWeights(place.path)).id)

    /** What goes into the map of the output. */
    val given: Numbers =
        values.getValue(graph.nodes.first { it.op is Op.MatMul && it.path == "${place.path}/output" }.inputs.first().id)

    /** Holds the recorded weights to the equation, or to what they make of the values. */
    fun agree(sentence: Sentence) {
        sentence.sumsToOne(told, 1e-9)
        val plain = fused(place.path)
        if (plain == null) largestDifference(given, weighed()) shouldBeLessThan 1e-6
        else {
            val own = if (hasGlobals()) fused(globalPath) else null
            val expected = listOf(equation(plain), equation(own ?: plain))
            val (queries, keys) = told.shape.takeLast(2)
            val rows = Numbers.make(told.shape) { at -> expected[if (at / keys % queries == 0) 1 else 0][at] }
            largestDifference(told, rows) shouldBeLessThan 1e-6
        }
    }

    /** Whether the first query, the only global one of what is generated, has maps of its own. */
    private fun hasGlobals() = (place.attention as? Attention)?.globals == GlobalMaps.Own

    private val globalPath = "${place.path}/global"

    private fun fused(path: String) = graph.nodes.find { it.op is Op.Attention && it.path == path }

    /** Equation 1 of arXiv 1706.03762 gives the weights where each key's value is a 1 at its own place. */
    private fun equation(fused: Node): Numbers {
        val kind = (fused.op as Op.Attention).kind
        val inputs = fused.inputs.map { values.getValue(it.id) }
        val (batch, count) = inputs[1].shape
        val width = kind.keyValueHeads * count
        val own = Numbers.make(listOf(batch, count, width)) { if (it / width % count == it % count) 1.0 else 0.0 }
        val (rows) = AttentionEquations(kind, inputs.take(2) + own + inputs.slice(3..4), inputs.drop(5)).forward()
        val queries = inputs[0].shape[1]
        return permute(Numbers(listOf(batch, queries, kind.heads, count), rows.data), listOf(0, 2, 1, 3))
    }

    private fun value(path: String) = values.getValue(graph.nodes.last { it.path == "$path/value" }.output.id)

    /** The map over heads that probabilities go through, where [path] has one. */
    private fun mixing(path: String): Numbers? {
        val map = graph.nodes.find { it.op is Op.MatMul && it.path == "$path/probabilityMixing" } ?: return null
        return values.getValue(map.inputs[1].id)
    }

    private fun weighed(): Numbers {
        val part = place.attention
        val (batch, heads, queries, keys) = told.shape
        val paths = listOf(place.path, if (hasGlobals()) globalPath else place.path)
        val (those, mixing) = paths.map(::value) to paths.map(::mixing)
        fun weight(b: Int, head: Int, query: Int, key: Int) = told[((b * heads + head) * queries + query) * keys + key]
        fun mixed(b: Int, head: Int, query: Int, key: Int): Double {
            val map = mixing[if (query == 0) 1 else 0] ?: return weight(b, head, query, key)
            return (0 until heads).sumOf { map[head * heads + it] * weight(b, it, query, key) }
        }
        val (shared, width) = heads / part.keyValueHeads to heads * part.valueWidth
        return Numbers.make(listOf(batch, queries, width)) { at ->
            val (head, number) = at % width / part.valueWidth to at % part.valueWidth
            val (b, query) = at / width / queries to at / width % queries
            val values = those[if (query == 0) 1 else 0]
            (0 until keys).sumOf { key ->
                mixed(b, head, query, key) * values[b, key, head / shared * part.valueWidth + number]
            }
        }
    }
}

/** Each row of a real query sums to 1, or is of one that sees nothing. */
private fun Sentence.sumsToOne(weights: Numbers, within: Double) {
    val (_, heads, queries) = weights.shape
    repeat(weights.rows) { at ->
        val row = weights.row(at)
        val real = at % queries < lengths[at / queries / heads]
        if (real && row.any { it != 0.0 }) row.sum() shouldBe (1.0 plusOrMinus within)
        row.filterNot { it >= 0.0 }.shouldBeEmpty()
    }
}

private val Numbers.isFinite: Boolean
    get() = data.all(Double::isFinite)

private infix fun Numbers.sameBitsAs(other: Numbers) {
    shape shouldBe other.shape
    data.indices.filterNot { data[it].toRawBits() == other.data[it].toRawBits() }.shouldBeEmpty()
}
