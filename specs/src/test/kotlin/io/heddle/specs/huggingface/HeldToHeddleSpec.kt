package io.heddle.specs.huggingface

import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Attention
import io.heddle.model.Method
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.huggingface.HuggingFaceExport
import io.heddle.runtime.huggingface.HuggingFaceImport
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.weights.ElementType
import io.heddle.runtime.weights.SafetensorsWriter
import io.heddle.runtime.weights.TensorSource
import io.heddle.specs.golden.Golden
import io.heddle.specs.golden.Setting
import io.heddle.specs.golden.Stored
import io.heddle.specs.golden.bigBird
import io.heddle.specs.golden.shouldAgree
import io.heddle.terms.Blocks
import io.heddle.terms.Global
import io.heddle.terms.Neighbours
import io.heddle.terms.Random
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.lang.foreign.MemorySegment
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.div
import kotlin.io.path.readBytes
import kotlinx.serialization.json.JsonPrimitive
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.indexing.NDArrayIndex

/** Families that are imported without a reference that has all of them. */
class HeldToHeddleSpec :
    FunSpec({
        val desk = tempdir().toPath()
        val ids = intArrayOf(3, 14, 15, 9, 26, 5, 35, 8)

        /** The scores of masked words of one text. */
        fun scores(imported: HuggingFaceImport, ids: IntArray, setting: Setting, use: (INDArray) -> Unit) =
            setting.engine().use { engine ->
                val model = RunnableModel.blank(imported.model(), engine)
                model.weights().load(imported.weights(), "imported")
                val program =
                    model.executable(Purpose.Inference).bind(mapOf("batch" to 1L, "text" to ids.size.toLong()))
                program.setInput("text", ids)
                program.setInput(Names.segments("text"), IntArray(ids.size))
                program.setInput(Names.lengths("text"), intArrayOf(ids.size))
                program.run()
                use(program.output("masked"))
            }

        test("Longformer equals the reference where the first word alone sees all") {
            val from = huggingFaceFolder("longformer_mlm", desk / "longformer")
            val golden = Golden("hf-golden/longformer_mlm/io.safetensors")
            val length = golden.ids("in.attention_mask")[1].sum()
            val imported = HuggingFaceImport.read(from)
            scores(imported, golden.ids("in.input_ids")[1].copyOf(length), Setting.PortableDouble) { masked ->
                val real = NDArrayIndex.interval(0, length.toLong())
                val expected =
                    golden.stored("out.logits").part { it.get(NDArrayIndex.interval(1, 2), real, NDArrayIndex.all()) }
                shouldAgree("masked", masked, expected, SOFTMAX)
            }
            imported.write(desk / "run")
            HuggingFaceExport.open(desk / "run").write(desk / "again")
            (desk / "again" / "model.safetensors").readBytes() shouldBe (from / "model.safetensors").readBytes()
        }

        test("ALBERT is BERT whose layers are alike, behind a map of its table") {
            val bert = huggingFaceFolder("bert_mlm", desk / "bert")
            alike(bert / "model.safetensors")
            val albert = albert(bert, desk / "albert")
            scores(HuggingFaceImport.read(bert), ids, Setting.PortableDouble) { expected ->
                val stored = Stored(expected.dup())
                scores(HuggingFaceImport.read(albert), ids, Setting.PortableDouble) {
                    shouldAgree("masked", it, stored, EXACT)
                }
            }
            HuggingFaceImport.read(albert).write(desk / "shared")
            HuggingFaceExport.open(desk / "shared").write(desk / "back")
            (desk / "back" / "model.safetensors").readBytes() shouldBe (albert / "model.safetensors").readBytes()
        }

        for (setting in Setting.entries) {
            test("BigBird's weights equal the reference under the blocks that were drawn there on $setting") {
                val from = huggingFaceFolder("bigbird_mlm", desk / "big-bird-$setting")
                val run = desk / "big-bird-run-$setting"
                HuggingFaceImport.read(from).write(run)
                val reference = bigBird()
                val weights = Checkpoint.open(run)::loadWeights
                reference.of(reference.model, weights).agrees(setting, Purpose.Evaluation)
                HuggingFaceExport.open(run).write(desk / "big-bird-again-$setting")
                (desk / "big-bird-again-$setting" / "model.safetensors").readBytes() shouldBe
                    (from / "model.safetensors").readBytes()
            }
        }

        test("BigBird sees blocks: its own, those beside it, the first, the last, and some that are drawn") {
            val imported = HuggingFaceImport.read(huggingFaceFolder("bigbird_mlm", desk / "sparse")).model()
            attention(imported).mask shouldBe (Blocks(4) of (Window(1) or Global(0, -1) or Random(1, seed = 0)))
        }

        test("BigBird that sees all is BERT") {
            val whole = mapOf("attention_type" to JsonPrimitive("original_full"))
            val bigBird = huggingFaceFolder("bigbird_mlm", desk / "whole", whole)
            val renamed =
                whole.keys.associateWith { null } +
                    listOf("block_size", "num_random_blocks", "rescale_embeddings", "use_bias").associateWith { null } +
                    mapOf("model_type" to JsonPrimitive("bert"))
            val bert = huggingFaceFolder("bigbird_mlm", desk / "whole-bert", renamed)
            val kept = tensorsOf(bert / "model.safetensors").filter { "pooler" !in it.name() }
            SafetensorsWriter.write(bert / "model.safetensors", mapOf(), kept)
            scores(HuggingFaceImport.read(bert), ids, Setting.PortableDouble) { expected ->
                val stored = Stored(expected.dup())
                scores(HuggingFaceImport.read(bigBird), ids, Setting.PortableDouble) {
                    shouldAgree("masked", it, stored, EXACT)
                }
            }
        }

        test("a Reformer that hashes has the weights that are there, and gives them back") {
            val from = huggingFaceFolder("reformer_lsh", desk / "hashed")
            val imported = HuggingFaceImport.read(from)
            attention(imported.model()).method shouldBe
                Method.Hashed(buckets = 4, rounds = 2, chunk = 8, seed = 1, Neighbours.Chunks)
            imported.write(desk / "hashed-run")
            HuggingFaceExport.open(desk / "hashed-run").write(desk / "hashed-again")
            (desk / "hashed-again" / "model.safetensors").readBytes() shouldBe (from / "model.safetensors").readBytes()
        }
    })

/** Of the second layer. */
private fun attention(model: Model): Attention =
    model.components.filterIsInstance<Stack>().single().layers[1].parts.filterIsInstance<Attention>().single()

/** Gives every layer of a BERT the weights of its first. */
private fun alike(path: Path) {
    val all = tensorsOf(path)
    val first = all.associateBy { it.name() }
    SafetensorsWriter.write(
        path,
        mapOf(),
        all.map { first.getValue(it.name().replace("layer.1.", "layer.0.")).named(it.name()) },
    )
}

/** The same as an ALBERT whose table is as wide as the model. */
private fun albert(bert: Path, folder: Path): Path {
    folder.createDirectories()
    val changes = mapOf("model_type" to JsonPrimitive("albert"), "embedding_size" to JsonPrimitive(WIDTH))
    huggingFaceFolder("bert_mlm", folder, changes)
    val identity = FloatArray(WIDTH * WIDTH) { if (it / WIDTH == it % WIDTH) 1f else 0f }
    val map = "albert.encoder.embedding_hidden_mapping_in"
    val width = WIDTH.toLong()
    val added =
        listOf(
            TensorSource.Memory("$map.weight", ElementType.F32, listOf(width, width), MemorySegment.ofArray(identity)),
            TensorSource.Memory("$map.bias", ElementType.F32, listOf(width), MemorySegment.ofArray(FloatArray(WIDTH))),
        )
    val renamed =
        tensorsOf(bert / "model.safetensors")
            .filter { "layer.1." !in it.name() }
            .map { tensor -> tensor.named(renames.fold(tensor.name()) { name, (old, new) -> name.replace(old, new) }) }
    SafetensorsWriter.write(folder / "model.safetensors", mapOf(), renamed + added)
    return folder
}

private val renames =
    listOf(
        "bert.encoder.layer.0.attention.self" to "bert.encoder.layer.0.attention",
        "attention.output.dense" to "attention.dense",
        "attention.output.LayerNorm" to "attention.LayerNorm",
        "bert.encoder.layer.0" to "albert.encoder.layer.0",
        "layer.0.intermediate.dense" to "layer.0.ffn",
        "layer.0.output.dense" to "layer.0.ffn_output",
        "layer.0.output.LayerNorm" to "layer.0.full_layer_layer_norm",
        "encoder.layer.0" to "encoder.albert_layer_groups.0.albert_layers.0",
        "bert.embeddings" to "albert.embeddings",
        "cls.predictions.transform" to "predictions",
        "cls.predictions" to "predictions",
    )

private const val WIDTH = 24
private const val EXACT = 1e-12

/** Its softmax is computed in 32 bits, whatever the rest is (LongformerSelfAttention.forward). */
private const val SOFTMAX = 1e-6
