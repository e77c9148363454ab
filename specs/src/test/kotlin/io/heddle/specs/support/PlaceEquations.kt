package io.heddle.specs.support

import io.heddle.graph.Distance
import io.heddle.graph.Op
import io.heddle.terms.MaskView
import io.heddle.terms.Sight
import io.heddle.terms.relations
import kotlin.math.PI
import kotlin.math.abs
import kotlin.math.cos
import kotlin.math.floor
import kotlin.math.ln
import kotlin.math.pow
import kotlin.math.round
import kotlin.math.sin

fun realPositions(time: Int, lengths: Numbers): Numbers =
    Numbers.make(listOf(lengths.size, time)) { if (it % time < lengths[it / time]) 1.0 else 0.0 }

/** @param columns how many positions a row of a picture has */
fun maskScores(op: Op.MaskScores, shape: List<Int>, columns: Int, offset: Int, given: List<Numbers>): Numbers {
    val names = op.mask.relations()
    return Numbers.make(shape) { at ->
        val places = standing(shape, at)
        val (head, query, key) = places.takeLast(3)
        val view =
            object : MaskView(shape.last().toLong(), columns.toLong(), head, op.heads, op.layer) {
                override fun given(relation: String, query: Long, key: Long): Sight {
                    val pairs = given[names.indexOf(relation)]
                    val row = (query - offset).toInt()
                    val inside = row in 0 until pairs.shape[1] && key < pairs.shape[2]
                    return if (inside && pairs[places[0], row, key.toInt()] != 0.0) Sight.Seen else Sight.Hidden
                }
            }
        val seen = op.mask.sight((offset + query).toLong(), key.toLong(), view) == Sight.Seen
        if (seen) 0.0 else Double.NEGATIVE_INFINITY
    }
}

fun distance(distance: Distance, columns: Int, query: Int, key: Int): Int =
    when (distance) {
        is Distance.Plain -> abs(key - query)
        is Distance.Clipped -> (key - query).coerceIn(-distance.reach, distance.reach) + distance.reach
        is Distance.Grid -> {
            val farthest = distance.size - 1
            val rows = (query / columns - key / columns).coerceIn(-farthest, farthest)
            val sides = (query % columns - key % columns).coerceIn(-farthest, farthest)
            (rows + farthest) * (2 * distance.size - 1) + sides + farthest
        }
        is Distance.Buckets -> {
            val side = if (distance.bothSides) distance.count / 2 else distance.count
            val start = if (distance.bothSides && key > query) side else 0
            start + bucket(if (distance.bothSides) abs(key - query) else maxOf(0, query - key), side, distance.farthest)
        }
    }

/** Half of the buckets are exact; the others are equal steps of the logarithm up to [farthest]. */
private fun bucket(distance: Int, buckets: Int, farthest: Int): Int {
    val exact = buckets / 2
    if (distance < exact) return distance
    val steps = ln(distance.toDouble() / exact) / ln(farthest.toDouble() / exact) * (buckets - exact)
    return minOf(exact + floor(steps + 1e-9).toInt(), buckets - 1)
}

/** DETR's sines of a picture: `2 pi (row + 1) / rows` over `10000^(2 i / half)`, then the same of columns. */
fun gridWaves(rows: Int, columns: Int, width: Int): Numbers =
    Numbers.make(listOf(rows * columns, width)) { at ->
        val (place, column) = at / width to at % width
        val half = width / 2
        val ofRow = column < half
        val share = if (ofRow) (place / columns + 1) / (rows + 1e-6) else (place % columns + 1) / (columns + 1e-6)
        val number = if (ofRow) column else column - half
        val angle = 2.0 * PI * share / 10_000.0.pow(2.0 * (number / 2) / if (ofRow) half else width - half)
        if (number % 2 == 0) sin(angle) else cos(angle)
    }

fun spread(time: Int, sources: Numbers, targets: Numbers): Numbers =
    Numbers.make(listOf(sources.size, time)) { at ->
        val (source, target) = sources.int(at / time) to targets.int(at / time)
        when {
            at % time >= target || source == 0 -> -1.0
            target == 1 -> 0.0
            else -> round((at % time) * (source - 1.0) / (target - 1.0))
        }
    }

fun dispatch(experts: Int, chosen: Numbers, capacity: Int): Numbers {
    val slots = Numbers.filled(chosen.shape, -1.0)
    val (count, choices) = chosen.shape
    for (expert in 0 until experts) {
        val asked = (0 until choices).flatMap { choice -> (0 until count).map { it * choices + choice } }
        asked
            .filter { chosen.int(it) == expert }
            .take(capacity)
            .forEachIndexed { place, at -> slots.data[at] = (expert * capacity + place).toDouble() }
    }
    return slots
}

/** The best of all matchings there are. */
fun match(costs: Numbers, counts: Numbers): Numbers {
    val (batch, rows, columns) = costs.shape
    return (0 until batch)
        .flatMap { sequence ->
            val open = (0 until counts.int(sequence)).toList()
            val matched = minOf(rows, open.size)
            matchings(rows, open)
                .filter { matching -> matching.count { it >= 0 } == matched }
                .minBy { matching ->
                    matching.withIndex().sumOf { (row, at) -> if (at < 0) 0.0 else costs[sequence, row, at] }
                }
        }
        .let { Numbers(listOf(batch, rows), it.map(Int::toDouble).toDoubleArray()) }
        .also { check(columns >= counts.data.max()) }
}

private fun matchings(rows: Int, open: List<Int>): List<List<Int>> =
    if (rows == 0) listOf(emptyList())
    else (open + -1).flatMap { first -> matchings(rows - 1, open - first).map { listOf(first) + it } }
