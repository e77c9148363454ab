package io.heddle.specs.huggingface

import io.heddle.runtime.huggingface.HuggingFaceImport
import io.heddle.specs.cli.Desk
import io.heddle.specs.cli.Ran
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import java.io.RandomAccessFile
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.div
import kotlin.io.path.writeText

/** A checkpoint is read tensor by tensor: it may be larger than the memory that there is. */
class ImportMemorySpec :
    FunSpec({
        val desk = autoClose(Desk())

        test("101 MB come in where there is room for 64 MB of objects and 16 MB of numbers").config(
            tags = setOf(NamedTag("Long"))
        ) {
            zeros(desk.folder / "large")
            val bounds = listOf("-Xmx64m", "-Dorg.bytedeco.javacpp.maxbytes=16m")
            desk.process("import", "./large", "--out", "./run", jvm = bounds) shouldBe
                Ran(0, "gpt2: 25,302,528 parameters from 388 tensors, without a tokenizer, in run\n", "")
            // Whoever holds all of them at once has no room there.
            val held = desk.program(Held::class.java.name, "./large", jvm = bounds)
            held.status shouldNotBe 0
            held.err shouldContain "OutOfMemoryError"
        }
    })

/** Reads the weights of a folder, and holds them all. */
internal object Held {
    @JvmStatic
    fun main(arguments: Array<String>) {
        println(HuggingFaceImport.read(Path.of(arguments.single())).weights().size)
    }
}

/** Writes a GPT-2 of 32 layers whose weights are all 0: a file with a hole, which takes no room on the disk. */
private fun zeros(folder: Path) {
    folder.createDirectories()
    (folder / "config.json").writeText(
        """
        {"model_type": "gpt2", "n_embd": $WIDTH, "n_head": 4, "n_layer": $LAYERS, "vocab_size": 100, "n_positions": 16}
        """
            .trimIndent()
    )
    var end = 0L
    val entries =
        shapes().map { (name, shape) ->
            val begin = end
            end += shape.fold(FLOAT) { bytes, size -> bytes * size }
            """"transformer.$name": {"dtype": "F32", "shape": $shape, "data_offsets": [$begin, $end]}"""
        }
    val header = entries.joinToString(", ", "{", "}").let { it + " ".repeat(-it.length and FLOAT.toInt() * 2 - 1) }
    RandomAccessFile((folder / "model.safetensors").toFile(), "rw").use { file ->
        val size = ByteBuffer.allocate(Long.SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length.toLong())
        file.write(size.array())
        file.write(header.toByteArray())
        file.setLength(Long.SIZE_BYTES + header.length + end)
    }
}

private fun shapes(): Map<String, List<Int>> {
    val whole =
        mapOf(
            "wte.weight" to listOf(100, WIDTH),
            "wpe.weight" to listOf(16, WIDTH),
            "ln_f.weight" to listOf(WIDTH),
            "ln_f.bias" to listOf(WIDTH),
        )
    val layer =
        mapOf(
            "ln_1" to listOf(WIDTH),
            "ln_2" to listOf(WIDTH),
            "attn.c_attn" to listOf(WIDTH, 3 * WIDTH),
            "attn.c_proj" to listOf(WIDTH, WIDTH),
            "mlp.c_fc" to listOf(WIDTH, 4 * WIDTH),
            "mlp.c_proj" to listOf(4 * WIDTH, WIDTH),
        )
    return whole +
        (0 until LAYERS).flatMap { number ->
            layer.flatMap { (name, shape) ->
                listOf("h.$number.$name.weight" to shape, "h.$number.$name.bias" to shape.takeLast(1))
            }
        }
}

private const val WIDTH = 256
private const val LAYERS = 32

/** Bytes of a number. */
private const val FLOAT = 4L
