package io.heddle.specs.generate

import io.heddle.check.ProblemsException
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.generate.DecodingSession
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.generate.Written
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.specs.train.smallDecoder
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeUnique
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import java.util.OptionalInt

/** What is forbidden is not written, in any way of decoding, and all else is as it would be. */
class DecodingRulesSpec :
    StringSpec({
        val engine = autoClose(Engine.cpu(1))
        val writer = RunnableModel.initialized(smallDecoder(positions = 32), engine, 1)
        val prompt = intArrayOf(3, 1, 4)

        fun generator(way: Decoding, vararg rules: DecodingRule) =
            Generator(
                writer,
                if (rules.isEmpty()) way else Decoding.Restricted(way, rules.toList()),
                OptionalInt.empty(),
                7,
            )

        /** The likeliest token again and again, of scores that [change] has changed. */
        fun greedy(count: Int, change: (List<Int>, DoubleArray) -> Unit): List<Int> {
            val session = DecodingSession.of(writer, 1)
            val tokens = prompt.toMutableList()
            var reading = prompt
            repeat(count) {
                val scores = session.read(arrayOf(reading)).getRow(0).toDoubleVector()
                change(tokens, scores)
                tokens += scores.indices.maxBy { scores[it] }
                reading = intArrayOf(tokens.last())
            }
            return tokens
        }

        val ways = listOf(Decoding.Greedy, Decoding.Sampling(), Decoding.Beam(3), Decoding.DiverseBeam(4, groups = 2))

        "no pair of tokens is written twice" {
            val repeat = DecodingRule.NoRepeat(2)
            ways.forEach { way -> generator(way, repeat).after(prompt, 20) {}.tokens().windowed(2).shouldBeUnique() }
            generator(Decoding.Greedy, repeat).after(prompt, 20) {}.tokens() shouldBe
                greedy(20) { tokens, scores ->
                    scores.indices
                        .filter { token -> (tokens + token).windowed(2).let { it.distinct().size < it.size } }
                        .forEach { scores[it] = Double.NEGATIVE_INFINITY }
                }
        }

        "what is there already is written less gladly" {
            generator(Decoding.Greedy, DecodingRule.RepetitionPenalty(1.8)).after(prompt, 20) {}.tokens() shouldBe
                greedy(20) { tokens, scores ->
                    tokens.toSet().forEach { scores[it] = if (scores[it] > 0) scores[it] / 1.8 else scores[it] * 1.8 }
                }
        }

        "a program says what is allowed" {
            ways.forEach { way ->
                val written = generator(way).allowing { _, token -> token % 2 == 0 }.after(prompt, 9) {}
                written.tokens().drop(3).all { it % 2 == 0 } shouldBe true
            }
            generator(Decoding.Greedy)
                .allowing { written, token -> token == written.size }
                .after(prompt, 5) {}
                .tokens() shouldBe listOf(3, 1, 4, 0, 1, 2, 3, 4)
        }

        val letters = CharacterTokenizer.of("abcdefghijkl")
        val speller = RunnableModel.initialized(smallDecoder(positions = 32), engine, 1)

        fun spelled(way: Decoding, vararg rules: DecodingRule): Written =
            Generator.of(speller, Decoding.Restricted(way, rules.toList()), letters, 7).after(prompt, 12) {}

        "it begins as it shall, and goes on as it would" {
            ways.forEach { way ->
                val text = letters.decode(spelled(way, DecodingRule.Beginning("cab")).ids())
                text.substring(3, 6) shouldBe "cab"
                text.length shouldBe 15
            }
            val forced = spelled(Decoding.Greedy, DecodingRule.Beginning("cab")).tokens()
            val begun = letters.encode("cab")
            val after = Generator(speller, Decoding.Greedy, OptionalInt.empty(), 7).after(prompt + begun, 9) {}
            forced shouldBe after.tokens()
        }

        "it stops behind a text, and tells so" {
            val written = spelled(Decoding.Greedy, DecodingRule.Beginning("abcabc"), DecodingRule.Stop("ca"))
            letters.decode(written.ids()).drop(3) shouldBe "abca"
            written.end() shouldBe Written.End.STOP
            ways.forEach { way ->
                val stopped = spelled(way, DecodingRule.Beginning("abcabc"), DecodingRule.Stop("ca"))
                letters.decode(stopped.ids()).drop(3) shouldBe "abca"
                stopped.end() shouldBe Written.End.STOP
            }
        }

        "rules that allow nothing are told" {
            ways.forEach { way ->
                shouldThrow<ProblemsException> {
                        generator(way).allowing { written, _ -> written.size < 2 }.after(prompt, 5) {}
                    }
                    .shouldHaveMessage(
                        """
                        decoding: the rules allow no token
                          tokens written = 2
                          Leave one of them out, or let it allow more.
                        """
                            .trimIndent()
                    )
            }
        }

        "a beginning that is longer than what may be written is told" {
            ways.forEach { way ->
                shouldThrow<ProblemsException> { spelled(way, DecodingRule.Beginning("abcabcabcabca")) }
                    .shouldHaveMessage(
                        """
                        decoding: what shall be written is longer than what may be
                          tokens of the beginning = 13
                          tokens = 12
                          Allow more tokens, or give a shorter beginning.
                        """
                            .trimIndent()
                    )
            }
        }

        "prompts of different lengths give what each gives alone" {
            val prompts = listOf(intArrayOf(3), intArrayOf(1, 4, 1), intArrayOf(5, 9), intArrayOf(2, 6, 5))
            (ways - Decoding.Sampling()).forEach { way ->
                generator(way).afterEach(prompts, 8).map { it.tokens() } shouldBe
                    prompts.map { generator(way).after(it, 8) {}.tokens() }
            }
            val drawn = generator(Decoding.Sampling())
            drawn.afterEach(prompts, 8).last().tokens() shouldBe
                drawn
                    .afterEach(listOf(intArrayOf(8), intArrayOf(8, 8), intArrayOf(8)) + prompts.last(), 8)
                    .last()
                    .tokens()
            drawn.afterEach(prompts, 8).first().tokens() shouldBe drawn.after(prompts.first(), 8) {}.tokens()
        }
    })
