package io.heddle.specs.random

import io.heddle.runtime.random.Philox
import io.heddle.runtime.random.Streams
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.floats.shouldBeLessThan as shouldBeBelow
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import kotlin.math.abs

class PhiloxSpec :
    FunSpec({
        fun block(seed: Long, stream: Long, number: Long): List<String> {
            val words = IntArray(4)
            Philox.block(seed, stream, number, words, 0)
            return words.map { it.toUInt().toString(16).padStart(8, '0') }
        }

        test("it gives the known answers of Random123") {
            block(0, 0, 0).shouldContainExactly("6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8")
            block(-1, -1, -1).shouldContainExactly("408f276d", "41c83b0e", "a20bc7c6", "6d5451fd")
            block(0x299f31d0_a4093822, 0x03707344_13198a2e, 0x85a308d3_243f6a88uL.toLong())
                .shouldContainExactly("d16cfe09", "94fdcceb", "5001e420", "24126ea1")
        }

        test("element i is word i mod 4 of block i / 4, however it is asked for") {
            val words = IntArray(23)
            for (first in listOf(0L, 1L, 2L, 3L, (1L shl 40) + 1)) {
                Philox.words(7, 9, first, words, 2, 20)
                for (place in 0 until 20) {
                    val index = first + place
                    val whole = IntArray(4)
                    Philox.block(7, 9, index ushr 2, whole, 0)
                    words[2 + place] shouldBe whole[(index and 3).toInt()]
                    words[2 + place] shouldBe Philox.word(7, 9, index)
                }
            }
            words[0] shouldBe 0
            words[22] shouldBe 0
        }

        test("two words make a long, the first its lower half") {
            Philox.longWord(0, 0, 0) shouldBe 0xe169c58d_6627e8d5uL.toLong()
            Philox.longWord(0, 0, 1) shouldBe 0x9b00dbd8_bc57ac4cuL.toLong()
        }

        test("uniform draws lie in [0, 1) and are even") {
            Philox.uniform(0, 0, 0) shouldBe 0x6627e8 / 16777216f
            val draws = List(20_000) { Philox.uniform(1, 2, it.toLong()) }
            draws.max() shouldBeBelow 1f
            // The mean of n even draws deviates by 1 / sqrt(12 n); four deviations are allowed.
            abs(draws.average() - 0.5) shouldBeLessThan 4 / Math.sqrt(12.0 * draws.size)
        }

        test("a bounded draw stays below its bound and reaches every value alike") {
            val counts = IntArray(6)
            repeat(60_000) { counts[Philox.below(6, 3, 4, it.toLong())]++ }
            counts.forEach { it shouldBeInRange 9_600..10_400 }
            Philox.below(1, 5, 6, 7) shouldBe 0
        }

        test("a bound that is not positive is refused") {
            shouldThrow<IllegalArgumentException> { Philox.below(0, 1, 1, 1) }
                .shouldHaveMessage("bound must be positive and is 0")
        }

        test("streams are numbered by FNV-1a, so that their numbers never change") {
            Streams.stream("") shouldBe 0xcbf29ce484222325uL.toLong()
            Streams.stream("a") shouldBe 0xaf63dc4c8601ec8cuL.toLong()
            Streams.stream("foobar") shouldBe 0x85944171f73967e8uL.toLong()
        }
    })
