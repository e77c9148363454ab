package io.heddle.specs.golden

import io.heddle.runtime.weights.ElementType
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.runtime.weights.TensorArrays
import io.kotest.assertions.withClue
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.math.abs
import org.nd4j.linalg.api.buffer.DataType
import org.nd4j.linalg.api.ndarray.INDArray

/** The tensors of a reference, from the resources of these specs. */
class Golden(resource: String) {
    private val file: SafetensorsFile =
        SafetensorsFile.open(Path.of(checkNotNull(Golden::class.java.getResource("/$resource")) { resource }.toURI()))

    val names: List<String>
        get() = file.names()

    fun tensor(name: String): INDArray = TensorArrays.copy(file, name, DataType.DOUBLE)

    fun stored(name: String): Stored = Stored(tensor(name))

    fun numbers(name: String): DoubleArray = tensor(name).dup('c').data().asDouble()

    /** How many bits each number of a tensor has. */
    fun bits(name: String): Int = if (file.entry(name).type() == ElementType.F64) 64 else 32

    fun ids(name: String): Array<IntArray> {
        val rows = TensorArrays.copy(file, name, DataType.INT64)
        return Array(rows.rows()) { row -> rows.getRow(row.toLong()).toIntVector() }
    }
}

/**
 * A tensor that a reference stores, or a part of one.
 *
 * @property largest the largest number of the tensor that is stored, which tolerances are parts of: a part alone may be
 *   all rounding, as the gradient of a bias of keys is, which the softmax takes no notice of
 */
class Stored(val part: INDArray, val largest: Double) {
    constructor(whole: INDArray) : this(whole, largest(whole))

    /** Whether all of it are numbers. */
    fun isKnown(): Boolean = part.dup('c').data().asDouble().all { it.isFinite() }

    fun part(cut: (INDArray) -> INDArray): Stored = Stored(cut(part).dup('c'), largest)
}

private fun largest(array: INDArray): Double = array.dup('c').data().asDouble().maxOf { abs(it) }

/** Holds [actual] to [expected]: no number is off by more than [tolerance] of the largest one that is stored. */
fun shouldAgree(name: String, actual: INDArray, expected: Stored, tolerance: Double) {
    val ours = actual.castTo(DataType.DOUBLE).dup('c').data().asDouble()
    val theirs = expected.part.dup('c').data().asDouble()
    withClue(
        "$name has ${actual.shape().contentToString()}, the reference ${expected.part.shape().contentToString()}"
    ) {
        ours.size shouldBe theirs.size
    }
    withClue("$name differs by this part of the largest number of the reference's tensor") {
        ours.indices.maxOf { abs(ours[it] - theirs[it]) } / expected.largest shouldBeLessThanOrEqual tolerance
    }
}
