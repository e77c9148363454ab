package io.heddle.specs.language

import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.lowering.lowerWithWeights
import io.heddle.model.Model
import io.heddle.rules.attentions
import io.heddle.runtime.gradient.Gradients
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.bound
import io.heddle.specs.support.largestDifference
import io.heddle.terms.CopyHeads
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.math.exp
import kotlin.math.ln
import kotlin.random.Random

private const val KNOWN = 5
private const val SOURCE = 4
private const val TARGET = 3
private const val WIDTH = 4
private const val HEADS = 2
private const val LOOK = "decoder/0/crossAttention"

private val sizes = mapOf("batch" to 2L, "source" to SOURCE.toLong(), "target" to TARGET.toLong())

/** A decoder that copies by [heads], or, without, that only writes. */
private fun writer(vararg heads: CopyHeads): Model =
    model("writer", width = WIDTH) {
        val source by tokens(vocab = 7)
        val target by tokens(vocab = KNOWN)
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 1) { causal() }
                addNorm()
                crossAttention(from = source, heads = HEADS)
                addNorm()
            }
        val next by logits(decoder) { heads.forEach { copyFrom(source, through = LOOK, heads = it) } }
        check(next.name == "next")
    }

/** The decoder alone: what the scores are made of. */
private val reader =
    model("reader", width = WIDTH) {
        val source by tokens(vocab = 7)
        val target by tokens(vocab = KNOWN)
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 1) { causal() }
                addNorm()
                crossAttention(from = source, heads = HEADS)
                addNorm()
            }
        check(decoder.name == "decoder")
    }

/** Words that a vocabulary of 5 lacks are numbered by the first position that holds them: 5 + 1, and 5 + 0. */
private val copies = listOf(listOf(2, 6, 6, 3), listOf(5, 4, 0, 0))

private val labels = listOf(listOf(6, 1, 3), listOf(5, 4, -1))

private fun table(rows: List<List<Int>>) =
    Numbers(listOf(rows.size, rows[0].size), rows.flatten().map { it.toDouble() }.toDoubleArray())

private fun given(graph: Graph): Map<String, Numbers> {
    val random = Random(3)
    val weights =
        graph.parameters.associate { node ->
            val parameter = node.op as Op.Parameter
            parameter.name to Numbers.make(parameter.shape.bound(sizes)) { random.nextDouble(-1.0, 1.0) }
        }
    return weights +
        mapOf(
            "source" to table(listOf(listOf(2, 0, 0, 3), listOf(6, 4, 0, 0))),
            "target" to table(listOf(listOf(1, 0, 2), listOf(1, 0, 0))),
            Names.lengths("source") to Numbers.indices(SOURCE, 2),
            Names.lengths("target") to Numbers.indices(TARGET, 2),
            Names.copies("next") to table(copies),
            Names.labels("next") to table(labels),
            Names.NORMALIZER to Numbers.scalar(1.0 / 5),
        )
}

/** `g * softmax(z)[w] + (1 - g) * sum of a_i`, over the positions that hold `w` (arXiv 1704.04368, equations 8, 9). */
private fun mixture(given: Map<String, Numbers>, heads: CopyHeads): Numbers {
    val interpreter = Interpreter(sizes)
    val z = interpreter.run(writer().lower(Purpose.Inference), given).getValue("next")
    val x = interpreter.run(reader.lower(Purpose.Inference), given).getValue("decoder")
    val looking = writer().lowerWithWeights(writer().attentions(LOOK))
    val looks = interpreter.run(looking, given).getValue(Names.attentionWeights(LOOK))
    val (weight, bias) = given.getValue("next/copy/weight") to given.getValue("next/copy/bias")[0]
    val made = Numbers.zeros(listOf(2, TARGET, KNOWN + SOURCE))
    for (row in 0 until 2) for (time in 0 until TARGET) {
        val at = row * TARGET + time
        val g = 1.0 / (1.0 + exp(-(bias + (0 until WIDTH).sumOf { weight[it] * x[row, time, it] })))
        val raised = z.row(at).map { exp(it) }
        raised.forEachIndexed { word, each -> made.data[at * made.last + word] += g * each / raised.sum() }
        copies[row].forEachIndexed { position, word ->
            fun look(head: Int) = looks[((row * HEADS + head) * TARGET + time) * SOURCE + position]
            val a =
                when (heads) {
                    is CopyHeads.Mean -> (0 until HEADS).sumOf { look(it) } / HEADS
                    is CopyHeads.One -> look(heads.head)
                }
            made.data[at * made.last + word] += (1 - g) * a
        }
    }
    return made
}

/** A decoder that copies writes what equations 8 and 9 of arXiv 1704.04368 say, words of the source among them. */
class PointerSpec :
    StringSpec({
        for (heads in listOf(CopyHeads.Mean, CopyHeads.One(0), CopyHeads.One(1))) {
            val pointer = writer(heads)
            val evaluation = pointer.lower(Purpose.Evaluation)
            val numbers = given(evaluation)
            val computed = Interpreter(sizes).run(evaluation, numbers)
            val probabilities = computed.getValue("next").map { exp(it) }

            "by $heads, each word has the mixture's probability, and all together 1" {
                val expected = mixture(numbers, heads)
                largestDifference(probabilities, expected) shouldBeLessThan 1e-10
                for (at in 0 until probabilities.rows) probabilities.row(at).sum() shouldBe (1.0 plusOrMinus 1e-10)
            }

            "by $heads, the loss is what the labels' probabilities say, of words that no vocabulary has too" {
                val expected = mixture(numbers, heads)
                val each =
                    labels.flatten().mapIndexedNotNull { at, label ->
                        if (label < 0) null else -ln(expected.row(at)[label])
                    }
                computed.getValue("loss")[0] shouldBe (each.sum() / 5 plusOrMinus 1e-9)
            }

            "by $heads, the gradients are what differences of the loss say" {
                val forward = pointer.lower(Purpose.Training)
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
                                (8.0 * (loss(it, step) - loss(it, -step)) -
                                    (loss(it, 2 * step) - loss(it, -2 * step))) / (12.0 * step)
                            }
                        withClue(name) {
                            largestDifference(made.getValue("gradient/$name"), differences, 1e-2) shouldBeLessThan 1e-6
                        }
                    }
            }
        }
    })
