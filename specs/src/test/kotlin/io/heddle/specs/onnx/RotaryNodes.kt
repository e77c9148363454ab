package io.heddle.specs.onnx

import io.heddle.graph.Direction
import io.heddle.graph.Element
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.specs.support.Numbers
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import kotlin.math.PI

/**
 * Rotary embeddings. The operator is given cosines and sines, which in these cases are any numbers and of no angle; so
 * they are put around what is Heddle's, the turn of a pair by a right angle: `cos x + sin turned(x)`.
 */
val rotaryNodes: Map<String, NodeRun> = mapOf("RotaryEmbedding" to graphOf { output(0, turned()) })

private fun NodeGraph.turned(): Value {
    val sheets = case.input(0).rank == SHEETS
    val heads = if (sheets) case.input(0).shape[1] else case.whole("num_heads", 0)
    val x = if (sheets) together(real(0)) else real(0)
    val width = shape(x).last() / heads
    val part = case.whole("rotary_embedding_dim", 0).let { if (it == 0) width else it }
    val apart = reshape(x, shape(x).dropLast(1) + listOf(heads, width))
    val first = turned(slice(apart, LAST, 0, part), part)
    val whole = if (part == width) first else op(Op.Concat(LAST), first, slice(apart, LAST, part, width - part))
    return if (sheets) permute(whole, 0, 2, 1, 3) else whole
}

/** `[batch, time, heads, part]`. */
private fun NodeGraph.turned(x: Value, part: Int): Value {
    val (batch, time, heads) = shape(x)
    val pairs = if (case.whole("interleaved", 0) == 1) RotaryPairs.Interleaved else RotaryPairs.HalfSplit
    // With a base of 1 all pairs turn alike; position 1 of those that turn a right angle from one to the next.
    val turn = Op.Rotate(heads, 1.0, pairs, RotaryScaling.Linear(2.0 / PI), Direction.Forward)
    val positions = given("positions", Numbers.make(listOf(time)) { 1.0 }, Element.Index)
    val right = reshape(op(turn, reshape(x, listOf(batch, time, heads * part)), positions), shape(x))
    fun of(place: Int, numbers: Value) = times(numbers, spread(angles(place), pairs, heads))
    return add(of(1, x), of(2, right))
}

/** The cosines or sines of each position, `[batch, time, part / 2]`. */
private fun NodeGraph.angles(place: Int): Value {
    val positions = case.inputOrNull(POSITIONS) ?: return real(place)
    return op(Op.Embed, real(place), given("rows $place", positions, Element.Index))
}

/** Both of a pair have what the pair has, and all heads: `[batch, time, heads, part]`. */
private fun NodeGraph.spread(x: Value, pairs: RotaryPairs, heads: Int): Value {
    val (batch, time, count) = shape(x)
    val both =
        when (pairs) {
            RotaryPairs.Interleaved -> repeat(x, LAST, 2)
            RotaryPairs.HalfSplit -> repeat(x, 2, 2)
        }
    return repeat(reshape(both, listOf(batch, time, 2 * count)), 2, heads)
}

/** How many axes there are where heads have one of their own. */
private const val SHEETS = 4
private const val LAST = 3
private const val POSITIONS = 3
