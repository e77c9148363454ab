package io.heddle.specs.engine.cpu

import io.heddle.runtime.parallel.RangeTask
import io.heddle.runtime.parallel.WorkerPool
import io.kotest.assertions.withClue
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import java.lang.foreign.Arena
import java.lang.foreign.MemorySegment
import java.lang.foreign.ValueLayout
import kotlin.math.abs
import kotlin.random.Random

/** Native memory as kernels take it. Guards on both sides show a kernel that writes outside of it. */
internal class Floats(val size: Int, value: (Int) -> Float) {
    private val memory: MemorySegment = Arena.ofAuto().allocate(4L * (size + 2 * GUARDS), 64)

    val address: Long = memory.address() + 4L * GUARDS

    init {
        for (i in 0 until size + 2 * GUARDS) memory.setAtIndex(ValueLayout.JAVA_FLOAT, i.toLong(), GUARD)
        for (i in 0 until size) this[i] = value(i)
    }

    operator fun get(index: Int): Float = memory.getAtIndex(ValueLayout.JAVA_FLOAT, (GUARDS + index).toLong())

    operator fun set(index: Int, value: Float) =
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, (GUARDS + index).toLong(), value)

    fun doubles(): DoubleArray = DoubleArray(size) { this[it].toDouble() }

    fun bits(): List<Int> = List(size) { this[it].toRawBits() }

    fun copy(): Floats = Floats(size) { this[it] }

    /** Each element within [tolerance] of what was expected, relative to its size, or absolutely below 1. */
    fun shouldBeNear(expected: DoubleArray, tolerance: Double) {
        shouldBeIntact()
        for (i in 0 until size) {
            val error = abs(this[i] - expected[i]) / maxOf(1.0, abs(expected[i]))
            val same = this[i].toDouble() == expected[i]
            withClue("element $i is ${this[i]}, expected ${expected[i]}") {
                (if (same) 0.0 else if (error.isNaN()) 1e300 else error) shouldBeLessThanOrEqual tolerance
            }
        }
    }

    fun shouldBeIntact() {
        for (i in 0 until GUARDS) {
            withClue("a kernel wrote outside of its memory") { check(this[-1 - i] == GUARD && this[size + i] == GUARD) }
        }
    }

    companion object {
        private const val GUARDS = 64
        private const val GUARD = 1234.5f

        fun zeros(size: Int): Floats = Floats(size) { 0f }

        /** What no kernel may read before it wrote it. */
        fun unset(size: Int): Floats = Floats(size) { Float.NaN }

        fun random(size: Int, seed: Int, scale: Float = 1f): Floats {
            val random = Random(seed)
            return Floats(size) { (random.nextFloat() * 2 - 1) * scale }
        }

        fun of(vararg values: Float): Floats = Floats(values.size) { values[it] }

        fun ofInts(values: IntArray): Floats = Floats(values.size) { Float.fromBits(values[it]) }
    }
}

/** Runs [task] over [count] with pools of several sizes; the task must give the same result each time. */
internal fun withWorkers(count: Int, grain: Int = 1, task: RangeTask) {
    for (size in listOf(3, 1)) WorkerPool(size).use { it.parallel(count, grain, task) }
}
