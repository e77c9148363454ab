package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.AttentionMask
import io.heddle.runtime.backend.cpu.AttentionShape
import io.heddle.runtime.backend.cpu.AttentionTensors
import io.heddle.runtime.backend.cpu.Dropout
import io.heddle.runtime.backend.cpu.MaskTiles
import io.heddle.runtime.random.DropoutStream
import java.util.BitSet
import kotlin.math.exp
import kotlin.math.ln

/** Attention and its gradients written from the equations, in double precision, with every weight at hand. */
internal class PlainAttention(
    val name: String,
    val shape: AttentionShape,
    mask: AttentionMask = AttentionMask.NONE,
    private val lengths: IntArray? = null,
    private val allowed: ByteArray? = null,
    private val rate: Double = 0.0,
    magnitude: Float = 1f,
) {
    private val lengthMemory = lengths?.let(Floats::ofInts)
    private val stream = DropoutStream.of("weights", rate, 11, 5)

    val mask: AttentionMask =
        mask.lengths(lengthMemory?.address ?: 0L).let { if (allowed == null) it else it.under(tiles(allowed)) }
    val dropout: Dropout = if (rate == 0.0) Dropout.NONE else Dropout.of(stream, rate)

    val queries = Floats.random(shape.batch() * shape.queries() * shape.queryStride(), 1, magnitude)
    val keys = Floats.random(shape.batch() * shape.keyRows() * shape.keyStride(), 2, magnitude)
    val values = Floats.random(shape.batch() * shape.keyRows() * shape.valueStride(), 3)
    val above = Floats.random(shape.batch() * shape.queries() * shape.outputStride(), 4)

    // What is not written stays as it is: gaps between rows, and rows of a cache past the keys.
    val output = above.copy()
    val logSumExps = Floats.unset(shape.batch() * shape.heads() * shape.queries())
    val queryGradient = queries.copy()
    val keyGradient = keys.copy()
    val valueGradient = values.copy()

    val tensors = AttentionTensors(queries.address, keys.address, values.address, output.address, logSumExps.address)
    val gradients =
        AttentionTensors.Gradients(above.address, queryGradient.address, keyGradient.address, valueGradient.address)

    val expectedOutput = output.doubles()
    val expectedLogSumExps = DoubleArray(logSumExps.size)
    val expectedQueryGradient = queryGradient.doubles()
    val expectedKeyGradient = keyGradient.doubles()
    val expectedValueGradient = valueGradient.doubles()

    init {
        for (row in 0 until shape.batch()) {
            for (key in 0 until shape.keys()) {
                for (head in 0 until shape.keyValueHeads()) {
                    for (f in 0 until shape.headWidth()) expectedKeyGradient[keyAt(row, key, head) + f] = 0.0
                    for (f in 0 until shape.valueWidth()) expectedValueGradient[valueAt(row, key, head) + f] = 0.0
                }
            }
            for (head in 0 until shape.heads()) for (query in 0 until shape.queries()) attend(row, head, query)
        }
    }

    private fun tiles(allowed: ByteArray): MaskTiles =
        MaskTiles(1, shape.queries(), shape.keys()).apply {
            write { _, query ->
                val line = BitSet()
                for (key in 0 until shape.keys()) line.set(key, allowed[query * shape.keys() + key] != 0.toByte())
                line
            }
        }

    private fun queryAt(row: Int, query: Int, head: Int) =
        (row * shape.queries() + query) * shape.queryStride() + head * shape.headWidth()

    private fun keyAt(row: Int, key: Int, head: Int) =
        (row * shape.keyRows() + key) * shape.keyStride() + head * shape.headWidth()

    private fun valueAt(row: Int, key: Int, head: Int) =
        (row * shape.keyRows() + key) * shape.valueStride() + head * shape.valueWidth()

    private fun outputAt(row: Int, query: Int, head: Int) =
        (row * shape.queries() + query) * shape.outputStride() + head * shape.valueWidth()

    private fun sees(row: Int, query: Int, key: Int): Boolean {
        val position = mask.offset().toLong() + query
        return key < (lengths?.get(row) ?: shape.keys()) &&
            position - key <= mask.left() &&
            key - position <= mask.right() &&
            (allowed == null || allowed[query * shape.keys() + key] != 0.toByte())
    }

    private fun attend(row: Int, head: Int, query: Int) {
        val shared = head / (shape.heads() / shape.keyValueHeads())
        val q = queryAt(row, query, head)
        val o = outputAt(row, query, head)
        val seen = (0 until shape.keys()).filter { sees(row, query, it) }
        val scores =
            seen.associateWith { key ->
                val k = keyAt(row, key, shared)
                shape.scale() * (0 until shape.headWidth()).sumOf { queries[q + it].toDouble() * keys[k + it] }
            }
        val largest = scores.values.maxOrNull() ?: 0.0
        val logSum = largest + ln(scores.values.sumOf { exp(it - largest) })
        expectedLogSumExps[(row * shape.heads() + head) * shape.queries() + query] = logSum
        for (f in 0 until shape.valueWidth()) expectedOutput[o + f] = 0.0
        for (f in 0 until shape.headWidth()) expectedQueryGradient[q + f] = 0.0
        val weights = scores.mapValues { exp(it.value - logSum) }
        val kept = seen.associateWith { if (rate == 0.0) 1.0 else keeps(row, head, query, it) / (1 - rate) }
        for ((key, weight) in weights) {
            val v = valueAt(row, key, shared)
            for (f in 0 until shape.valueWidth()) {
                expectedOutput[o + f] += weight * kept.getValue(key) * values[v + f]
                expectedValueGradient[v + f] += weight * kept.getValue(key) * above[o + f]
            }
        }
        val weightGradients =
            seen.associateWith { key ->
                val v = valueAt(row, key, shared)
                kept.getValue(key) * (0 until shape.valueWidth()).sumOf { above[o + it].toDouble() * values[v + it] }
            }
        val common = seen.sumOf { weights.getValue(it) * weightGradients.getValue(it) }
        for (key in seen) {
            val k = keyAt(row, key, shared)
            val gradient = shape.scale() * weights.getValue(key) * (weightGradients.getValue(key) - common)
            for (f in 0 until shape.headWidth()) {
                expectedQueryGradient[q + f] += gradient * keys[k + f]
                expectedKeyGradient[k + f] += gradient * queries[q + f]
            }
        }
    }

    private fun keeps(row: Int, head: Int, query: Int, key: Int): Double {
        val element =
            DropoutStream.attentionElement(
                row.toLong(),
                head.toLong(),
                query.toLong(),
                key.toLong(),
                shape.heads().toLong(),
                shape.queries().toLong(),
                shape.keys().toLong(),
            )
        return if (stream.keeps(element)) 1.0 else 0.0
    }
}
