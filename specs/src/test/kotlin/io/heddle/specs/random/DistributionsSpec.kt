package io.heddle.specs.random

import io.heddle.runtime.random.Normal
import io.heddle.runtime.random.Shuffle
import io.heddle.runtime.random.TruncatedNormal
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.throwable.shouldHaveMessage
import kotlin.math.sqrt

class DistributionsSpec :
    FunSpec({
        fun List<Double>.deviation() = sqrt(map { it * it }.average() - average() * average())

        test("normal draws have mean 0, deviation 1 and the tails of the bell curve") {
            val draws = List(40_000) { Normal.draw(1, 2, it.toLong()) }
            draws.average() shouldBe (0.0 plusOrMinus 0.02)
            draws.deviation() shouldBe (1.0 plusOrMinus 0.02)
            draws.count { it > 1.959964 } / 40_000.0 shouldBe (0.025 plusOrMinus 0.003)
            draws.count { it < -1.959964 } / 40_000.0 shouldBe (0.025 plusOrMinus 0.003)
        }

        test("the first draws are those that Python computes from the same words") {
            val normal = listOf(-0.42886274167563726, -0.14084635689875083, 1.6236722342876289)
            val truncated = listOf(0.12112811312805744, -1.5531356449248876, 0.9918437239141424)
            for (index in 0..2) {
                Normal.draw(1, 2, index.toLong()) shouldBe (normal[index] plusOrMinus 1e-14)
                val draw = TruncatedNormal.twoDeviations().draw(1, 2, index.toLong())
                draw shouldBe (truncated[index] plusOrMinus 1e-14)
            }
        }

        test("filling gives the single draws, from any element on") {
            val target = FloatArray(9)
            Normal.fill(1, 2, 5, target, 1, 7, 0.5, 2.0)
            for (place in 0 until 7) {
                val expected = 0.5 + 2 * Normal.draw(1, 2, 5L + place)
                target[1 + place].toDouble() shouldBe (expected plusOrMinus 1e-6)
            }
            target[0] shouldBe 0f
            target[8] shouldBe 0f
        }

        test("truncated draws stay in their bounds and have the deviation that follows from them") {
            val draws = List(40_000) { TruncatedNormal.twoDeviations().draw(1, 2, it.toLong()) }
            draws.all { it in -2.0..2.0 } shouldBe true
            draws.average() shouldBe (0.0 plusOrMinus 0.02)
            draws.deviation() shouldBe (0.87963 plusOrMinus 0.01)
        }

        test("truncated draws fill a weight as they are drawn one by one") {
            val target = FloatArray(100)
            TruncatedNormal(-1.0, 3.0).fill(4, 5, target, 0.25, 0.02)
            for (place in target.indices) {
                target[place] shouldBe (0.25 + 0.02 * TruncatedNormal(-1.0, 3.0).draw(4, 5, place.toLong())).toFloat()
            }
        }

        test("far out in the tail, truncated draws still lie between their bounds") {
            val draws = List(1_000) { TruncatedNormal(5.0, 6.0).draw(1, 2, it.toLong()) }
            draws.all { it in 5.0..6.0 } shouldBe true
            draws.toSet().size shouldBe 1_000
        }

        test("bounds the wrong way round are refused") {
            shouldThrow<IllegalArgumentException> { TruncatedNormal(1.0, 1.0) }
                .shouldHaveMessage("bounds must hold -8 <= lowest < highest <= 8 and are 1.0 and 1.0")
        }

        test("a shuffle holds every number once, and each epoch has its own") {
            val order = Shuffle.permutation(1, 0, 1_000)
            order.sorted() shouldBe List(1_000) { it }
            Shuffle.permutation(1, 0, 1_000).toList() shouldBe order.toList()
            Shuffle.permutation(1, 1, 1_000).toList() shouldNotBe order.toList()
            Shuffle.permutation(2, 0, 1_000).toList() shouldNotBe order.toList()
        }

        test("a shuffle of nothing or of one is what it must be") {
            Shuffle.permutation(1, 0, 0).size shouldBe 0
            Shuffle.permutation(1, 0, 1).toList() shouldBe listOf(0)
        }

        test("every order of three comes up alike") {
            val counts = (0L until 6_000).groupingBy { Shuffle.permutation(9, it, 3).toList() }.eachCount()
            counts.size shouldBe 6
            counts.values.all { it in 850..1_150 } shouldBe true
        }

        test("a run of today shuffles as a run of tomorrow") {
            Shuffle.permutation(42, 0, 10).toList().shouldContainExactly(4, 9, 0, 7, 1, 3, 6, 5, 8, 2)
        }
    })
