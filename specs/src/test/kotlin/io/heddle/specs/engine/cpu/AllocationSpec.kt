package io.heddle.specs.engine.cpu

import com.sun.management.ThreadMXBean
import io.heddle.runtime.backend.cpu.Activation
import io.heddle.runtime.backend.cpu.Adam
import io.heddle.runtime.backend.cpu.AttentionBackward
import io.heddle.runtime.backend.cpu.AttentionForward
import io.heddle.runtime.backend.cpu.AttentionMask
import io.heddle.runtime.backend.cpu.AttentionShape
import io.heddle.runtime.backend.cpu.ColumnSums
import io.heddle.runtime.backend.cpu.CrossEntropy
import io.heddle.runtime.backend.cpu.DecodingAttention
import io.heddle.runtime.backend.cpu.Dropout
import io.heddle.runtime.backend.cpu.Elementwise
import io.heddle.runtime.backend.cpu.Gemm
import io.heddle.runtime.backend.cpu.LayerNorm
import io.heddle.runtime.backend.cpu.PooledGemm
import io.heddle.runtime.backend.cpu.RmsNorm
import io.heddle.runtime.backend.cpu.Rotary
import io.heddle.runtime.backend.cpu.Softmax
import io.heddle.runtime.backend.cpu.SumOfSquares
import io.heddle.runtime.backend.cpu.VectorGemm
import io.heddle.runtime.parallel.RangeTask
import io.heddle.runtime.parallel.WorkerPool
import io.heddle.runtime.random.DropoutStream
import io.kotest.core.annotation.Tags
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import java.lang.management.ManagementFactory

private const val CALLS = 100

/** The bytes that [kernel] allocates in a call, once it is compiled: the least over up to a minute. */
private fun allocatedBytes(kernel: () -> Unit): Long {
    val threads = ManagementFactory.getThreadMXBean() as ThreadMXBean
    val end = System.nanoTime() + 60_000_000_000
    var least = Long.MAX_VALUE
    while (least > 0 && System.nanoTime() < end) {
        val before = threads.currentThreadAllocatedBytes
        repeat(CALLS) { kernel() }
        least = minOf(least, (threads.currentThreadAllocatedBytes - before) / CALLS)
    }
    return least
}

/**
 * Vectors that a compiled kernel cannot keep in registers become objects: slow, and seen here. It waits for the
 * compiler, so it is no spec for every day.
 */
@Tags("Long")
class AllocationSpec :
    FunSpec({
        val rows = 32
        val width = 65
        val size = rows * width
        val x = Floats.random(size, 1)
        val y = Floats.random(size, 2)
        val z = Floats.random(size, 3)
        val gain = Floats.random(width, 4)
        val kept = Floats.random(2 * rows, 5).address
        val labels = Floats.ofInts(IntArray(rows) { it }).address

        fun names(kernels: List<Pair<String, () -> Unit>>) =
            kernels.filter { (_, kernel) -> allocatedBytes(kernel) > 0 }.map { it.first }

        test("compiled kernels on single elements and rows allocate nothing") {
            val activations =
                Activation.entries.flatMap { activation ->
                    listOf(
                        "$activation" to { activation.forward(x.address, z.address, 0, size) },
                        "$activation gradient" to { activation.backward(x.address, y.address, z.address, 0, size) },
                        "$activation with bias" to
                            {
                                activation.forwardWithBias(x.address, gain.address, z.address, width, 0, rows)
                            },
                        "$activation gradient with bias" to
                            {
                                activation.backwardWithBias(
                                    x.address,
                                    gain.address,
                                    y.address,
                                    z.address,
                                    width,
                                    0,
                                    rows,
                                )
                            },
                    )
                }
            names(activations).shouldBeEmpty()
            val dropout = Dropout.of(DropoutStream.of("a", 0.1, 1, 2), 0.1)
            names(
                    listOf(
                        "add" to { Elementwise.add(x.address, y.address, z.address, 0, size) },
                        "dropout" to { dropout.apply(x.address, z.address, 0, size) },
                        "layer norm" to
                            {
                                LayerNorm.forward(
                                    x.address,
                                    gain.address,
                                    gain.address,
                                    z.address,
                                    kept,
                                    kept + 4 * rows,
                                    width,
                                    1e-5f,
                                    0,
                                    rows,
                                )
                            },
                        "layer norm gradient" to
                            {
                                LayerNorm.backward(
                                    x.address,
                                    gain.address,
                                    kept,
                                    kept + 4 * rows,
                                    y.address,
                                    z.address,
                                    width,
                                    0,
                                    rows,
                                )
                            },
                        "layer norm parameters" to
                            {
                                LayerNorm.backwardParameters(
                                    x.address,
                                    kept,
                                    kept + 4 * rows,
                                    y.address,
                                    z.address,
                                    z.address + 400,
                                    rows,
                                    width,
                                    0,
                                    width,
                                )
                            },
                        "rms norm" to
                            {
                                RmsNorm.forward(x.address, gain.address, z.address, kept, width, 1e-5f, 0, rows)
                            },
                        "rms norm gradient" to
                            {
                                RmsNorm.backward(x.address, gain.address, kept, y.address, z.address, width, 0, rows)
                            },
                        "column sums" to { ColumnSums.sum(x.address, z.address, rows, width, 0, width) },
                        "softmax" to { Softmax.forward(x.address, z.address, width, 0, rows) },
                        "cross entropy" to
                            {
                                CrossEntropy.forward(x.address, labels, kept, kept + 4 * rows, width, 0.1f, 0, rows)
                            },
                        "cross entropy gradient" to
                            {
                                CrossEntropy.backward(
                                    x.address,
                                    labels,
                                    kept,
                                    y.address,
                                    z.address,
                                    width,
                                    0.1f,
                                    0,
                                    rows,
                                )
                            },
                        "cross entropy at once" to
                            {
                                CrossEntropy.forwardAndBackward(
                                    x.address,
                                    labels,
                                    kept,
                                    z.address,
                                    width,
                                    0.1f,
                                    0,
                                    rows,
                                )
                            },
                        "sum of squares" to { SumOfSquares.partials(x.address, size, kept, 0, 1) },
                    )
                )
                .shouldBeEmpty()
        }

        test("compiled products, attention, rotary positions and optimizer steps allocate nothing") {
            val adam = Adam(0.9f, 0.99f, 1e-8f, 0f, 0.1f)
            val turned = Rotary.Rows(8, 0, 64, 2, 32, 32)
            val bytes = ByteArray(70 * 70) { (it % 3).toByte() }
            val attention =
                listOf(
                        PlainAttention("causal", AttentionShape.of(1, 70, 70, 2, 8), AttentionMask.CAUSAL, rate = 0.1),
                        PlainAttention("bytes", AttentionShape.of(1, 70, 70, 2, 8), allowed = bytes),
                    )
                    .flatMap { case ->
                        listOf(
                            "attention, ${case.name}" to
                                {
                                    AttentionForward.forward(
                                        case.shape,
                                        case.mask,
                                        case.dropout,
                                        case.tensors,
                                        0,
                                        case.shape.forwardUnits(),
                                    )
                                },
                            "attention gradient, ${case.name}" to
                                {
                                    AttentionBackward.backward(
                                        case.shape,
                                        case.mask,
                                        case.dropout,
                                        case.tensors,
                                        case.gradients,
                                        0,
                                        case.shape.backwardUnits(),
                                    )
                                },
                        )
                    }
            names(attention).shouldBeEmpty()
            WorkerPool(2, Gemm::useOneThread).use { pool ->
                val pooled = PooledGemm(pool)
                val nothing = RangeTask { _, _, _ -> }
                val token = PlainAttention("token", AttentionShape.of(1, 1, 300, 4, 64))
                val decoding = DecodingAttention(token.shape, token.tensors, pool)
                names(
                        listOf(
                            "pool" to { pool.parallel(100, nothing) },
                            "attention of a token" to { decoding.run(token.mask) },
                            "product without a library" to
                                {
                                    VectorGemm.multiply(
                                        false,
                                        true,
                                        32,
                                        32,
                                        64,
                                        1f,
                                        x.address,
                                        65,
                                        y.address,
                                        65,
                                        0f,
                                        z.address,
                                        65,
                                    )
                                },
                            "product" to
                                {
                                    pooled.multiply(
                                        false,
                                        true,
                                        32,
                                        32,
                                        64,
                                        1f,
                                        x.address,
                                        65,
                                        y.address,
                                        65,
                                        0f,
                                        z.address,
                                        65,
                                    )
                                },
                            "row times matrix" to
                                {
                                    pooled.multiply(
                                        false,
                                        true,
                                        1,
                                        32,
                                        65,
                                        1f,
                                        x.address,
                                        65,
                                        y.address,
                                        65,
                                        0f,
                                        z.address,
                                        65,
                                    )
                                },
                            "rotary, interleaved" to
                                {
                                    Rotary.INTERLEAVED.forward(
                                        x.address,
                                        z.address,
                                        y.address,
                                        y.address,
                                        turned,
                                        0,
                                        32,
                                    )
                                },
                            "rotary, halves" to
                                {
                                    Rotary.HALVES.forward(x.address, z.address, y.address, y.address, turned, 0, 32)
                                },
                            "adam" to { adam.update(z.address, x.address, y.address, y.address, 0f, 1f, 1, 0, width) },
                        )
                    )
                    .shouldBeEmpty()
            }
        }
    })
