package io.heddle.specs.engine.gradient

import io.heddle.graph.AttentionKind
import io.heddle.graph.Direction
import io.heddle.graph.Op
import io.heddle.graph.ScoreBias
import io.heddle.specs.support.AttentionEquations
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.activation
import io.heddle.specs.support.crossEntropy
import io.heddle.specs.support.layerNorm
import io.heddle.specs.support.rotate
import io.heddle.specs.support.sinusoid
import io.heddle.terms.Activation
import io.heddle.terms.Causal
import io.heddle.terms.Gelu
import io.heddle.terms.GeluTanh
import io.heddle.terms.QuickGelu
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.Silu
import io.heddle.terms.SinusoidOrder
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.E
import kotlin.math.cos
import kotlin.math.ln
import kotlin.math.sin

/** The yardstick is right itself: numbers that can be checked by hand or in a table. */
class InterpreterSpec :
    StringSpec({
        infix fun Numbers.shouldHold(numbers: List<Double>) {
            data.size shouldBe numbers.size
            data.zip(numbers.toDoubleArray()) { actual, expected -> actual shouldBe (expected plusOrMinus 1e-9) }
        }

        fun activated(activation: Activation) = listOf(-1.0, 2.0).map { activation(activation, it) }

        "activations are what tables of the normal integral, tanh and exp say" {
            Numbers.of(*activated(Gelu).toDoubleArray()) shouldHold listOf(-0.158655253931, 1.954499736104)
            Numbers.of(*activated(GeluTanh).toDoubleArray()) shouldHold listOf(-0.158808009392, 1.954597694088)
            Numbers.of(*activated(Silu).toDoubleArray()) shouldHold listOf(-1 / (1 + E), 2 * E * E / (1 + E * E))
            Numbers.of(*activated(QuickGelu).toDoubleArray()) shouldHold listOf(-0.154204234067, 1.935658623144)
        }

        "a layer norm of 1, 2, 3, 6 has mean 3 and deviation sqrt(3.5)" {
            val (y, mean, inverse) =
                layerNorm(Numbers.of(1.0, 2.0, 3.0, 6.0), Numbers.filled(listOf(4), 2.0), Numbers.zeros(listOf(4)), 0.0)
            mean shouldHold listOf(3.0)
            inverse shouldHold listOf(0.534522483825)
            y shouldHold listOf(-2.138089935, -1.069044968, 0.0, 3.207134903)
        }

        "sines and cosines alternate or stand apart" {
            val one = Numbers.indices(1)
            val slow = 1.0 / 100.0
            sinusoid(4, SinusoidOrder.Interleaved, one) shouldHold listOf(sin(1.0), cos(1.0), sin(slow), cos(slow))
            sinusoid(4, SinusoidOrder.Concatenated, one) shouldHold listOf(sin(1.0), sin(slow), cos(1.0), cos(slow))
        }

        "a pair at position 1 is turned by 1" {
            val x = Numbers(listOf(1, 1, 4), doubleArrayOf(1.0, 0.0, 0.0, 1.0))
            fun turned(pairs: RotaryPairs) =
                rotate(Op.Rotate(1, 10_000.0, pairs, RotaryScaling.None, Direction.Forward), x, Numbers.indices(1))
            turned(RotaryPairs.Interleaved) shouldHold listOf(cos(1.0), sin(1.0), -sin(0.01), cos(0.01))
            turned(RotaryPairs.HalfSplit) shouldHold listOf(cos(1.0), -sin(0.01), sin(1.0), cos(0.01))
        }

        "causal attention weighs by exp of the scores, and a query that sees nothing is zero" {
            val queries = Numbers(listOf(1, 2, 1), doubleArrayOf(1.0, ln(3.0)))
            val keys = Numbers(listOf(1, 2, 1), doubleArrayOf(0.0, 1.0))
            val values = Numbers(listOf(1, 2, 1), doubleArrayOf(8.0, 4.0))
            val kind = AttentionKind(1, 1, 1.0, Causal, ScoreBias.None, 0.0, "")
            fun attend(length: Int) =
                AttentionEquations(
                        kind,
                        listOf(queries, keys, values, Numbers.indices(length), Numbers.scalar(0.0)),
                        emptyList(),
                    )
                    .forward()
            attend(2)[0] shouldHold listOf(8.0, (8.0 + 3.0 * 4.0) / 4.0)
            attend(2)[1] shouldHold listOf(0.0, ln(4.0))
            attend(0)[0] shouldHold listOf(0.0, 0.0)
            attend(0)[1].data.toList() shouldBe List(2) { Double.NEGATIVE_INFINITY }
        }

        "cross entropy sums over the labels that are not negative, and smoothing mixes in the mean" {
            val logits = Numbers(listOf(2, 2), doubleArrayOf(0.0, ln(3.0), 5.0, 5.0))
            crossEntropy(logits, Numbers.indices(1, -1), 0.0)[0] shouldHold listOf(ln(4.0 / 3.0))
            val mean = (ln(4.0) + ln(4.0 / 3.0)) / 2.0
            crossEntropy(logits, Numbers.indices(1, -1), 0.1)[0] shouldHold listOf(0.9 * ln(4.0 / 3.0) + 0.1 * mean)
        }
    })
