package io.heddle.specs.support

import io.heddle.graph.Shape
import kotlin.math.abs
import kotlin.random.Random

/** The numbers of a tensor, in row-major order: doubles, and whole ones where the tensor holds indices. */
class Numbers(val shape: List<Int>, val data: DoubleArray) {
    init {
        require(data.size == count(shape)) { "$shape has ${count(shape)} numbers, not ${data.size}" }
    }

    val rank: Int
        get() = shape.size

    val size: Int
        get() = data.size

    val last: Int
        get() = shape.last()

    /** How many rows there are, a row being the numbers along the last dim. */
    val rows: Int
        get() = count(shape.dropLast(1))

    /** How many numbers the last [kept] dims have. */
    fun trailing(kept: Int): Int = count(shape.takeLast(kept))

    operator fun get(at: Int): Double = data[at]

    /** A number of a tensor of three dims. */
    operator fun get(first: Int, second: Int, third: Int): Double = data[(first * shape[1] + second) * shape[2] + third]

    fun int(at: Int): Int = data[at].toInt()

    fun row(at: Int): List<Double> = List(last) { data[at * last + it] }

    fun map(transform: (Double) -> Double): Numbers = Numbers(shape, DoubleArray(size) { transform(data[it]) })

    /** The same, but [value] at one place. */
    fun with(at: Int, value: Double): Numbers = Numbers(shape, data.copyOf().also { it[at] = value })

    override fun toString(): String = "$shape ${data.contentToString()}"

    companion object {
        fun count(shape: List<Int>): Int = shape.fold(1, Int::times)

        fun of(vararg numbers: Double): Numbers = Numbers(listOf(numbers.size), numbers)

        fun indices(vararg numbers: Int): Numbers =
            Numbers(listOf(numbers.size), DoubleArray(numbers.size) { numbers[it].toDouble() })

        fun scalar(number: Double): Numbers = Numbers(emptyList(), doubleArrayOf(number))

        fun filled(shape: List<Int>, number: Double): Numbers = Numbers(shape, DoubleArray(count(shape)) { number })

        fun zeros(shape: List<Int>): Numbers = filled(shape, 0.0)

        fun make(shape: List<Int>, number: (Int) -> Double): Numbers = Numbers(shape, DoubleArray(count(shape), number))

        /** Uniform in ±2: about as wide as what lives inside of a model. */
        fun random(shape: List<Int>, random: Random): Numbers = make(shape) { random.nextDouble(-2.0, 2.0) }
    }
}

/** The sizes of a shape under [sizes], which binds every symbol. */
fun Shape.bound(sizes: Map<String, Long>): List<Int> = dims.map { Math.toIntExact(it.evaluate(sizes)) }

/**
 * The largest difference of two tensors beside the size of the numbers; what is smaller than [floor] counts as [floor].
 * Infinities of one sign do not differ; NaN differs from everything.
 */
fun largestDifference(left: Numbers, right: Numbers, floor: Double = 1.0): Double {
    require(left.shape == right.shape) { "${left.shape} and ${right.shape} are not the same shape" }
    return left.data.indices.maxOfOrNull { difference(left[it], right[it], floor) } ?: 0.0
}

private fun difference(left: Double, right: Double, floor: Double): Double =
    when {
        left == right -> 0.0
        left.isNaN() || right.isNaN() -> Double.POSITIVE_INFINITY
        else -> abs(left - right) / maxOf(abs(left), abs(right), floor)
    }
