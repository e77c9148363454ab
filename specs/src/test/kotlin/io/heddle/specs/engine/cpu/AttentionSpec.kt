package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.AttentionBackward
import io.heddle.runtime.backend.cpu.AttentionForward
import io.heddle.runtime.backend.cpu.AttentionMask
import io.heddle.runtime.backend.cpu.AttentionShape
import io.heddle.runtime.backend.cpu.DecodingAttention
import io.heddle.runtime.backend.cpu.Gemm
import io.heddle.runtime.parallel.WorkerPool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlin.random.Random

private const val UNLIMITED = AttentionMask.UNLIMITED

private fun bytes(queries: Int, keys: Int, seed: Int, share: Double): ByteArray {
    val random = Random(seed)
    return ByteArray(queries * keys) { if (random.nextDouble() < share) 1 else 0 }
}

/** Rows with gaps, a cache with more rows than keys, shared heads, and values of another width. */
private fun spread(
    batch: Int,
    queries: Int,
    keys: Int,
    heads: Int,
    keyValueHeads: Int,
    headWidth: Int,
    valueWidth: Int,
) =
    AttentionShape(
        batch,
        queries,
        keys,
        keys + 3,
        heads,
        keyValueHeads,
        headWidth,
        valueWidth,
        heads * headWidth + 5,
        keyValueHeads * headWidth + 1,
        keyValueHeads * valueWidth + 2,
        heads * valueWidth + 7,
        0.3f,
    )

private fun cases(): List<PlainAttention> {
    val blocks = ByteArray(130 * 300) { if ((it / 300 / 64 + it % 300 / 64) % 3 == 0) 1 else 0 }
    return listOf(
        PlainAttention("one of everything", AttentionShape.of(1, 1, 1, 1, 1)),
        PlainAttention("one query, many keys", AttentionShape.of(2, 1, 77, 2, 32)),
        PlainAttention("many queries, one key", AttentionShape.of(1, 66, 1, 2, 3)),
        PlainAttention("odd sizes", AttentionShape.of(2, 5, 7, 3, 5)),
        PlainAttention("causal", AttentionShape.of(2, 64, 64, 2, 32), AttentionMask.CAUSAL),
        PlainAttention("causal over tiles", AttentionShape.of(1, 150, 150, 1, 16), AttentionMask.CAUSAL),
        PlainAttention("keys over tiles", AttentionShape.of(1, 70, 600, 1, 8)),
        PlainAttention("causal after a cache", AttentionShape.of(2, 3, 20, 2, 4), AttentionMask.CAUSAL.from(17)),
        PlainAttention("causal with all keys ahead", AttentionShape.of(1, 4, 3, 1, 4), AttentionMask.CAUSAL.from(9)),
        PlainAttention("window", AttentionShape.of(1, 100, 100, 2, 8), AttentionMask.NONE.within(3, 5)),
        PlainAttention(
            "causal window",
            AttentionShape.of(1, 200, 200, 1, 8),
            AttentionMask.CAUSAL.within(17, UNLIMITED),
        ),
        PlainAttention("window past all keys", AttentionShape.of(1, 90, 10, 1, 8), AttentionMask.NONE.within(2, 2)),
        PlainAttention("far window", AttentionShape.of(1, 80, 500, 1, 4), AttentionMask.NONE.within(200, 250)),
        PlainAttention("lengths, one of them 0", AttentionShape.of(4, 9, 33, 2, 4), lengths = intArrayOf(33, 0, 1, 17)),
        PlainAttention("causal lengths", AttentionShape.of(2, 70, 70, 2, 8), AttentionMask.CAUSAL, intArrayOf(3, 68)),
        PlainAttention("bytes", AttentionShape.of(2, 70, 131, 2, 8), allowed = bytes(70, 131, 1, 0.5)),
        PlainAttention(
            "few bytes, rows that see nothing",
            AttentionShape.of(1, 40, 90, 1, 8),
            allowed = bytes(40, 90, 2, 0.02),
        ),
        PlainAttention("bytes that hide all", AttentionShape.of(1, 20, 30, 1, 8), allowed = ByteArray(600)),
        PlainAttention("blocks of bytes", AttentionShape.of(1, 130, 300, 1, 8), allowed = blocks),
        PlainAttention(
            "bytes, window and lengths",
            AttentionShape.of(2, 33, 40, 1, 8),
            AttentionMask.NONE.within(9, 4),
            intArrayOf(25, 40),
            bytes(33, 40, 3, 0.7),
        ),
        PlainAttention("shared heads, gaps, a cache", spread(2, 67, 70, 6, 2, 8, 5), AttentionMask.CAUSAL),
        PlainAttention("one head of keys for all", spread(2, 10, 30, 4, 1, 16, 24), lengths = intArrayOf(30, 11)),
        PlainAttention("dropout", AttentionShape.of(2, 66, 71, 2, 8), rate = 0.3),
        PlainAttention(
            "dropout over tiles with all masks",
            spread(2, 70, 300, 2, 1, 8, 5),
            AttentionMask.CAUSAL.from(200),
            intArrayOf(290, 3),
            rate = 0.7,
        ),
        PlainAttention("large scores", AttentionShape.of(1, 30, 300, 1, 16), magnitude = 30f),
    )
}

/** A query in each row, as a model that writes has for each token. */
private fun tokens(): List<PlainAttention> =
    listOf(
        PlainAttention("one of everything", AttentionShape.of(1, 1, 1, 1, 1)),
        PlainAttention("a few keys", AttentionShape.of(1, 1, 23, 4, 16)),
        PlainAttention("many keys", AttentionShape.of(2, 1, 777, 12, 64)),
        PlainAttention("as many keys as are read at once", AttentionShape.of(1, 1, 256, 8, 64)),
        PlainAttention("odd widths", spread(3, 1, 300, 6, 2, 20, 7)),
        PlainAttention("shared heads, gaps, a cache", spread(2, 1, 515, 6, 2, 32, 48), AttentionMask.CAUSAL.from(401)),
        PlainAttention("one head of keys for all", spread(2, 1, 290, 8, 1, 64, 16), lengths = intArrayOf(290, 11)),
        PlainAttention("window", AttentionShape.of(1, 1, 900, 2, 64), AttentionMask.CAUSAL.within(99, 0).from(850)),
        PlainAttention(
            "window past all keys",
            AttentionShape.of(2, 1, 10, 2, 8),
            AttentionMask.NONE.within(2, 2).from(20),
        ),
        PlainAttention(
            "lengths, one of them 0",
            AttentionShape.of(4, 1, 130, 4, 32),
            lengths = intArrayOf(130, 0, 1, 65),
        ),
        PlainAttention("large scores", AttentionShape.of(1, 1, 600, 4, 16), magnitude = 30f),
    )

class AttentionSpec :
    FunSpec({
        test("attention equals the equation, whatever is seen; a query that sees nothing gives 0 and minus infinity") {
            for (case in cases()) {
                withWorkers(case.shape.forwardUnits()) { from, to, _ ->
                    AttentionForward.forward(case.shape, case.mask, case.dropout, case.tensors, from, to)
                }
                withClue(case.name) {
                    case.output.shouldBeNear(case.expectedOutput, if (case.name == "large scores") 1e-3 else 1e-5)
                    case.logSumExps.shouldBeNear(case.expectedLogSumExps, 1e-5)
                }
            }
        }

        test("its gradients equal the equations, for any number of workers with the same bits") {
            for (case in cases()) {
                AttentionForward.forward(
                    case.shape,
                    case.mask,
                    case.dropout,
                    case.tensors,
                    0,
                    case.shape.forwardUnits(),
                )
                val runs =
                    List(2) { run ->
                        withWorkers(case.shape.backwardUnits()) { from, to, _ ->
                            if (run == 1 || from > 0) {
                                AttentionBackward.backward(
                                    case.shape,
                                    case.mask,
                                    case.dropout,
                                    case.tensors,
                                    case.gradients,
                                    from,
                                    to,
                                )
                            } else {
                                for (unit in from until to) {
                                    AttentionBackward.backward(
                                        case.shape,
                                        case.mask,
                                        case.dropout,
                                        case.tensors,
                                        case.gradients,
                                        unit,
                                        unit + 1,
                                    )
                                }
                            }
                        }
                        listOf(case.queryGradient, case.keyGradient, case.valueGradient).map { it.bits() }
                    }
                val tolerance = if (case.name == "large scores") 1e-3 else 2e-5
                withClue(case.name) {
                    case.queryGradient.shouldBeNear(case.expectedQueryGradient, tolerance)
                    case.keyGradient.shouldBeNear(case.expectedKeyGradient, tolerance)
                    case.valueGradient.shouldBeNear(case.expectedValueGradient, tolerance)
                    runs[0] shouldBe runs[1]
                }
            }
        }

        test(
            "one query looks at its keys through all heads at once, shared out by keys, with the same bits each time"
        ) {
            for (workers in 1..3) {
                WorkerPool(workers, Gemm::useOneThread).use { pool ->
                    for (case in tokens()) {
                        val attention = DecodingAttention(case.shape, case.tensors, pool)
                        val bits =
                            List(2) {
                                attention.run(case.mask)
                                case.output.bits() to case.logSumExps.bits()
                            }
                        withClue("${case.name}, $workers workers") {
                            case.output.shouldBeNear(
                                case.expectedOutput,
                                if (case.name == "large scores") 1e-3 else 1e-5,
                            )
                            case.logSumExps.shouldBeNear(case.expectedLogSumExps, 1e-5)
                            bits[0] shouldBe bits[1]
                        }
                    }
                }
            }
        }

        test("keys past a row's length are never read") {
            val case = PlainAttention("lengths", AttentionShape.of(2, 9, 40, 2, 8), lengths = intArrayOf(13, 40))
            for (key in 13 until 40) {
                for (f in 0 until 16) {
                    case.keys[key * 16 + f] = Float.NaN
                    case.values[key * 16 + f] = Float.NaN
                }
            }
            AttentionForward.forward(case.shape, case.mask, case.dropout, case.tensors, 0, case.shape.forwardUnits())
            case.output.shouldBeNear(case.expectedOutput, 1e-5)

            val token = PlainAttention("lengths", AttentionShape.of(1, 1, 40, 2, 8), lengths = intArrayOf(13))
            for (place in 13 * 16 until 40 * 16) {
                token.keys[place] = Float.NaN
                token.values[place] = Float.NaN
            }
            WorkerPool(2, Gemm::useOneThread).use { DecodingAttention(token.shape, token.tensors, it).run(token.mask) }
            token.output.shouldBeNear(token.expectedOutput, 1e-5)
        }

        test("a shape that cannot be is refused in words") {
            shouldThrow<IllegalArgumentException> { spread(1, 1, 1, 3, 2, 4, 4) }.message shouldBe
                "heads = 3 must be a multiple of keyValueHeads = 2."
            shouldThrow<IllegalArgumentException> { AttentionMask.NONE.within(-1, 0) }
            val many = PlainAttention("many", AttentionShape.of(1, 2, 2, 1, 4))
            WorkerPool(1).use { pool ->
                shouldThrow<IllegalArgumentException> { DecodingAttention(many.shape, many.tensors, pool) }
                    .message shouldBe "queries = 2 must be 1."
            }
        }
    })
