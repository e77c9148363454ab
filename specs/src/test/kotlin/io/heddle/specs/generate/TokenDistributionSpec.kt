package io.heddle.specs.generate

import io.heddle.recipe.Decoding
import io.heddle.runtime.generate.TokenDistribution
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.set
import io.kotest.property.checkAll
import kotlin.math.ln
import kotlin.math.pow

/** What sampling keeps of a distribution is what the papers define. */
class TokenDistributionSpec :
    StringSpec({
        val worked = listOf(0.15, 0.5, 0.1, 0.25)

        fun kept(sampling: Decoding.Sampling, of: List<Double> = worked): List<Double> {
            val distribution = TokenDistribution.of(of.map { ln(it) }.toDoubleArray(), sampling)
            return of.indices.map { distribution.probability(it) }
        }

        fun List<Double>.shouldBeNear(expected: List<Double>) =
            zip(expected).forEach { (mine, real) -> mine shouldBe (real plusOrMinus 1e-12) }

        "nothing is left out if nothing is said" { kept(Decoding.Sampling()).shouldBeNear(worked) }

        "a temperature raises probabilities to a power" {
            val powers = worked.map { it.pow(1 / 0.7) }
            kept(Decoding.Sampling(temperature = 0.7)).shouldBeNear(powers.map { it / powers.sum() })
        }

        "top k keeps the likeliest" {
            kept(Decoding.Sampling(topK = 2)).shouldBeNear(listOf(0.0, 2 / 3.0, 0.0, 1 / 3.0))
            kept(Decoding.Sampling(topK = 9)).shouldBeNear(worked)
        }

        "top p keeps the fewest that have the probability together" {
            kept(Decoding.Sampling(topP = 0.4)).shouldBeNear(listOf(0.0, 1.0, 0.0, 0.0))
            kept(Decoding.Sampling(topP = 0.7)).shouldBeNear(listOf(0.0, 2 / 3.0, 0.0, 1 / 3.0))
            kept(Decoding.Sampling(topP = 0.8)).shouldBeNear(listOf(1 / 6.0, 5 / 9.0, 0.0, 5 / 18.0))
        }

        "of all sets of tokens with probability p, top p keeps the smallest, and of these the likeliest" {
            // No sum of these is a share to the last digit.
            val weights = Arb.set(Arb.int(1..1_000), 6..6)
            checkAll(200, weights, Arb.int(5..94)) { drawn, percents ->
                val share = percents / 100.0 + 0.00317
                val p = drawn.map { it / drawn.sum().toDouble() }
                val sets = (1 until 64).map { bits -> p.indices.filter { bits shr it and 1 == 1 } }
                val fine = sets.filter { set -> set.sumOf { p[it] } >= share }
                val smallest = fine.minOf { it.size }
                val best = fine.filter { it.size == smallest }.maxBy { set -> set.sumOf { p[it] } }
                val mine = kept(Decoding.Sampling(topP = share), p)
                p.indices.filter { mine[it] > 0 } shouldBe best
            }
        }

        "min p keeps what is so likely beside the likeliest" {
            kept(Decoding.Sampling(minP = 0.29)).shouldBeNear(listOf(1 / 6.0, 5 / 9.0, 0.0, 5 / 18.0))
            kept(Decoding.Sampling(minP = 0.31)).shouldBeNear(listOf(0.0, 2 / 3.0, 0.0, 1 / 3.0))
            kept(Decoding.Sampling(minP = 0.6)).shouldBeNear(listOf(0.0, 1.0, 0.0, 0.0))
        }

        "typical sampling keeps what surprises as much as the entropy, likely or not" {
            // The entropy is 1.2080 nats, and the tokens surprise by 1.8971, 0.6931, 2.3026 and 1.3863.
            kept(Decoding.Sampling(typical = 0.2)).shouldBeNear(listOf(0.0, 0.0, 0.0, 1.0))
            kept(Decoding.Sampling(typical = 0.7)).shouldBeNear(listOf(0.0, 2 / 3.0, 0.0, 1 / 3.0))
            kept(Decoding.Sampling(typical = 0.8)).shouldBeNear(listOf(1 / 6.0, 5 / 9.0, 0.0, 5 / 18.0))
        }

        "what is kept is kept one after the other, each of what the one before has left" {
            // Of the two likeliest, 2/3 and 1/3, top p keeps the first.
            kept(Decoding.Sampling(topK = 2, topP = 0.6)).shouldBeNear(listOf(0.0, 1.0, 0.0, 0.0))
        }

        "draws come as often as they are likely" {
            val distribution =
                TokenDistribution.of(worked.map { ln(it) }.toDoubleArray(), Decoding.Sampling(topP = 0.8))
            val drawn = (0 until 900).map { distribution.draw((it + 0.5) / 900) }
            worked.indices.map { id -> drawn.count { it == id } } shouldBe listOf(150, 500, 0, 250)
        }

        "a token of minus infinity is never drawn" {
            val distribution =
                TokenDistribution.of(doubleArrayOf(0.0, Double.NEGATIVE_INFINITY), Decoding.Sampling(topK = 2))
            distribution.draw(Math.nextDown(1.0)) shouldBe 0
            distribution.probability(1) shouldBe 0.0
        }
    })
