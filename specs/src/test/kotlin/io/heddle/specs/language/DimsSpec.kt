package io.heddle.specs.language

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.arbitrary
import io.kotest.property.checkAll
import kotlin.random.Random

private val bindings = mapOf("batch" to 3L, "source" to 7L, "target" to 5L)

private val anyDim: Arb<Dim> = arbitrary { dim(it.random, depth = 3) }

private fun dim(random: Random, depth: Int): Dim =
    if (depth == 0 || random.nextInt(4) == 0)
        listOf(
                Dims.batch,
                Dims.sequence("source"),
                Dims.sequence("target"),
                Dims.width(512),
                Dims.heads(8),
                Dim.of(random.nextLong(-3, 9)),
            )
            .random(random)
    else {
        val left = dim(random, depth - 1)
        val right = dim(random, depth - 1)
        when (random.nextInt(4)) {
            0 -> left + right
            1 -> left - right
            2 -> left * right
            else -> left / random.nextLong(1, 9)
        }
    }

class DimsSpec :
    StringSpec({
        val batch = Dims.batch
        val source = Dims.sequence("source")
        val width = Dims.width(512)
        val heads = Dims.heads(8)

        "dims are equal when they are worth the same, however they are written" {
            width shouldBe Dim.of(512)
            width * 4 shouldBe Dim.of(2048)
            batch + 1 shouldBe Dim.of(1) + batch
            batch * source shouldBe source * batch
            (batch + 1) * (batch - 1) shouldBe batch * batch - 1
            width / heads shouldBe Dims.headWidth(64)
            batch - batch shouldBe Dim.of(0)
            batch shouldNotBe source
            batch / 2 shouldNotBe batch
        }

        "a dim is shown as it was meant, names and all" {
            "$width" shouldBe "width"
            "${width * 4}" shouldBe "4 * width"
            "${width / heads}" shouldBe "width / heads"
            "${batch * source}" shouldBe "batch * source"
            "${(batch + 1) * source}" shouldBe "batch * source + source"
            "${(batch + source) / 2}" shouldBe "(batch + source) / 2"
            "${batch / 2 * source}" shouldBe "(batch / 2) * source"
            "${batch - source - 3}" shouldBe "batch - source - 3"
            "${batch * batch}" shouldBe "batch^2"
            "${Dim.of(0) - batch}" shouldBe "-batch"
            "${batch - batch}" shouldBe "0"
        }

        "a dim knows what it depends on" {
            (batch * source + width).symbols shouldBe setOf("batch", "source")
            ((batch + 1) / source).symbols shouldBe setOf("batch", "source")
            (width * heads).isKnown shouldBe true
            (width * heads).size shouldBe 4096
            (batch * 0).isKnown shouldBe true
        }

        "a dim whose symbols are not all bound has no size, and says which are missing" {
            shouldThrow<IllegalArgumentException> { (batch * source * 2).evaluate(mapOf("batch" to 2)) }
                .message shouldBe "No size is bound for source in 2 * batch * source."
            shouldThrow<IllegalStateException> { batch.size }.message shouldBe
                "batch has no size until its symbols are bound."
        }

        "arithmetic on dims is arithmetic on their sizes" {
            checkAll(iterations = 500, anyDim, anyDim) { left, right ->
                val a = left.evaluate(bindings)
                val b = right.evaluate(bindings)
                (left + right).evaluate(bindings) shouldBe a + b
                (left - right).evaluate(bindings) shouldBe a - b
                (left * right).evaluate(bindings) shouldBe a * b
                (left / 4).evaluate(bindings) shouldBe Math.floorDiv(a, 4)
                left.bind(bindings).size shouldBe a
            }
        }

        "sums and products do not depend on their order" {
            checkAll(iterations = 300, anyDim, anyDim, anyDim) { a, b, c ->
                a + b shouldBe b + a
                a * b shouldBe b * a
                (a + b) + c shouldBe a + (b + c)
                a * (b + c) shouldBe a * b + a * c
                (a + b - b) shouldBe a
                (a + b).hashCode() shouldBe (b + a).hashCode()
            }
        }

        "a count may be larger than any size, and a size too large for a number is told, and never wrong" {
            val large = Dim.of(Long.MAX_VALUE) * 2
            "$large" shouldBe "18446744073709551614"
            (large * batch).count(mapOf("batch" to 3)) shouldBe "55340232221128654842".toBigInteger()
            shouldThrow<ArithmeticException> { large.size }
            shouldThrow<ArithmeticException> { (large * batch).evaluate(mapOf("batch" to 3)) }
        }
    })
