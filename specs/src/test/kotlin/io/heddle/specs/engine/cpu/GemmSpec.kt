package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.Gemm
import io.heddle.runtime.backend.cpu.OneDnnGemm
import io.heddle.runtime.backend.cpu.OpenBlasGemm
import io.heddle.runtime.backend.cpu.PooledGemm
import io.heddle.runtime.backend.cpu.VectorGemm
import io.heddle.runtime.parallel.WorkerPool
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotBeEmpty
import kotlin.random.Random

private fun interface Multiply {
    fun multiply(
        transposeA: Boolean,
        transposeB: Boolean,
        rows: Int,
        columns: Int,
        inner: Int,
        alpha: Float,
        a: Long,
        strideA: Int,
        b: Long,
        strideB: Int,
        beta: Float,
        c: Long,
        strideC: Int,
    )
}

private class Product(
    val transposeA: Boolean,
    val transposeB: Boolean,
    val rows: Int,
    val columns: Int,
    val inner: Int,
    val gap: Int,
    val alpha: Float,
    val beta: Float,
) {
    val strideA = (if (transposeA) rows else inner) + gap
    val strideB = (if (transposeB) inner else columns) + gap
    val strideC = columns + gap
    val a = Floats.random((if (transposeA) inner else rows) * strideA, 1)
    val b = Floats.random((if (transposeB) columns else inner) * strideB, 2)
    val before = Floats.random(rows * strideC, 3)

    fun by(multiply: Multiply): Floats {
        val c = before.copy()
        if (beta == 0f) for (i in 0 until rows) for (j in 0 until columns) c[i * strideC + j] = Float.NaN
        multiply.multiply(
            transposeA,
            transposeB,
            rows,
            columns,
            inner,
            alpha,
            a.address,
            strideA,
            b.address,
            strideB,
            beta,
            c.address,
            strideC,
        )
        return c
    }

    fun expected(): DoubleArray {
        val c = before.doubles()
        for (i in 0 until rows) {
            for (j in 0 until columns) {
                var sum = 0.0
                for (k in 0 until inner) {
                    val left = a[if (transposeA) k * strideA + i else i * strideA + k]
                    val right = b[if (transposeB) j * strideB + k else k * strideB + j]
                    sum += left.toDouble() * right
                }
                val at = i * strideC + j
                c[at] = alpha * sum + (if (beta == 0f) 0.0 else beta * c[at])
            }
        }
        return c
    }
}

private fun products(sizes: List<Triple<Int, Int, Int>>): List<Product> =
    sizes.flatMapIndexed { index, (rows, columns, inner) ->
        listOf(false to false, false to true, true to false, true to true).map { (left, right) ->
            val random = Random(index)
            val beta = listOf(0f, 1f, -0.5f)[index % 3]
            Product(
                left,
                right,
                rows,
                columns,
                inner,
                gap = random.nextInt(3) * 5,
                alpha = 0.5f + index % 2,
                beta = beta,
            )
        }
    }

private val SIZES =
    listOf(
        Triple(1, 1, 1),
        Triple(1, 7, 5),
        Triple(5, 1, 3),
        Triple(1, 130, 33),
        Triple(4, 32, 16),
        Triple(3, 33, 17),
        Triple(64, 64, 32),
        Triple(65, 31, 300),
        Triple(17, 100, 513),
        Triple(4, 200, 70),
        Triple(15, 129, 40),
        Triple(2, 3, 0),
    )

class GemmSpec :
    FunSpec({
        test("a product is right for all transposes, strides and factors, and beta = 0 reads nothing") {
            for (product in products(SIZES)) product.by(Gemm::multiply).shouldBeNear(product.expected(), 1e-5)
        }

        test("every library gives the same product") {
            Gemm.description().shouldNotBeEmpty()
            for (product in products(SIZES.filter { it.third > 0 })) {
                product.by(VectorGemm::multiply).shouldBeNear(product.expected(), 1e-5)
                if (OneDnnGemm.isAvailable()) product.by(OneDnnGemm::multiply).shouldBeNear(product.expected(), 1e-5)
                if (OpenBlasGemm.isAvailable())
                    product.by(OpenBlasGemm::multiply).shouldBeNear(product.expected(), 1e-5)
            }
        }

        test("workers share a product by rows, columns or the inner dimension, with the same bits each time") {
            val shared =
                listOf(
                    Triple(200, 40, 70),
                    Triple(10, 300, 100),
                    Triple(8, 8, 6000),
                    Triple(30, 20, 3000),
                    Triple(1, 1000, 700),
                    Triple(3, 1000, 200),
                    Triple(1, 7, 40_000),
                    Triple(2, 2, 2),
                )
            for (size in listOf(1, 2, 3, 5)) {
                WorkerPool(size, Gemm::useOneThread).use { pool ->
                    val pooled = PooledGemm(pool)
                    for (product in products(shared)) {
                        val result = product.by(pooled::multiply)
                        result.shouldBeNear(product.expected(), 1e-4)
                        product.by(pooled::multiply).bits() shouldBe result.bits()
                    }
                }
            }
        }
    })
