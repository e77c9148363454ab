package io.heddle.specs.golden

import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.runtime.weights.TensorArrays
import io.kotest.assertions.withClue
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import java.nio.file.Path
import kotlin.math.abs
import kotlin.math.max
import org.nd4j.linalg.api.buffer.DataType
import org.nd4j.linalg.api.ndarray.INDArray

/** The tensors of a reference, from the resources of these specs. */
class Golden(resource: String) {
    private val file: SafetensorsFile =
        SafetensorsFile.open(Path.of(checkNotNull(Golden::class.java.getResource("/$resource")) { resource }.toURI()))

    val names: List<String>
        get() = file.names()

    fun tensor(name: String): INDArray = TensorArrays.copy(file, name, DataType.DOUBLE)

    fun ids(name: String): Array<IntArray> {
        val rows = TensorArrays.copy(file, name, DataType.INT64)
        return Array(rows.rows()) { row -> rows.getRow(row.toLong()).toIntVector() }
    }
}

/** Holds [actual] to [expected]: no number is off by more than [tolerance] of the largest one that is expected. */
fun shouldAgree(name: String, actual: INDArray, expected: INDArray, tolerance: Double) {
    val ours = actual.castTo(DataType.DOUBLE).dup('c').data().asDouble()
    val theirs = expected.dup('c').data().asDouble()
    withClue("$name has ${actual.shape().contentToString()}, the reference ${expected.shape().contentToString()}") {
        check(ours.size == theirs.size)
    }
    val scale = max(theirs.maxOf { abs(it) }, Double.MIN_VALUE)
    withClue("$name differs by this part of its largest number") {
        ours.indices.maxOf { abs(ours[it] - theirs[it]) } / scale shouldBeLessThanOrEqual tolerance
    }
}
