package io.heddle.specs.support

import kotlin.math.tanh

/** A number and how it changes with another one: `(a + b e) (c + d e) = a c + (a d + b c) e`. */
private data class Dual(val value: Double, val slope: Double) {
    operator fun plus(other: Dual) = Dual(value + other.value, slope + other.slope)

    operator fun times(other: Dual) = Dual(value * other.value, value * other.slope + slope * other.value)

    operator fun times(factor: Double) = Dual(value * factor, slope * factor)
}

private fun tanh(x: Dual) = tanh(x.value).let { Dual(it, (1.0 - it * it) * x.slope) }

private operator fun List<Dual>.plus(other: List<Dual>) = zip(other) { left, right -> left + right }

private operator fun List<Dual>.times(factor: Double) = map { it * factor }

/** The path of arXiv 2003.09229, with how it changes when input [moved] of the network changes at place [at]. */
private class FlowEquations(inputs: List<Numbers>, moved: Int, at: Int) {
    private val duals =
        inputs.mapIndexed { input, numbers ->
            numbers.data.mapIndexed { place, value -> Dual(value, if (input == moved && place == at) 1.0 else 0.0) }
        }
    private val width = duals[0].size
    private val hidden = duals[2].size

    private fun slope(p: List<Dual>, time: Double): List<Dual> {
        val (up, upBias, down, downBias) = duals.drop(1)
        val x = List(width + 1) { if (it < width) p[it] else Dual(time, 0.0) }
        val units = List(hidden) { unit -> tanh(dot(up.drop(unit * x.size), x) + upBias[unit]) }
        return List(width) { dot(down.drop(it * hidden), units) + downBias[it] }
    }

    private fun dot(left: List<Dual>, right: List<Dual>) =
        right.indices.fold(Dual(0.0, 0.0)) { sum, at -> sum + left[at] * right[at] }

    fun path(steps: Int, time: Int): List<List<Dual>> {
        val h = 1.0 / steps
        return (0 until time - 1).runningFold(duals[0]) { start, position ->
            (0 until steps).fold(start) { p, step ->
                val t = position + step * h
                val k1 = slope(p, t)
                val k2 = slope(p + k1 * (h / 2.0), t + h / 2.0)
                val k3 = slope(p + k2 * (h / 2.0), t + h / 2.0)
                val k4 = slope(p + k3 * h, t + h)
                p + (k1 + k2 * 2.0 + k3 * 2.0 + k4) * (h / 6.0)
            }
        }
    }
}

/** `y [time, w]` for `start, up, upBias, down, downBias`. */
fun flow(steps: Int, time: Int, inputs: List<Numbers>): Numbers {
    val path = FlowEquations(inputs, moved = -1, at = 0).path(steps, time).flatten()
    return Numbers(listOf(time, inputs[0].size), path.map { it.value }.toDoubleArray())
}

/** Forward, one number at a time, where kernels go backward. */
fun flowGradient(steps: Int, inputs: List<Numbers>, dy: Numbers): List<Numbers> =
    inputs.mapIndexed { input, numbers ->
        Numbers.make(numbers.shape) { at ->
            val path = FlowEquations(inputs, input, at).path(steps, dy.shape[0]).flatten()
            path.indices.sumOf { dy[it] * path[it].slope }
        }
    }
