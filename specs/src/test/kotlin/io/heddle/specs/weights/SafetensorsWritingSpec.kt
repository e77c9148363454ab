package io.heddle.specs.weights

import io.heddle.check.ProblemsException
import io.heddle.runtime.weights.ElementType
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.runtime.weights.SafetensorsWriter
import io.heddle.runtime.weights.TensorReader
import io.heddle.runtime.weights.TensorSource
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import java.lang.foreign.MemorySegment
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import org.nd4j.linalg.api.buffer.DataType
import org.nd4j.linalg.factory.Nd4j

class SafetensorsWritingSpec :
    FunSpec({
        fun memory(name: String, values: FloatArray) =
            TensorSource.Memory(name, ElementType.F32, listOf(values.size.toLong()), MemorySegment.ofArray(values))

        test("a file has its tensors in the order given, behind a header padded with spaces to 8 bytes") {
            val path = tempdir().toPath().resolve("new/w.safetensors")
            val tensors = listOf(memory("b", floatArrayOf(1f)), memory("a\"\n", floatArrayOf(2f, 3f)))
            SafetensorsWriter.write(path, mapOf("format" to "heddle"), tensors)
            val header =
                "{\"__metadata__\":{\"format\":\"heddle\"},${entry("b", "F32", listOf(1), 0, 4)}," +
                    "${entry("a\\\"\\n", "F32", listOf(2), 4, 12)}}"
            val padded = header.padEnd((header.length + 7) / 8 * 8)
            val expected = safetensors(padded, littleEndian(12) { putFloat(1f).putFloat(2f).putFloat(3f) })
            path.readBytes().toList() shouldBe expected.toList()
            SafetensorsFile.open(path).names() shouldBe listOf("b", "a\"\n")
            path.parent.listDirectoryEntries().map { it.name } shouldBe listOf("w.safetensors")
        }

        test("what the reference implementation wrote is written again byte for byte") {
            val reference = checkNotNull(javaClass.getResource("/safetensors/reference.safetensors"))
            val file = SafetensorsFile.open(Path.of(reference.toURI()))
            val again = tempdir().toPath().resolve("again.safetensors")
            SafetensorsWriter.write(again, file.metadata(), sources(file))
            again.readBytes().decodeToString() shouldBe reference.readBytes().decodeToString()
            again.readBytes().contentEquals(reference.readBytes()) shouldBe true
        }

        test("reading and writing again changes nothing, from the first time on") {
            for (name in listOf("weights", "io", "generate")) {
                val golden = checkNotNull(javaClass.getResource("/hf-golden/gpt2_lm/$name.safetensors"))
                val file = SafetensorsFile.open(Path.of(golden.toURI()))
                val folder = tempdir().toPath()
                SafetensorsWriter.write(folder.resolve("once"), file.metadata(), sources(file))
                val once = SafetensorsFile.open(folder.resolve("once"))
                once.entries() shouldBe file.entries()
                file.names().forEach { file.segment(it).mismatch(once.segment(it)) shouldBe -1 }
                SafetensorsWriter.write(folder.resolve("twice"), once.metadata(), sources(once))
                Files.mismatch(folder.resolve("once"), folder.resolve("twice")) shouldBe -1
            }
        }

        test("arrays of every type that is written come back, views and f order included") {
            val path = tempdir().toPath().resolve("w.safetensors")
            val matrix = Nd4j.arange(12.0).castTo(DataType.DOUBLE).reshape(3, 4)
            val arrays =
                mapOf(
                    "double" to matrix,
                    "float" to matrix.castTo(DataType.FLOAT),
                    "long" to matrix.castTo(DataType.INT64),
                    "int" to matrix.castTo(DataType.INT32),
                    "column view" to matrix.getColumn(2),
                    "row view" to matrix.getRow(1),
                    "f order" to matrix.dup('f'),
                    "transposed" to matrix.transpose(),
                    "scalar" to Nd4j.scalar(2.5),
                    "empty" to Nd4j.create(DataType.FLOAT, 0, 3),
                )
            SafetensorsWriter.write(path, mapOf(), arrays.map { (name, array) -> TensorSource.Array(name, array) })
            val file = SafetensorsFile.open(path)
            file.names() shouldBe arrays.keys.toList()
            arrays.forEach { (name, array) ->
                file.entry(name).shape() shouldBe array.shape().toList()
                val numbers = array.castTo(DataType.DOUBLE).dup('c')
                val expected = if (array.isEmpty) listOf() else numbers.data().asDouble().toList()
                TensorReader.doubles(file, name).toList() shouldBe expected
            }
            file.entry("int").type() shouldBe ElementType.I32
        }

        test("a file without tensors is a file") {
            val path = tempdir().toPath().resolve("w.safetensors")
            SafetensorsWriter.write(path, mapOf(), listOf())
            path.readBytes().toList() shouldBe safetensors("{}      ").toList()
            SafetensorsFile.open(path).names() shouldBe listOf()
        }

        test("everything that cannot be written is told at once, and the old file stays") {
            val path = tempdir().toPath().resolve("w.safetensors")
            SafetensorsWriter.write(path, mapOf(), listOf(memory("old", floatArrayOf(7f))))
            val before = path.readBytes().toList()
            val tensors =
                listOf(
                    memory("x", floatArrayOf(1f)),
                    memory("x", floatArrayOf(1f)),
                    memory("__metadata__", floatArrayOf(1f)),
                    TensorSource.Memory("short", ElementType.F32, listOf(2, 3), MemorySegment.ofArray(FloatArray(5))),
                    TensorSource.Array("flags", Nd4j.create(DataType.BOOL, 2)),
                )
            shouldThrow<ProblemsException> { SafetensorsWriter.write(path, mapOf(), tensors) }
                .shouldHaveMessage(
                    """
                    $path: two tensors have the same name
                      name = x
                      Give every tensor a name of its own.

                    $path: a tensor has the name that the format keeps for itself
                      name = __metadata__
                      Give every tensor a name of its own.

                    $path: tensor "short" does not fill its shape
                      shape = [2, 3]
                      shape needs = 24 bytes
                      memory holds = 20 bytes
                      Give the memory of exactly this tensor.

                    $path: tensor "flags" has a type that Heddle does not write
                      type = BOOL
                      Cast it to F32, F64, I64 or I32 first.
                    """
                        .trimIndent()
                )
            path.readBytes().toList() shouldBe before
        }
    })

private fun sources(file: SafetensorsFile): List<TensorSource> =
    file.entries().map { TensorSource.Memory(it.name(), it.type(), it.shape(), file.segment(it.name())) }
