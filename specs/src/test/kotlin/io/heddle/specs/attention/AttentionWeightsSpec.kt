package io.heddle.specs.attention

import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.lowering.lowerWithWeights
import io.heddle.lowering.weightless
import io.heddle.model.HeadMixing
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
import io.heddle.terms.Global
import io.heddle.terms.Window
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe

/** Weights of attentions are the softmax of their scores, and whoever asks for them changes nothing. */
class AttentionWeightsSpec :
    StringSpec({
        val texts = (0L until 120).associateWith { model(it) }.filterValues { it.readsTexts() }

        "any model gives the bits, weights asked for or not, on every backend" {
            texts.forEach { (seed, model) ->
                about(seed, "recorded", model) {
                    val places = model.attentions().filter { model.weightless(it) == null }
                    val (plain, recording) = model.lower(Purpose.Inference) to model.lowerWithWeights(places)
                    recording.nodes.shouldContainAll(plain.nodes)
                    val sentence = Sentence(model, seed.toInt())
                    val given = sentence.given(recording)
                    listOf(Engine.portable(Precision.FLOAT), Engine.cpu(1)).forEach {
                        it.use { engine ->
                            val alone = engine.outputs(plain, sentence.sizes, given)
                            val beside = engine.outputs(recording, sentence.sizes, given)
                            alone.forEach { (name, numbers) -> beside.getValue(name) sameBitsAs numbers }
                            places.forEach { sumsToOne(beside.getValue(Names.attentionWeights(it.path)), 1e-5) }
                        }
                    }
                }
            }
        }

        "any attention's weights are those of the equation, and make what it gives of the values" {
            val seen = mutableListOf<String>()
            texts.forEach { (seed, model) ->
                about(seed, "weights", model) {
                    val places = model.attentions().filter { model.weightless(it) == null }
                    val graph = model.lowerWithWeights(places)
                    val sentence = Sentence(model, seed.toInt())
                    val given = sentence.given(graph)
                    val values = Interpreter(sentence.sizes).trace(graph, given)
                    places.forEach { seen += Weighed(graph, values, it).agree() }
                    Engine.portable(Precision.DOUBLE).use { engine ->
                        val outputs = engine.outputs(graph, sentence.sizes, given)
                        places.forEach { place ->
                            val name = Names.attentionWeights(place.path)
                            val expected = values.getValue(graph.output(name).id)
                            largestDifference(outputs.getValue(name), expected) shouldBeLessThan 1e-6
                        }
                    }
                }
            }
            listOf("Softmax", "TopK", "LowRank", "Hashed").forEach { kind -> seen.count { kind in it } shouldBeGreaterThan 3 }
        }

        "positions that are global look by maps of their own" {
            val wide =
                model("wide", width = 8) {
                    val text by tokens(vocab = 9)
                    val encoder by
                        stack(text, layers = 1) {
                            attention(heads = 2) {
                                mask = Window(1) or Global(0)
                                globalProjections()
                            }
                            addNorm()
                        }
                    val next by logits(encoder, tiedTo = text)
                }
            val places = wide.attentions()
            val graph = wide.lowerWithWeights(places)
            val sentence = Sentence(wide, 1)
            val values = Interpreter(sentence.sizes).trace(graph, sentence.given(graph))
            val told = values.getValue(graph.output(Names.attentionWeights("encoder/0/attention")).id)
            val (one, all) = listOf("", "/global").map { Weighed(graph, values, places.single(), it).equation() }
            val time = told.shape[2]
            told.data.indices.forEach { at ->
                val query = at / time % time
                told[at] shouldBe ((if (query == 0) all else one)[at] plusOrMinus 1e-9)
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
            texts.values.flatMap { model -> model.attentions().map { model to it } }.forEach { (model, place) ->
                (model.weightless(place) == null) shouldBe (place.attention.method !is Method.Kernel)
            }
        }
    })

/** Whether it reads tokens alone: what is seen besides is no text's. */
private fun Model.readsTexts() = components.none { it.name == "seen" }

/** What [place] gave, whose queries, keys and values are among [values] of [graph]. */
private class Weighed(
    private val graph: Graph,
    private val values: Map<Int, Numbers>,
    private val place: AttentionPlace,
    private val inside: String = "",
) {
    private val path = place.path + inside
    private val fused = graph.nodes.find { it.op is Op.Attention && it.path == path }

    /** Holds the recorded weights to the equation, or to what they make of the values; tells which attention it was. */
    fun agree(): String {
        val told = values.getValue(graph.output(Names.attentionWeights(path)).id)
        sumsToOne(told, 1e-9)
        if (fused != null) largestDifference(told, equation()) shouldBeLessThan 1e-6
        else largestDifference(weighed(told), given()) shouldBeLessThan 1e-6
        return "${place.attention.method}"
    }

    /** Equation 1 of arXiv 1706.03762 gives the weights where each key's value is a 1 at its own place. */
    fun equation(): Numbers {
        val kind = (fused!!.op as Op.Attention).kind
        val inputs = fused.inputs.map { values.getValue(it.id) }
        val (batch, count) = inputs[1].shape
        val own = Numbers.make(listOf(batch, count, kind.keyValueHeads * count)) {
            if (it / (kind.keyValueHeads * count) % count == it % count) 1.0 else 0.0
        }
        val (rows) = AttentionEquations(kind, inputs.take(2) + own + inputs.slice(3..4), inputs.drop(5)).forward()
        val queries = inputs[0].shape[1]
        return permute(Numbers(listOf(batch, queries, kind.heads, count), rows.data), listOf(0, 2, 1, 3))
    }

    /** What goes into the map of the output. */
    private fun given(): Numbers {
        val output = graph.nodes.first { it.op is Op.MatMul && it.path == "$path/output" }
        return values.getValue(output.inputs.first().id)
    }

    private fun weighed(weights: Numbers): Numbers {
        val part = place.attention
        val value = values.getValue(graph.nodes.last { it.path == "$path/value" }.output.id)
        val mixing = graph.nodes.find { it.op is Op.MatMul && it.path == "$path/probabilityMixing" }
        val (batch, heads, queries, keys) = weights.shape
        fun weight(b: Int, head: Int, query: Int, key: Int) = weights[((b * heads + head) * queries + query) * keys + key]
        fun mixed(b: Int, head: Int, query: Int, key: Int): Double {
            if (part.mixing == HeadMixing.None) return weight(b, head, query, key)
            val map = values.getValue(mixing!!.inputs[1].id)
            return (0 until heads).sumOf { map[head * heads + it] * weight(b, it, query, key) }
        }
        val shared = heads / part.keyValueHeads
        return Numbers.make(listOf(batch, queries, heads * part.valueWidth)) { at ->
            val (head, number) = at % (heads * part.valueWidth) / part.valueWidth to at % part.valueWidth
            val (b, query) = at / (heads * part.valueWidth) / queries to at / (heads * part.valueWidth) % queries
            (0 until keys).sumOf { key ->
                mixed(b, head, query, key) * value[b, key, head / shared * part.valueWidth + number]
            }
        }
    }
}

/** Each row sums to 1, or is of a query that sees nothing. */
private fun sumsToOne(weights: Numbers, within: Double) =
    repeat(weights.rows) { at ->
        val row = weights.row(at)
        if (row.any { it != 0.0 }) row.sum() shouldBe (1.0 plusOrMinus within)
        row.filterNot { it >= 0.0 }.shouldBeEmpty()
    }

private infix fun Numbers.sameBitsAs(other: Numbers) {
    shape shouldBe other.shape
    data.indices.filterNot { data[it].toRawBits() == other.data[it].toRawBits() }.shouldBeEmpty()
}
