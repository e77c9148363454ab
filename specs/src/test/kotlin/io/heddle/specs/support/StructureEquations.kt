package io.heddle.specs.support

import io.heddle.graph.FrameWindow
import io.heddle.graph.ProductForm

/** Where number [at] of a tensor of this shape stands, axis by axis. */
internal fun standing(shape: List<Int>, at: Int): List<Int> =
    shape.indices.map { axis -> at / Numbers.count(shape.drop(axis + 1)) % shape[axis] }

/** The number at [places], one for each axis. */
internal operator fun Numbers.get(places: List<Int>): Double =
    data[places.foldIndexed(0) { axis, row, place -> row * shape[axis] + place }]

private fun <T> List<T>.replaced(axis: Int, value: T) = take(axis) + value + drop(axis + 1)

/** A tensor of this shape, each number by where it stands. */
private fun each(shape: List<Int>, number: (List<Int>) -> Double) = Numbers.make(shape) { number(standing(shape, it)) }

fun reshape(x: Numbers, shape: List<Int>): Numbers = Numbers(shape, x.data.copyOf())

fun permute(x: Numbers, order: List<Int>): Numbers =
    each(order.map { x.shape[it] }) { places -> x[x.shape.indices.map { places[order.indexOf(it)] }] }

fun slice(x: Numbers, axis: Int, start: Int, size: Int): Numbers =
    each(x.shape.replaced(axis, size)) { x[it.replaced(axis, it[axis] + start)] }

fun pad(x: Numbers, axis: Int, before: Int, after: Int): Numbers =
    each(x.shape.replaced(axis, before + x.shape[axis] + after)) {
        val place = it[axis] - before
        if (place in 0 until x.shape[axis]) x[it.replaced(axis, place)] else 0.0
    }

fun concat(parts: List<Numbers>, axis: Int): Numbers {
    val owners = parts.flatMap { part -> List(part.shape[axis]) { part to it } }
    return each(parts[0].shape.replaced(axis, owners.size)) { places ->
        val (part, place) = owners[places[axis]]
        part[places.replaced(axis, place)]
    }
}

fun repeat(x: Numbers, axis: Int, count: Int): Numbers =
    each(x.shape.take(axis) + count + x.shape.drop(axis)) { x[it.take(axis) + it.drop(axis + 1)] }

fun sum(x: Numbers, axis: Int): Numbers =
    each(x.shape.take(axis) + x.shape.drop(axis + 1)) { places ->
        (0 until x.shape[axis]).sumOf { x[places.take(axis) + it + places.drop(axis)] }
    }

fun gather(x: Numbers, places: Numbers): Numbers =
    each(places.shape + x.last) {
        val row = places[it.dropLast(1)].toInt()
        if (row < 0) 0.0 else x[it.dropLast(2) + row + it.last()]
    }

fun scatter(rows: Int, y: Numbers, places: Numbers): Numbers =
    each(y.shape.dropLast(2) + rows + y.last) { to ->
        (0 until places.last)
            .filter { places[to.dropLast(2) + it].toInt() == to[to.size - 2] }
            .sumOf { y[to.dropLast(2) + it + to.last()] }
    }

fun unfold(x: Numbers, window: FrameWindow): Numbers {
    val (batch, time, width) = x.shape
    val frames = (time + window.before + window.after - window.kernel) / window.stride + 1
    return each(listOf(batch, frames, window.kernel * width)) { (sequence, frame, at) ->
        val place = frame * window.stride - window.before + at / width
        if (place in 0 until time) x[sequence, place, at % width] else 0.0
    }
}

fun fold(y: Numbers, window: FrameWindow, time: Int): Numbers {
    val width = y.last / window.kernel
    return each(listOf(y.shape[0], time, width)) { (sequence, place, column) ->
        (0 until y.shape[1]).sumOf { frame ->
            val at = place - (frame * window.stride - window.before)
            if (at in 0 until window.kernel) y[sequence, frame, at * width + column] else 0.0
        }
    }
}

/** [product] of each pair of matrices. */
fun batchProduct(form: ProductForm, left: Numbers, right: Numbers): Numbers {
    val count = Numbers.count(left.shape.dropLast(2))
    val products = (0 until count).map { product(form, matrix(left, it), matrix(right, it)) }
    val shape = left.shape.dropLast(2) + products[0].shape
    return Numbers(shape, products.flatMap { it.data.toList() }.toDoubleArray())
}

private fun matrix(x: Numbers, at: Int): Numbers {
    val size = x.trailing(2)
    return Numbers(x.shape.takeLast(2), x.data.copyOfRange(at * size, (at + 1) * size))
}

/** The sum itself, whose work grows with the square of the length. */
fun causalProduct(q: Numbers, k: Numbers, v: Numbers, meets: (Int, Int) -> Boolean): Numbers {
    val time = q.shape[q.rank - 2]
    return each(v.shape) { at ->
        val (start, i) = at.dropLast(2) to at[at.size - 2]
        (0 until time)
            .filter { j -> meets(i, j) }
            .sumOf { j -> v[start + j + at.last()] * (0 until q.last).sumOf { q[start + i + it] * k[start + j + it] } }
    }
}

/** `dy - correction * x` where rows are real, and what the correction becomes (arXiv 2003.07845, algorithm 2). */
fun corrected(x: Numbers, correction: Numbers, real: Numbers, dy: Numbers, momentum: Double): List<Numbers> {
    val width = correction.shape[0]
    val rows = (0 until x.size / width).filter { real[it] == 1.0 }
    fun mean(of: (Int) -> Double, column: Int) = rows.map { of(it * width + column) }.average()
    val next =
        Numbers.make(listOf(width)) {
            correction[it] * (1 - momentum * mean({ at -> x[at] * x[at] }, it)) +
                momentum * mean({ at -> dy[at] * x[at] }, it)
        }
    return listOf(Numbers.make(x.shape) { dy[it] - real[it / width] * correction[it % width] * x[it] }, next)
}

/** The state as it is after the writing; the one before stays, unlike in a program. */
fun blend(state: Numbers, fresh: Numbers, momentum: Double): Numbers =
    pairwise(state, fresh) { old, new -> (1.0 - momentum) * old + momentum * new }

fun remember(state: Numbers, fresh: Numbers): Numbers =
    concat(listOf(state, fresh), 1).let { slice(it, 1, it.shape[1] - state.shape[1], state.shape[1]) }
