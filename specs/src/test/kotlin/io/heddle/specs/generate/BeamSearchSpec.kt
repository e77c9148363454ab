package io.heddle.specs.generate

import io.heddle.dsl.model
import io.heddle.recipe.Decoding
import io.heddle.runtime.generate.DecodingSession
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeUnique
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import java.util.OptionalInt
import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.pow

/** A beam finds the best sequences that there are, as far as it is wide enough. */
class BeamSearchSpec :
    StringSpec({
        val engine = autoClose(Engine.cpu(1))
        val writer =
            RunnableModel.initialized(
                model("writer", width = 8) {
                    val text by tokens(vocab = 4) { learnedPositions(8) }
                    val decoder by
                        stack(text, layers = 1) {
                            attention(heads = 2) { causal() }
                            addNorm()
                        }
                    val next by logits(decoder, tiedTo = text)
                    check(next.name == "next")
                },
                engine,
                5,
            )
        val prompt = listOf(1, 2)

        fun logProbabilities(tokens: List<Int>): List<Double> {
            val scores = DecodingSession.of(writer, 1).read(arrayOf(tokens.toIntArray())).getRow(0).toDoubleVector()
            val sum = scores.sumOf { exp(it) }
            return scores.map { it - ln(sum) }
        }

        /** Every way to write up to [left] tokens more, ended by token 0 or by their number. */
        fun all(tokens: List<Int>, log: Double, left: Int, penalty: Double): List<Pair<List<Int>, Double>> {
            if (left == 0) return listOf(tokens to log / tokens.size.toDouble().pow(penalty))
            return logProbabilities(tokens).flatMapIndexed { token, more ->
                if (token == 0) listOf(tokens + 0 to (log + more) / tokens.size.toDouble().pow(penalty))
                else all(tokens + token, log + more, left - 1, penalty)
            }
        }

        "a beam as wide as the space finds all sequences, in the order of an exhaustive search" {
            for (penalty in listOf(0.0, 1.0, 2.5)) {
                val expected = all(prompt, 0.0, 3, penalty).sortedByDescending { it.second }
                expected shouldHaveSize 40
                val found =
                    Generator(writer, Decoding.Beam(64, penalty), OptionalInt.of(0), 0).best(prompt.toIntArray(), 3)
                found.map { it.tokens() } shouldBe expected.map { it.first }
                found.zip(expected).forEach { (mine, real) -> mine.score() shouldBe (real.second plusOrMinus 1e-4) }
            }
        }

        "the n best of a narrow beam are different, and ordered" {
            val found = Generator(writer, Decoding.Beam(3), OptionalInt.of(0), 0).best(prompt.toIntArray(), 4)
            found shouldHaveSize 3
            found.map { it.tokens() }.shouldBeUnique()
            found.map { it.score() } shouldBe found.map { it.score() }.sortedDescending()
        }

        "one group, or no diversity between groups of one, is a beam" {
            val beam = Generator(writer, Decoding.Beam(4), OptionalInt.of(0), 0).best(prompt.toIntArray(), 4)
            Generator(writer, Decoding.DiverseBeam(4, groups = 1), OptionalInt.of(0), 0)
                .best(prompt.toIntArray(), 4) shouldBe beam
            val likeliest =
                Generator(writer, Decoding.Beam(1), OptionalInt.of(0), 0).best(prompt.toIntArray(), 4).single()
            val alike = Decoding.DiverseBeam(3, groups = 3, diversity = 0.0)
            val found = Generator(writer, alike, OptionalInt.of(0), 0).best(prompt.toIntArray(), 4)
            found.map { it.tokens() } shouldBe List(3) { likeliest.tokens() }
            found.forEach { it.score() shouldBe (likeliest.score() plusOrMinus 1e-6) }
        }

        "groups shun what the others choose: each step of each group is the best that is left after the penalty" {
            val strict = Decoding.DiverseBeam(3, groups = 3, diversity = 100.0)
            val found = Generator(writer, strict, OptionalInt.empty(), 0).best(prompt.toIntArray(), 3)
            val groups = List(3) { prompt.toMutableList() }
            repeat(3) {
                val chosen = mutableSetOf<Int>()
                groups.forEach { group ->
                    val scores = logProbabilities(group)
                    val token = (scores.indices - chosen).maxBy { scores[it] }
                    group += token
                    chosen += token
                }
            }
            found.map { it.tokens() }.toSet() shouldBe groups.map { it.toList() }.toSet()
        }

        "what finds one sequence has no n best" {
            shouldThrow<IllegalArgumentException> {
                    Generator(writer, Decoding.Greedy, OptionalInt.empty(), 0).best(prompt.toIntArray(), 3)
                }
                .message shouldBe "Greedy finds one sequence. Say Decoding.Beam."
        }
    })
