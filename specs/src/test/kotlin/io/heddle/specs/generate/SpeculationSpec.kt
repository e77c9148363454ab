package io.heddle.specs.generate

import io.heddle.check.ProblemsException
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizers
import io.heddle.runtime.generate.DecodingSession
import io.heddle.runtime.generate.Draft
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.generate.Written
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallReverser
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import java.util.OptionalInt
import kotlin.math.min
import kotlin.math.pow

/** With a draft, a model writes what it writes without, in fewer passes (arXiv 2211.17192). */
class SpeculationSpec :
    StringSpec({
        val engine = autoClose(Engine.cpu(1))
        val exact = autoClose(Engine.portable(Precision.DOUBLE))

        "scores of several positions at once are those of one after the other" {
            val model = RunnableModel.initialized(smallDecoder(positions = 32), exact, 1)
            val session = DecodingSession.of(model, 1)
            session.read(arrayOf(intArrayOf(3, 1, 4)))
            val block = session.readEach(arrayOf(intArrayOf(1, 5, 9, 2))).dup()
            session.shorten(3)
            listOf(1, 5, 9, 2).forEachIndexed { place, token ->
                val alone = session.read(arrayOf(intArrayOf(token))).getRow(0).toDoubleVector()
                val together = block.slice(0).getRow(place.toLong()).toDoubleVector()
                alone.zip(together).forEach { (mine, other) -> mine shouldBe (other plusOrMinus 1e-12) }
            }
        }

        "what is drawn with a draft is distributed as what the model draws alone" {
            val model = RunnableModel.initialized(shortSighted("model"), engine, 1)
            val draft = RunnableModel.initialized(shortSighted("draft", width = 4), engine, 2)
            val start = listOf(1, 2)
            val seen = HashMap<List<Int>, IntArray>()
            var tested = 0
            var accepted = 0
            var passes = 0
            repeat(100) { seed ->
                val drafted =
                    Generator(model, Decoding.Sampling(), OptionalInt.empty(), seed.toLong())
                        .drafted(Draft(draft, 3))
                        .after(start.toIntArray(), 100) {}
                drafted.written().tokens().windowed(3).forEach { (first, second, next) ->
                    seen.getOrPut(listOf(first, second)) { IntArray(4) }[next]++
                }
                tested += drafted.counts().tested()
                accepted += drafted.counts().accepted()
                passes += drafted.counts().passes()
            }
            seen.values.sumOf { it.sum() } shouldBe 10_000

            /** Pearson's statistic over all pairs of last tokens, with three degrees of freedom for each of 16. */
            fun statistic(of: RunnableModel) =
                seen.entries.sumOf { (last, counts) ->
                    of.probabilities(last).zip(counts.toList()).sumOf { (p, count) ->
                        val expected = p * counts.sum()
                        (count - expected).pow(2) / expected
                    }
                }
            seen.size shouldBe 16
            statistic(model) shouldBeLessThan 84.0 // 1 in 1,000 is larger with 48 degrees of freedom
            statistic(draft) shouldBeGreaterThan 500.0
            // What is accepted is the overlap of both distributions (section 3.2), as often as each pair was seen.
            val overlap =
                seen.entries.sumOf { (last, counts) ->
                    val both = model.probabilities(last).zip(draft.probabilities(last)).sumOf { (p, q) -> min(p, q) }
                    both * counts.sum() / 10_000
                }
            val acceptance = accepted.toDouble() / tested
            acceptance shouldBe (overlap plusOrMinus 0.05)
            // Equation 1, were every token accepted independently of the others.
            10_000.0 / passes shouldBe ((1 - acceptance.pow(4)) / (1 - acceptance) plusOrMinus 0.15)
        }

        "the likeliest tokens are those without a draft, beyond all positions and under rules" {
            val model = RunnableModel.initialized(smallDecoder(positions = 16), exact, 1)
            val rules = listOf(DecodingRule.NoRepeat(2), DecodingRule.RepetitionPenalty(1.8))
            val ways = listOf(Decoding.Greedy) + rules.map { Decoding.Restricted(Decoding.Greedy, listOf(it)) }
            val alone = HashMap<Pair<Decoding, Int>, Written>()
            for ((positions, words) in listOf(16 to 4, 6 to 3, 2 to 2)) {
                val draft = RunnableModel.initialized(smallDecoder(positions = positions), exact, 1)
                for ((prompt, count) in listOf(intArrayOf(3) to 19, IntArray(20) { it % 12 } to 4)) {
                    ways.forEach { way ->
                        val generator = Generator(model, way, OptionalInt.empty(), 0)
                        val own = alone.getOrPut(way to count) { generator.after(prompt, count) {} }
                        val heard = mutableListOf<Int>()
                        val drafted = generator.drafted(Draft(draft, words)).after(prompt, count) { heard += it }
                        drafted.written() shouldBe own
                        heard shouldBe own.tokens().drop(prompt.size)
                    }
                }
            }
        }

        "a draft that is the model itself is always right" {
            val model = RunnableModel.initialized(smallDecoder(positions = 64), exact, 1)
            for (way in listOf(Decoding.Greedy, Decoding.Sampling(0.8, topK = 5))) {
                val counts =
                    Generator(model, way, OptionalInt.empty(), 3)
                        .drafted(Draft(model, 4))
                        .after(intArrayOf(3, 1), 50) {}
                        .counts()
                counts.passes() shouldBe 10
                counts.tested() shouldBe 40
                counts.acceptance() shouldBe 1.0
                counts.tokensPerPass() shouldBe 5.0
            }
        }

        "a source is answered, until the end token" {
            val model = RunnableModel.initialized(smallReverser(), exact, 1)
            val draft = RunnableModel.initialized(smallReverser(), exact, 2)
            for (end in 0 until 12 step 3) {
                val generator = Generator(model, Decoding.Greedy, OptionalInt.of(end), 0)
                val source = intArrayOf(5, 6, 7, 3)
                val alone = generator.from(source, listOf(), 2, 12) {}
                generator.drafted(Draft(draft, 3)).from(source, listOf(), 2, 12) {}.written() shouldBe alone
            }
        }

        "it ends when it is asked to" {
            val model = RunnableModel.initialized(smallDecoder(positions = 64), engine, 1)
            var asked = 0
            val drafted =
                Generator(model, Decoding.Greedy, OptionalInt.empty(), 0)
                    .until { asked++ == 2 }
                    .drafted(Draft(model, 4))
                    .after(intArrayOf(3), 50) {}
            drafted.written().end() shouldBe Written.End.ASKED
            drafted.written().tokens().size shouldBe 1 + 2 * 5
        }

        "a draft with fewer positions than a source has is told, and one with fewer than an answer writes less ahead" {
            val model = RunnableModel.initialized(smallReverser(), exact, 1)
            val draft = Draft(RunnableModel.initialized(shortAnswerer(3, 4), exact, 2), 3)
            val generator = Generator(model, Decoding.Greedy, OptionalInt.empty(), 0)
            shouldThrow<ProblemsException> { generator.drafted(draft).from(intArrayOf(5, 6, 7, 3), listOf(), 2, 12) {} }
                .shouldHaveMessage(
                    """
                    source: it is longer than the model beside has positions
                      tokens = 4, the end token included
                      model beside = short
                      positions of source = 3
                      Give a shorter one, or name a model that was trained with more positions.
                    """
                        .trimIndent()
                )
            val source = intArrayOf(5, 6, 3)
            generator.drafted(draft).from(source, listOf(), 2, 12) {}.written() shouldBe
                generator.from(source, listOf(), 2, 12) {}
        }

        fun letters(text: String) = Tokenizers.shared(CharacterTokenizer.of(text))

        "a draft of other tokens is told" {
            val draft = RunnableModel.initialized(smallDecoder(), engine, 1)
            shouldThrow<ProblemsException> { Draft.of(draft, letters("abce"), letters("abcd"), 4) }
                .shouldHaveMessage(
                    """
                    draft: it has another vocabulary of what is written
                      tokens of the draft = 4
                      tokens of the model = 4
                      first that differs = 3, which is "e" to the draft and "d" to the model
                      Train the draft on the data of the model, so that both have the same tokens.
                    """
                        .trimIndent()
                )
            val other = Tokenizers(CharacterTokenizer.of("abc"), CharacterTokenizer.of("ab"))
            shouldThrow<ProblemsException> { Draft.of(draft, other, letters("ab"), 4) }
                .shouldHaveMessage(
                    """
                    draft: it has another vocabulary of what is read
                      tokens of the draft = 3
                      tokens of the model = 2
                      first that differs = none of the first 2: one has more, or cuts texts otherwise
                      Train the draft on the data of the model, so that both have the same tokens.
                    """
                        .trimIndent()
                )
            Draft.of(draft, letters("ab"), letters("ba"), 4).words() shouldBe 4
        }

        "a draft that is asked other things is told" {
            val text = RunnableModel.initialized(smallDecoder(), engine, 1)
            val answer = RunnableModel.initialized(smallReverser(), engine, 1)
            val generator = Generator(text, Decoding.Greedy, OptionalInt.empty(), 0)
            shouldThrow<ProblemsException> { generator.drafted(Draft(answer, 4)) }
                .shouldHaveMessage(
                    """
                    draft: it is not asked what the model is asked
                      draft = reverser reads a source
                      model = small goes on with text
                      Choose a draft that was trained on the data of the model.
                    """
                        .trimIndent()
                )
            val copying = RunnableModel.initialized(copier(), engine, 1)
            shouldThrow<ProblemsException> {
                    Generator(copying, Decoding.Greedy, OptionalInt.empty(), 0).drafted(Draft(answer, 4))
                }
                .shouldHaveMessage(
                    """
                    draft: what is copied has other numbers in "reverser" than in "copier"
                      Let both copy words of their sources, beside vocabularies of one size, or neither.
                    """
                        .trimIndent()
                )
            shouldThrow<IllegalArgumentException> {
                    Generator(text, Decoding.Beam(2), OptionalInt.empty(), 0).drafted(Draft(text, 4))
                }
                .message shouldBe
                "A draft is for greedy decoding or drawing, and not for " +
                    "Beam(size=2, lengthPenalty=1.0, coverage=None)."
            shouldThrow<IllegalArgumentException> { Draft(text, 0) }.message shouldBe "words = 0 must be 1 or more."
        }
    })
