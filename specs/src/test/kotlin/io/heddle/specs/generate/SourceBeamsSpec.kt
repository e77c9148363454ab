package io.heddle.specs.generate

import io.heddle.check.ProblemsException
import io.heddle.recipe.Coverage
import io.heddle.recipe.Decoding
import io.heddle.rules.attentions
import io.heddle.runtime.generate.Answers
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.train.smallReverser
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.throwable.shouldHaveMessage
import java.util.Optional
import java.util.OptionalInt
import kotlin.math.ln
import kotlin.math.min

/** Beams of several sources are searched side by side, and may be asked to look at all of each. */
class SourceBeamsSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))
        val model = RunnableModel.initialized(smallReverser(), engine, 3)
        val sources =
            listOf(intArrayOf(5, 6, 7, 3), intArrayOf(9, 3), intArrayOf(8, 8, 10, 11, 3), IntArray(18) { it % 9 + 3 })

        fun generator(way: Decoding) = Generator(model, way, OptionalInt.of(4), 0)

        "each source has the answers that it has alone" {
            for (way in listOf(Decoding.Beam(3), Decoding.DiverseBeam(4, groups = 2), Decoding.Beam(2, 0.0))) {
                val alone = sources.map { generator(way).bestFrom(it, 2, 4) }
                val together = generator(way).bestFromEach(sources, listOf(), 2, 4)
                together.map { found -> found.map { it.tokens() } } shouldBe
                    alone.map { found -> found.map { it.tokens() } }
                together.flatten().zip(alone.flatten()).forEach { (mine, other) ->
                    mine.score() shouldBe (other.score() plusOrMinus 1e-9)
                }
                generator(way).from(sources, 2, 4).map { it.tokens() } shouldBe alone.map { it.first().tokens() }
            }
        }

        "many answers are in the order of their sources, and none are given when somebody asks to end" {
            for (way in listOf(Decoding.Beam(3), Decoding.Greedy, Decoding.Contrastive(2))) {
                val answers = Answers(generator(way), 2)
                val done = mutableListOf<Int>()
                val alone = sources.map { generator(way).from(listOf(it), 2, 3).single().tokens() }
                val many = List(20) { sources[it % sources.size] }
                val all = answers.to(many, listOf(), OptionalInt.of(3), { false }, { done += it }).orElseThrow()
                all.map { it.tokens() } shouldBe List(20) { alone[it % sources.size] }
                val threes = answers.sideBySide(3).to(many.take(5), listOf(), OptionalInt.of(3), { false }, {})
                threes.orElseThrow().map { it.tokens() } shouldBe List(5) { alone[it % sources.size] }
                done.last() shouldBe 20
                answers.to(many, listOf(), OptionalInt.of(3), { true }, {}) shouldBe Optional.empty()
            }
        }

        val path = "decoder/0/crossAttention"

        /** Equation 14 of arXiv 1609.08144 from the weights of the whole answer, read at once. */
        fun coverage(source: IntArray, answer: List<Int>): Double {
            val executable = model.recording(model.model().attentions(path))
            val read = answer.dropLast(1)
            val program =
                executable.bind(mapOf("batch" to 1L, "source" to source.size.toLong(), "target" to read.size.toLong()))
            program.setInput("source", source)
            program.setInput("source/lengths", intArrayOf(source.size))
            program.setInput("target", read.toIntArray())
            program.setInput("target/lengths", intArrayOf(read.size))
            program.run()
            val weights = program.output("$path/attentionWeights") // [1, heads, target, source]
            return source.indices.sumOf { place ->
                val seen =
                    read.indices.sumOf { word ->
                        (0L until 2).sumOf { head -> weights.getDouble(0, head, word.toLong(), place.toLong()) } / 2
                    }
                ln(min(seen, 1.0))
            }
        }

        "a coverage penalty is the equation's, for several sources side by side" {
            // Weights of a model that has learned nothing are nearly alike: what is left out counts for much here.
            val weight = 200.0
            val plain = generator(Decoding.Beam(4)).bestFromEach(sources, listOf(), 2, 3)
            val covering = Decoding.Beam(4, coverage = Coverage.Penalty(path, weight))
            val found = generator(covering).bestFromEach(sources, listOf(), 2, 3)
            var compared = 0
            found.zip(plain).zip(sources).forEach { (both, source) ->
                val (answers, others) = both
                answers.forEach { answer ->
                    val same = others.firstOrNull { it.tokens() == answer.tokens() }
                    if (same != null) {
                        val cost = weight * coverage(source, answer.tokens())
                        answer.score() shouldBe (same.score() + cost plusOrMinus 1e-9)
                        compared++
                    }
                }
                answers.map { it.score() } shouldBe answers.map { it.score() }.sortedDescending()
            }
            compared shouldBeGreaterThan 8
            found.map { it.first().tokens() } shouldNotBe plain.map { it.first().tokens() }
        }

        "an attention that says nothing of a source is told" {
            fun told(attention: String) =
                shouldThrow<ProblemsException> {
                    generator(Decoding.Beam(2, coverage = Coverage.Penalty(attention, 0.2))).bestFrom(sources[0], 2, 4)
                }
            told("decoder/0/attention")
                .shouldHaveMessage(
                    """
                    decoder/0/attention: it does not say how much of each word of a source is looked at
                      Name a cross-attention whose method is softmax, topK or hashed.
                    """
                        .trimIndent()
                )
            told("decoder/0/*")
                .shouldHaveMessage(
                    """
                    decoding: the coverage of a source is told by one attention
                      attentions called decoder/0/* = 2
                      Name one: the last cross-attention of a decoder, or one that was guided.
                    """
                        .trimIndent()
                )
        }
    })
