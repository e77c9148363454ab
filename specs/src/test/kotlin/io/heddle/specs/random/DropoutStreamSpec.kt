package io.heddle.specs.random

import io.heddle.runtime.random.DropoutStream
import io.heddle.runtime.random.Philox
import io.heddle.runtime.random.Streams
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe

/** Dropout asks the same question of the same random numbers, wherever it is computed. */
class DropoutStreamSpec :
    StringSpec({
        "a number is kept when its uniform draw is not below the rate" {
            for (rate in listOf(0.0, 0.1, 0.25, 0.5, 0.999_999_99)) {
                val stream = DropoutStream.of("decoder/0", rate, -3, 11)
                for (element in 0L..500L) {
                    val word = Philox.word(-3L, Streams.stream("decoder/0") + 11, element)
                    stream.keeps(element) shouldBe ((word ushr 8) / 16_777_216.0 >= rate)
                }
            }
        }

        "as many are dropped as the rate says" {
            val stream = DropoutStream.of("here", 0.3, 1, 1)
            val dropped = (0L until 100_000L).count { !stream.keeps(it) }
            dropped / 100_000.0 shouldBe (0.3 plusOrMinus 0.005)
        }

        "an attention's probability has the place that it would have in a stored tensor" {
            val (heads, queries, keys) = Triple(3L, 4L, 5L)
            var expected = 0L
            for (batch in 0L..1L) for (head in 0L until heads) for (query in 0L until queries) for (key in
                0L until keys) {
                DropoutStream.attentionElement(batch, head, query, key, heads, queries, keys) shouldBe expected++
            }
        }

        "a rate outside of [0, 1) is refused" {
            for (rate in listOf(-0.1, 1.0, Double.NaN)) {
                shouldThrow<IllegalArgumentException> { DropoutStream.of("here", rate, 0, 0) }.message shouldBe
                    "A dropout's rate must be in [0, 1) and is $rate."
            }
        }
    })
