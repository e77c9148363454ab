package io.heddle.specs.support

import io.heddle.graph.Direction
import io.heddle.graph.Op
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.SinusoidOrder
import kotlin.math.cos
import kotlin.math.pow
import kotlin.math.sin

fun embed(table: Numbers, ids: Numbers): Numbers =
    Numbers.make(ids.shape + table.last) { table[ids.int(it / table.last) * table.last + it % table.last] }

fun embedGradient(rows: Int, ids: Numbers, dy: Numbers): Numbers =
    Numbers.make(listOf(rows, dy.last)) { at ->
        (0 until ids.size).filter { ids.int(it) == at / dy.last }.sumOf { dy[it * dy.last + at % dy.last] }
    }

fun positions(time: Int, offset: Numbers): Numbers = Numbers.make(listOf(time)) { offset[0] + it }

fun sinusoid(width: Int, order: SinusoidOrder, positions: Numbers): Numbers =
    Numbers.make(listOf(positions.size, width)) { at ->
        val column = at % width
        val half = (width + 1) / 2
        val (pair, isSine) =
            when (order) {
                SinusoidOrder.Interleaved -> column / 2 to (column % 2 == 0)
                SinusoidOrder.Concatenated -> column % half to (column < half)
            }
        val angle = positions[at / width] / 10_000.0.pow(2.0 * pair / width)
        if (isSine) sin(angle) else cos(angle)
    }

fun rotate(op: Op.Rotate, x: Numbers, positions: Numbers): Numbers {
    val (batch, time, width) = x.shape
    val headWidth = width / op.heads
    val turned = DoubleArray(x.size)
    for (row in 0 until batch * time) for (head in 0 until op.heads) for (pair in 0 until headWidth / 2) {
        val start = row * width + head * headWidth
        val (first, second) =
            when (op.pairs) {
                RotaryPairs.Interleaved -> start + 2 * pair to start + 2 * pair + 1
                RotaryPairs.HalfSplit -> start + pair to start + pair + headWidth / 2
            }
        val slower = (op.scaling as? RotaryScaling.Linear)?.factor ?: 1.0
        val forward = positions[row % time] / slower / op.base.pow(2.0 * pair / headWidth)
        val angle =
            when (op.direction) {
                Direction.Forward -> forward
                Direction.Backward -> -forward
            }
        turned[first] = x[first] * cos(angle) - x[second] * sin(angle)
        turned[second] = x[first] * sin(angle) + x[second] * cos(angle)
    }
    return Numbers(x.shape, turned)
}

/** Zeros for a sequence without any position. */
fun takeLast(x: Numbers, lengths: Numbers): Numbers =
    Numbers.make(listOf(x.shape[0], x.last)) { at ->
        val sequence = at / x.last
        if (lengths.int(sequence) == 0) 0.0 else x[sequence, lengths.int(sequence) - 1, at % x.last]
    }

fun putLast(time: Int, x: Numbers, lengths: Numbers): Numbers =
    Numbers.make(listOf(x.shape[0], time, x.last)) { at ->
        val row = at / x.last
        val sequence = row / time
        if (row % time == lengths.int(sequence) - 1) x[sequence * x.last + at % x.last] else 0.0
    }

/** The state as it is after the writing; the one before stays, unlike in a program. */
fun writeAt(state: Numbers, fresh: Numbers, offset: Numbers): Numbers {
    val (_, capacity, width) = state.shape
    val time = fresh.shape[1]
    return Numbers.make(state.shape) { at ->
        val row = at / width
        val step = row % capacity - offset.int(0)
        if (step in 0 until time) fresh[row / capacity, step, at % width] else state[at]
    }
}
