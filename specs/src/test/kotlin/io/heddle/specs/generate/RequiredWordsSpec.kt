package io.heddle.specs.generate

import io.heddle.check.ProblemsException
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.generate.Written
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.throwable.shouldHaveMessage
import kotlin.math.ln

/** What is required is written, where it is likeliest (arXiv 1804.06609). */
class RequiredWordsSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))
        val writer = RunnableModel.initialized(shortSighted("writer"), engine, 5)
        val letters = CharacterTokenizer.of("abcd")
        val prompt = intArrayOf(1, 2)

        fun found(way: Decoding, count: Int, vararg rules: DecodingRule): List<Written> =
            Generator.of(writer, Decoding.Restricted(way, rules.toList()), letters, 0).best(prompt, count)

        fun text(written: Written) = letters.decode(written.ids()).drop(2)

        fun required(text: String) = DecodingRule.Required(text)

        /** Every text of [count] letters after the prompt, and its score. */
        fun all(count: Int): List<Pair<String, Double>> {
            var texts = listOf(prompt.toList() to 0.0)
            repeat(count) {
                texts =
                    texts.flatMap { (tokens, log) ->
                        writer.probabilities(tokens).mapIndexed { token, p -> tokens + token to log + ln(p) }
                    }
            }
            return texts.map { (tokens, log) ->
                letters.decode(tokens.toIntArray()).drop(2) to log / (prompt.size + count)
            }
        }

        "a beam as wide as the space finds all texts that have it, with the scores of an exhaustive search" {
            val every = all(3)
            for (required in listOf(listOf("ab"), listOf("c", "ba"), listOf("aba"), listOf("b", "b"))) {
                val expected =
                    every
                        .filter { (text, _) ->
                            required.all { word ->
                                text.windowed(word.length).count { it == word } >= required.count { it == word }
                            }
                        }
                        .sortedByDescending { it.second }
                val mine = found(Decoding.Beam(64), 3, *required.map(::required).toTypedArray())
                mine.map(::text).toSet() shouldBe expected.map { it.first }.toSet()
                mine.zip(expected).forEach { (written, real) ->
                    written.score() shouldBe (real.second plusOrMinus 1e-9)
                }
            }
        }

        "a narrow beam finds a text that has it, of any number of words" {
            val unlikely = all(3).minBy { it.second }.first
            for (size in listOf(1, 3)) {
                for (way in listOf(Decoding.Beam(size), Decoding.DiverseBeam(2 * size, groups = 2))) {
                    text(found(way, 9, required(unlikely)).first()) shouldContain unlikely
                    val words = listOf("dd", "ab", "ca")
                    val text = text(found(way, 9, *words.map(::required).toTypedArray()).first())
                    words.forEach { text shouldContain it }
                }
            }
        }

        "where it stands is a matter of what is likely" {
            val (text, score) = all(4).filter { "bd" in it.first }.maxBy { it.second }
            val best = found(Decoding.Beam(16), 4, required("bd")).first()
            text(best) shouldBe text
            best.score() shouldBe (score plusOrMinus 1e-9)
        }

        "what cannot be written is told" {
            shouldThrow<ProblemsException> { found(Decoding.Beam(3), 4, required("abc"), required("dd")) }
                .shouldHaveMessage(
                    """
                    decoding: what is required is longer than what may be written
                      tokens required = 5
                      tokens = 4
                      Allow more tokens, or require less.
                    """
                        .trimIndent()
                )
            val forbidden =
                Generator.of(writer, Decoding.Restricted(Decoding.Beam(3), listOf(required("ab"))), letters, 0)
                    .allowing { _, token -> token != 1 }
            shouldThrow<ProblemsException> { forbidden.best(prompt, 4) }
                .shouldHaveMessage(
                    """
                    decoding: nothing was found that has all that is required
                      tokens required = 2
                      tokens written = 4
                      Allow more tokens, take a wider beam, or leave out a rule that is in the way.
                    """
                        .trimIndent()
                )
            shouldThrow<IllegalArgumentException> {
                    Generator.of(writer, Decoding.Restricted(Decoding.Greedy, listOf(required("a"))), letters, 0)
                }
                .message shouldBe "Required words are for a beam, and not for Greedy."
        }
    })
