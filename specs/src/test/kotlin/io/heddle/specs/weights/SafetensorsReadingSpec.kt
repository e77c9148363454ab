package io.heddle.specs.weights

import io.heddle.check.ProblemsException
import io.heddle.runtime.weights.ElementType
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.runtime.weights.TensorArrays
import io.heddle.runtime.weights.TensorReader
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import io.kotest.matchers.throwable.shouldHaveMessage
import java.io.RandomAccessFile
import java.nio.ByteBuffer
import java.nio.file.Path
import kotlin.io.path.writeBytes
import org.nd4j.linalg.api.buffer.DataType

class SafetensorsReadingSpec :
    FunSpec({
        val folder = tempdir().toPath()

        fun file(header: String, data: ByteArray): SafetensorsFile {
            val path = folder.resolve("weights.safetensors")
            path.writeBytes(safetensors(header, data))
            return SafetensorsFile.open(path)
        }

        fun single(type: String, count: Long, data: ByteArray): SafetensorsFile =
            file("{${entry("x", type, listOf(count), 0, data.size.toLong())}}", data)

        test("every type of the format is read as the numbers it stands for") {
            val doubles = single("F64", 2, littleEndian(16) { putDouble(1.0 / 3).putDouble(-0.0) })
            TensorReader.doubles(doubles, "x").toList() shouldBe listOf(1.0 / 3, -0.0)
            TensorReader.floats(doubles, "x").toList() shouldBe listOf(1f / 3, -0f)
            val floats = single("F32", 2, littleEndian(8) { putFloat(0.1f).putFloat(Float.MIN_VALUE) })
            TensorReader.floats(floats, "x").toList() shouldBe listOf(0.1f, Float.MIN_VALUE)
            TensorReader.doubles(floats, "x").toList() shouldBe listOf(0.1f.toDouble(), Float.MIN_VALUE.toDouble())
            val halves = single("F16", 4, littleEndian(8) { putHalves(0x3C00, 0xC000, 0x0001, 0x7C00) })
            TensorReader.floats(halves, "x").toList() shouldBe listOf(1f, -2f, 5.9604645e-8f, Float.POSITIVE_INFINITY)
            val brains = single("BF16", 3, littleEndian(6) { putHalves(0x3F80, 0xC000, 0x3EAB) })
            TensorReader.doubles(brains, "x").toList() shouldBe listOf(1.0, -2.0, 0.333984375)
            val longs = single("I64", 2, littleEndian(16) { putLong(Long.MIN_VALUE).putLong(7) })
            TensorReader.longs(longs, "x").toList() shouldBe listOf(Long.MIN_VALUE, 7)
            val ints = single("I32", 2, littleEndian(8) { putInt(-5).putInt(Int.MAX_VALUE) })
            TensorReader.longs(ints, "x").toList() shouldBe listOf(-5, 2147483647)
            val shorts = single("I16", 2, littleEndian(4) { putHalves(0xFFFF, 300) })
            TensorReader.longs(shorts, "x").toList() shouldBe listOf(-1, 300)
            val bytes = byteArrayOf(-1, 0, 5)
            TensorReader.longs(single("I8", 3, bytes), "x").toList() shouldBe listOf(-1, 0, 5)
            TensorReader.longs(single("U8", 3, bytes), "x").toList() shouldBe listOf(255, 0, 5)
            TensorReader.longs(single("BOOL", 3, bytes), "x").toList() shouldBe listOf(1, 0, 1)
            TensorReader.floats(single("U8", 3, bytes), "x").toList() shouldBe listOf(255f, 0f, 5f)
        }

        test("tensors come in the order of their bytes, with shape, type and metadata") {
            val header =
                "{${entry("b", "F32", listOf(2, 1), 4, 12)},\"__metadata__\":{\"format\":\"pt\",\"z\":\"\"}," +
                    "${entry("a", "I32", listOf(), 0, 4)},${entry("none", "F64", listOf(3, 0), 4, 4)}}"
            val file = file(header, littleEndian(12) { putInt(9).putFloat(1f).putFloat(2f) })
            file.names() shouldBe listOf("a", "none", "b")
            file.metadata() shouldBe mapOf("format" to "pt", "z" to "")
            file.entry("b").shape() shouldBe listOf(2L, 1L)
            file.entry("b").type() shouldBe ElementType.F32
            file.entry("a").count() shouldBe 1
            file.entry("none").count() shouldBe 0
            file.segment("b").byteSize() shouldBe 8
            file.has("c") shouldBe false
        }

        test("INDArrays have the shape of the file and the type asked for") {
            val header =
                "{${entry("a", "F32", listOf(2, 2), 0, 16)},${entry("s", "F64", listOf(), 16, 24)}," +
                    "${entry("i", "U8", listOf(2), 24, 26)},${entry("e", "F32", listOf(0, 2), 26, 26)}}"
            val bytes =
                littleEndian(26) {
                    repeat(4) { putFloat(it + 0.5f) }
                    putDouble(0.1).put(200.toByte()).put(1)
                }
            val file = file(header, bytes)
            val matrix = TensorArrays.copy(file, "a")
            matrix.dataType() shouldBe DataType.FLOAT
            matrix.shape().toList() shouldBe listOf(2L, 2L)
            matrix.getFloat(1L, 0L) shouldBe 2.5f
            TensorArrays.copy(file, "a", DataType.DOUBLE).getDouble(1L, 1L) shouldBe 3.5
            val scalar = TensorArrays.copy(file, "s")
            scalar.rank() shouldBe 0
            scalar.getDouble(0) shouldBe 0.1
            TensorArrays.copy(file, "s", DataType.FLOAT).getFloat(0) shouldBe 0.1f
            TensorArrays.copy(file, "i").dataType() shouldBe DataType.INT64
            TensorArrays.copy(file, "i").getLong(0) shouldBe 200
            TensorArrays.copy(file, "i", DataType.FLOAT).getFloat(0) shouldBe 200f
            TensorArrays.copy(file, "e").isEmpty shouldBe true
            TensorArrays.copy(file, "e").shape().toList() shouldBe listOf(0L, 2L)
        }

        test("a mapped array is the file's own memory where that is aligned, and a copy where it is not") {
            val aligned = "{${entry("x", "F32", listOf(3), 0, 12)}}".let { it.padEnd((it.length + 7) / 8 * 8) }
            for (header in listOf(aligned, "$aligned ")) {
                val file = file(header, littleEndian(12) { putFloat(1f).putFloat(2f).putFloat(3f) })
                val array = TensorArrays.mapped(file, "x")
                array.toFloatVector().toList() shouldBe listOf(1f, 2f, 3f)
                array.sumNumber().toDouble() shouldBe 6.0
                (array.data().pointer().address() == file.segment("x").address()) shouldBe (header == aligned)
            }
        }

        test("an unknown name is told with the names that are there") {
            val file = file("{${entry("wte", "U8", listOf(1), 0, 1)}}", ByteArray(1))
            shouldThrow<ProblemsException> { TensorReader.floats(file, "wpe") }
                .shouldHaveMessage(
                    """
                    ${file.place()}: there is no tensor of this name
                      name = wpe
                      The file holds wte.
                    """
                        .trimIndent()
                )
        }

        test("of many names, the first are told, and of none, that there is none") {
            fun toldOf(header: String, bytes: Int) =
                shouldThrow<ProblemsException> { TensorReader.floats(file(header, ByteArray(bytes)), "w") }
                    .problems
                    .single()
                    .mend
            val many = (0L until 10L).joinToString(",", "{", "}") { entry("w$it", "U8", listOf(1), it, it + 1) }
            toldOf(many, 10) shouldBe "The file holds w0, w1, w2, w3, w4, w5, w6, w7, and 2 more."
            toldOf("{}", 0) shouldBe "The file holds no tensors."
        }

        test("a tensor of more elements than an array can have") {
            val elements = Int.MAX_VALUE - 7L
            val header = "{${entry("x", "U8", listOf(elements), 0, elements)}}"
            val path = tempdir().toPath().resolve("large.safetensors")
            path.writeBytes(safetensors(header))
            // A file with a hole takes no room on the disk.
            RandomAccessFile(path.toFile(), "rw").use { it.setLength(8 + header.length + elements) }
            shouldThrow<ProblemsException> { TensorReader.floats(SafetensorsFile.open(path), "x") }
                .shouldHaveMessage(
                    """
                    $path: tensor "x" has more elements than a Java array can
                      elements = 2147483640
                      at most = 2147483639
                      Read it as an INDArray.
                    """
                        .trimIndent()
                )
        }

        test("fractions are never taken for whole numbers") {
            val file = single("F32", 1, ByteArray(4))
            for (read in listOf({ TensorReader.longs(file, "x") }, { TensorArrays.copy(file, "x", DataType.INT64) })) {
                shouldThrow<ProblemsException> { read() }
                    .shouldHaveMessage(
                        """
                        ${file.place()}: tensor "x" holds fractions where whole numbers are needed
                          dtype = F32
                          Write it as I64 or I32.
                        """
                            .trimIndent()
                    )
            }
        }

        test("every tensor of the golden files is read") {
            val golden =
                listOf("hf-golden/gpt2_lm/weights", "hf-golden/gpt2_lm/io", "hf-golden/gpt2_lm/generate") +
                    listOf("post_gelu", "post_relu", "pre_gelu", "pre_relu").map { "torch-golden/nn_transformer_$it" }
            val counts =
                golden.map { name ->
                    val resource = checkNotNull(SafetensorsReadingSpec::class.java.getResource("/$name.safetensors"))
                    val file = SafetensorsFile.open(Path.of(resource.toURI()))
                    file.entries().forEach { entry ->
                        val numbers = TensorReader.doubles(file, entry.name())
                        numbers.all { it.isFinite() } shouldBe true
                        val array = TensorArrays.copy(file, entry.name())
                        array.shape().toList() shouldBe entry.shape()
                        array.castTo(DataType.DOUBLE).dup().data().asDouble().toList() shouldBe numbers.toList()
                        TensorArrays.mapped(file, entry.name()).equals(array) shouldBe true
                    }
                    file.entries().size
                }
            counts shouldBe listOf(31, 33, 4, 136, 136, 136, 136)
        }
    })

private fun ByteBuffer.putHalves(vararg halves: Int): ByteBuffer = apply { halves.forEach { putShort(it.toShort()) } }
