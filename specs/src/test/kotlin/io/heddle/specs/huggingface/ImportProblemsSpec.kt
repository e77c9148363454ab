package io.heddle.specs.huggingface

import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.huggingface.HuggingFaceExport
import io.heddle.runtime.huggingface.HuggingFaceImport
import io.heddle.runtime.weights.ElementType
import io.heddle.runtime.weights.SafetensorsWriter
import io.heddle.runtime.weights.TensorSource
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.specs.support.digest
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.lang.foreign.MemorySegment
import java.lang.foreign.ValueLayout
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.deleteExisting
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlinx.serialization.json.JsonPrimitive

/** A folder that is broken, or does not fit itself, is told whole, and nothing is written. */
class ImportProblemsSpec :
    FunSpec({
        val desk = tempdir().toPath()
        var count = 0

        fun folder(name: String = "gpt2_lm"): Path = huggingFaceFolder(name, desk / "models${count++}" / "m")

        fun toldOf(folder: Path) = told { HuggingFaceImport.read(folder) }.replace("${folder.parent}/", "")

        test("no folder, a file, a folder of something else") {
            val here = desk / "here"
            here.createDirectories()
            toldOf(here / "nowhere") shouldRead
                """
                nowhere: there is no such folder
                  Name a folder with config.json and model.safetensors.
                """
            (here / "file").writeText("x")
            toldOf(here / "file") shouldRead
                """
                file: this is a file, and a folder is needed
                  Name a folder with config.json and model.safetensors.
                """
            toldOf(here) shouldRead
                """
                here: the folder holds no config.json
                  Name a folder with config.json and model.safetensors.
                """
            (here / "config.json").writeText("{}")
            toldOf(here) shouldRead
                """
                here: the folder holds no model.safetensors
                  Nor has it an index of several. In Python, model.save_pretrained(folder, safe_serialization=True) writes it.
                """
        }

        test("a tensor that is missing, one too many, and one of another shape") {
            val folder = folder()
            folder.rewrite { tensors ->
                tensors.mapNotNull {
                    when (it.name()) {
                        "transformer.ln_f.bias" -> null
                        "transformer.h.0.ln_1.bias" -> it.named("transformer.h.2.ln_1.bias")
                        "transformer.h.1.mlp.c_fc.weight" ->
                            TensorSource.Memory(it.name(), it.type(), it.shape().reversed(), it.elements())
                        else -> it
                    }
                }
            }
            toldOf(folder) shouldRead
                """
                m/model.safetensors: weight "decoder/0/attention/norm/bias" is missing
                  model = [24]
                  There is no tensor transformer.h.0.ln_1.bias. Check whether the file belongs to this model.

                m/model.safetensors: tensor "transformer.h.1.mlp.c_fc.weight" has other sizes than config.json says
                  tensor = [96, 24], axes 1 0
                  decoder/1/feedForward/up/weight = [96, 24]
                  Take the config.json that belongs to these weights.

                m/model.safetensors: weight "decoder/norm/bias" is missing
                  model = [24]
                  There is no tensor transformer.ln_f.bias. Check whether the file belongs to this model.

                m/model.safetensors: tensor "transformer.h.2.ln_1.bias" is left over
                  tensor = [24]
                  The model that config.json describes has no weight for it. Check whether the two belong together.
                """
        }

        test("weights that were quantized") {
            val folder = folder()
            folder.rewrite { tensors ->
                tensors.map {
                    if (it.name() != "transformer.wpe.weight") it
                    else {
                        val bytes = MemorySegment.ofArray(ByteArray(it.shape().reduce(Long::times).toInt()) { 1 })
                        TensorSource.Memory(it.name(), ElementType.I8, it.shape(), bytes)
                    }
                }
            }
            toldOf(folder) shouldRead
                """
                m/model.safetensors: tensor "transformer.wpe.weight" holds whole numbers or truth values, and a weight is made of fractions
                  tensor = I8
                  weight = text/positions
                  Take a file whose weights were not quantized: F64, F32, F16 or BF16.
                """
        }

        test("a tie that is none") {
            val folder = folder()
            folder.rewrite { tensors ->
                tensors.map {
                    if (it.name() != "lm_head.weight") it
                    else {
                        val bytes = it.elements().toArray(ValueLayout.JAVA_BYTE)
                        bytes[0] = (bytes[0] + 1).toByte()
                        TensorSource.Memory(it.name(), it.type(), it.shape(), MemorySegment.ofArray(bytes))
                    }
                }
            }
            toldOf(folder) shouldRead
                """
                m/model.safetensors: weight "text/embedding" is there twice, with different numbers
                  first = transformer.wte.weight
                  second = lm_head.weight
                  The model has one weight for both. Describe it with two, or take another file.
                """
        }

        test("a head that is tied to nothing has a weight of its own") {
            val folder =
                huggingFaceFolder("gpt2_lm", desk / "untied", mapOf("tie_word_embeddings" to JsonPrimitive(false)))
            ("next/weight" in HuggingFaceImport.read(folder).weights()) shouldBe true
        }

        test("a body without its head, whose names lack their beginning") {
            val folder = folder()
            folder.rewrite { tensors ->
                tensors
                    .filter { it.name() != "lm_head.weight" }
                    .map { it.named(it.name().removePrefix("transformer.")) }
            }
            val read = HuggingFaceImport.read(folder)
            read.weights() shouldBe HuggingFaceImport.read(folder()).weights()
            read.write(folder / "run")
            HuggingFaceExport.open(folder / "run").write(folder / "again")
            (folder / "again" / "model.safetensors").readBytes() shouldBe (folder / "model.safetensors").readBytes()
        }

        /** The same folder with its tensors in two files. */
        fun sharded(): Path {
            val folder = folder()
            val shards =
                tensorsOf(folder / "model.safetensors").chunked(20).mapIndexed { at, part ->
                    "model-0000${at + 1}-of-00002.safetensors" to part
                }
            shards.forEach { (name, part) -> SafetensorsWriter.write(folder / name, mapOf("format" to "pt"), part) }
            val map = shards.flatMap { (name, part) -> part.map { "\"${it.name()}\": \"$name\"" } }
            (folder / "model.safetensors.index.json").writeText(
                "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {${map.joinToString()}}}"
            )
            (folder / "model.safetensors").deleteExisting()
            return folder
        }

        test("several files are read as one, and written as several again") {
            val folder = sharded()
            HuggingFaceImport.read(folder).weights() shouldBe HuggingFaceImport.read(folder()).weights()
            HuggingFaceImport.read(folder).write(folder.parent / "run")
            HuggingFaceExport.open(folder.parent / "run").write(folder.parent / "again")
            fun bytes(of: Path) = of.listDirectoryEntries().associate { it.name to it.digest() }
            bytes(folder.parent / "again") shouldBe bytes(folder)
        }

        test("a file of several that was cut short, and one that is not there") {
            val folder = sharded()
            val first = folder / "model-00001-of-00002.safetensors"
            first.writeBytes(first.readBytes().dropLast(100).toByteArray())
            (folder / "model-00002-of-00002.safetensors").deleteExisting()
            toldOf(folder).lines().filterNot { it.startsWith("  data in") }.joinToString("\n") shouldRead
                """
                m/model-00001-of-00002.safetensors: the file ends before its tensors do
                  The file is damaged or was copied in part. Copy or download it again.

                m/model-00002-of-00002.safetensors: there is no such file
                  Check the path, or write the weights first.
                """
        }

        test("an index that says something else than its files") {
            val folder = sharded()
            val index = folder / "model.safetensors.index.json"
            val text = String(index.readBytes())
            index.writeText(text.replace("\"lm_head.weight\"", "\"lm_head.bias\""))
            toldOf(folder) shouldRead
                """
                m/model-00001-of-00002.safetensors: tensor "lm_head.bias" is missing
                  index = m/model.safetensors.index.json
                  Take the index and its files from one place.

                m/model-00001-of-00002.safetensors: the index does not say that tensor "lm_head.weight" is here
                  index = m/model.safetensors.index.json
                  Take the index and its files from one place.
                """
            index.writeText("{\"weight_map\": {\"lm_head.weight\": \"../m.safetensors\"}}")
            toldOf(folder) shouldRead
                """
                m/model.safetensors.index.json: the file of a tensor is no file beside the index
                  lm_head.weight = "../m.safetensors"
                  Take the index and its files from one place.
                """
            index.writeText("[]")
            toldOf(folder) shouldRead
                """
                m/model.safetensors.index.json: it does not say which file holds which tensor
                  It would begin: {"weight_map": {"tensor": "model-00001-of-00002.safetensors", ...
                """
        }

        test("nothing is written over") {
            val folder = folder()
            val run = folder.parent / "run"
            HuggingFaceImport.read(folder).write(run)
            told { HuggingFaceImport.read(folder).write(run) }.replace("${folder.parent}/", "") shouldRead
                """
                run: the folder holds a checkpoint already
                  Name another folder with --out, or empty this one.
                """
            told { HuggingFaceExport.open(run).write(folder) }.replace("${folder.parent}/", "") shouldRead
                """
                m: there is something here already
                  Name another folder with --out, or empty this one.
                """
            Checkpoint.open(run).hasTokenizer() shouldBe false
        }
    })
