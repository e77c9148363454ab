package io.heddle.specs.huggingface

import io.heddle.runtime.huggingface.HuggingFaceExport
import io.heddle.runtime.huggingface.HuggingFaceImport
import io.heddle.runtime.weights.ElementType
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.runtime.weights.SafetensorsWriter
import io.heddle.runtime.weights.TensorReader
import io.heddle.runtime.weights.TensorSource
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.lang.foreign.MemorySegment
import kotlin.io.path.div
import kotlin.io.path.readBytes
import org.nd4j.linalg.api.buffer.DataType

/** Checkpoints are stored in numbers of many widths, and go out in the width that they came in. */
class StoredTypesSpec :
    StringSpec({
        val encoders =
            mapOf<ElementType, (FloatArray) -> MemorySegment>(
                ElementType.BF16 to
                    { numbers ->
                        MemorySegment.ofArray(ShortArray(numbers.size) { (numbers[it].toRawBits() shr HALF).toShort() })
                    },
                ElementType.F16 to
                    { numbers ->
                        MemorySegment.ofArray(ShortArray(numbers.size) { java.lang.Float.floatToFloat16(numbers[it]) })
                    },
                ElementType.F64 to ::thirds,
            )

        encoders.forEach { (type, encode) ->
            "$type comes in and goes out byte by byte" {
                val desk = tempdir().toPath()
                val from = huggingFaceFolder("llama_lm", desk / "from")
                val file = SafetensorsFile.open(from / "model.safetensors")
                val tensors =
                    file.entries().map {
                        TensorSource.Memory(it.name(), type, it.shape(), encode(TensorReader.floats(file, it.name())))
                    }
                SafetensorsWriter.write(from / "model.safetensors", mapOf("format" to "pt"), tensors)
                val imported = HuggingFaceImport.read(from)
                val wide = if (type == ElementType.F64) DataType.DOUBLE else DataType.FLOAT
                imported.weights().values.map { it.dataType() }.toSet() shouldBe setOf(wide)
                imported.write(desk / "run")
                HuggingFaceExport.open(desk / "run").write(desk / "to")
                (desk / "to" / "model.safetensors").readBytes() shouldBe (from / "model.safetensors").readBytes()
            }
        }
    })

/** Numbers that a float does not hold. */
private fun thirds(numbers: FloatArray) = MemorySegment.ofArray(DoubleArray(numbers.size) { numbers[it] / 3.0 })

private const val HALF = 16
