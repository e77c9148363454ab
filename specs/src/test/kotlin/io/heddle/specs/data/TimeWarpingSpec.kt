package io.heddle.specs.data

import io.heddle.runtime.sound.Spectrogram
import io.heddle.runtime.sound.TimeWarping
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.sqrt
import kotlin.random.Random

/** Spectrograms are compared however fast each is spoken. */
class TimeWarpingSpec :
    StringSpec({
        fun drawn(frames: Int, seed: Int): Spectrogram =
            Random(seed).let { random -> Spectrogram(2, FloatArray(frames * 2) { random.nextFloat() }) }

        fun apart(one: Spectrogram, i: Int, other: Spectrogram, j: Int): Double {
            val (x, y) = List(2) { one.values()[i * 2 + it] - other.values()[j * 2 + it].toDouble() }
            return sqrt(x * x + y * y)
        }

        /** The least of all ways to the end, one after the other. */
        fun least(one: Spectrogram, other: Spectrogram, i: Int, j: Int, so: Double): Double {
            if (i == one.frames() - 1 && j == other.frames() - 1) return so
            val ways =
                listOf(Triple(i + 1, j, 1), Triple(i, j + 1, 1), Triple(i + 1, j + 1, 2)).filter { (down, right) ->
                    down < one.frames() && right < other.frames()
                }
            return ways.minOf { (down, right, weight) ->
                least(one, other, down, right, so + weight * apart(one, down, other, right))
            }
        }

        "the distance is the least of all ways through both" {
            for ((left, right) in listOf(1 to 1, 1 to 4, 4 to 3, 5 to 5)) {
                val (one, other) = drawn(left, left) to drawn(right, 10 + right)
                val expected = least(one, other, 0, 0, 2 * apart(one, 0, other, 0)) / (left + right)
                TimeWarping.distance(one, other) shouldBe (expected plusOrMinus 1e-12)
            }
        }

        "what is said slower is the same" {
            val slow = Spectrogram(1, floatArrayOf(1f, 1f, 1f, 2f, 3f, 3f))
            TimeWarping.distance(slow, Spectrogram(1, floatArrayOf(1f, 2f, 2f, 3f))) shouldBe 0.0
        }

        "other bands are not compared" {
            shouldThrow<IllegalArgumentException> { TimeWarping.distance(drawn(2, 1), Spectrogram(1, FloatArray(2))) }
        }
    })
