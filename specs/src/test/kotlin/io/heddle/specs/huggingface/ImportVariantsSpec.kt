package io.heddle.specs.huggingface

import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Attention
import io.heddle.model.Classify
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.runtime.huggingface.HuggingFaceImport
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.runtime.weights.TensorReader
import io.heddle.runtime.weights.TensorSource
import io.heddle.specs.golden.Golden
import io.heddle.specs.golden.Setting
import io.heddle.specs.golden.Stored
import io.heddle.specs.golden.shouldAgree
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.terms.Global
import io.heddle.terms.Pooling
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.div
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.indexing.NDArrayIndex

/** Folders that say something else than those of the references do. */
class ImportVariantsSpec :
    FunSpec({
        val desk = tempdir().toPath()
        val ids = intArrayOf(3, 14, 15, 9, 26, 5, 35, 8)

        fun folder(reference: String, name: String, vararg changes: Pair<String, JsonElement?>): Path =
            huggingFaceFolder(reference, desk / name, mapOf(*changes))

        fun toldOf(folder: Path) = told { HuggingFaceImport.read(folder) }.replace("$folder/", "")

        fun <T> computed(folder: Path, output: String, words: IntArray, use: (INDArray) -> T): T {
            val imported = HuggingFaceImport.read(folder)
            return Setting.PortableDouble.engine().use { engine ->
                val model = RunnableModel.blank(imported.model(), engine)
                model.weights().load(imported.weights(), "imported")
                val program =
                    model.executable(Purpose.Inference).bind(mapOf("batch" to 1L, "text" to words.size.toLong()))
                program.setInput("text", words)
                program.setInput(Names.lengths("text"), intArrayOf(words.size))
                if (imported.model().name != "llama") program.setInput(Names.segments("text"), IntArray(words.size))
                program.run()
                use(program.output(output))
            }
        }

        test("a BERT that tags words does so whether or not a pooler was left beside it") {
            fun tagging(name: String, pooler: Boolean): Path {
                val architecture = JsonArray(listOf(JsonPrimitive("BertForTokenClassification")))
                val folder = folder("bert_mlm", name, "architectures" to architecture)
                folder.rewrite { tensors ->
                    val body = tensors.filter { it.name().startsWith("bert.") && "pooler" !in it.name() }
                    val head =
                        listOf(
                            floats("classifier.weight", 2, WIDTH) { (it % 7 - 3) / 5f },
                            floats("classifier.bias", 2) { it / 3f },
                        )
                    val pooled =
                        listOf(
                            floats("bert.pooler.dense.weight", WIDTH, WIDTH) { (it % 5 - 2) / 9f },
                            floats("bert.pooler.dense.bias", WIDTH) { it / 50f },
                        )
                    body + head + if (pooler) pooled else listOf()
                }
                return folder
            }
            val with = tagging("tags-and-pooler", pooler = true)
            HuggingFaceImport.read(with).model().classifies().pooling shouldBe Pooling.Each
            computed(tagging("tags", pooler = false), "label", ids) { expected ->
                expected.shape().toList() shouldBe listOf(1L, ids.size.toLong(), 2L)
                val stored = Stored(expected.dup())
                computed(with, "label", ids) { shouldAgree("label", it, stored, EXACT) }
            }
        }

        test("Longformer's first word has the position behind that of the padding, whichever that is") {
            val moved =
                folder(
                    "longformer_mlm",
                    "padding",
                    "pad_token_id" to JsonPrimitive(0),
                    "max_position_embeddings" to JsonPrimitive(POSITIONS - 1),
                )
            val table = "longformer.embeddings.position_embeddings.weight"
            moved.rewrite { tensors ->
                val rows = TensorReader.floats(SafetensorsFile.open(weightsOf("longformer_mlm")), table)
                tensors
                    .filter { it.name() != "longformer.embeddings.position_ids" }
                    .map {
                        if (it.name() != table) it
                        else floats(table, POSITIONS - 1, WIDTH) { at -> rows[at + WIDTH.toInt()] }
                    }
            }
            val golden = Golden("hf-golden/longformer_mlm/io.safetensors")
            val length = golden.ids("in.attention_mask")[1].sum()
            computed(moved, "masked", golden.ids("in.input_ids")[1].copyOf(length)) { masked ->
                val real = NDArrayIndex.interval(0, length.toLong())
                val expected =
                    golden.stored("out.logits").part { it.get(NDArrayIndex.interval(1, 2), real, NDArrayIndex.all()) }
                shouldAgree("masked", masked, expected, SOFTMAX)
            }
        }

        test("one window for all of Longformer's layers, and the usual one") {
            fun masks(vararg changes: Pair<String, JsonElement?>) =
                HuggingFaceImport.read(folder("longformer_mlm", "windows", *changes)).model().attentions().map {
                    it.mask
                }
            masks("attention_window" to JsonPrimitive(6)) shouldBe List(2) { Window(3) or Global(0) }
            masks("attention_window" to null) shouldBe List(2) { Window(256) or Global(0) }
        }

        test("distances of Transformer-XL that end where words still see are told, and no others") {
            fun clamped(name: String, vararg changes: Pair<String, JsonElement?>) =
                folder("transfo_xl", "clamped-$name", *changes)
            val usual = HuggingFaceImport.read(folder("transfo_xl", "usual")).model()
            HuggingFaceImport.read(clamped("far", "clamp_len" to null)).model() shouldBe usual
            HuggingFaceImport.read(clamped("at", "clamp_len" to JsonPrimitive(7))).model() shouldBe usual
            toldOf(clamped("near", "clamp_len" to JsonPrimitive(6))).withoutLines() shouldRead
                """
                config.json: $.clamp_len: Heddle has no model like this
                  clamp_len = 6  config.json
                  It reads -1 here alone: another value computes something else.
                """
            val endless = clamped("endless", "clamp_len" to null, "same_length" to JsonPrimitive(false))
            toldOf(endless).withoutLines() shouldRead
                """
                config.json: $.clamp_len: the key is left out, and stands for 1000
                  object = {...}  config.json
                  Heddle reads -1 here alone. Where the model is like that, write it.
                """
        }

        test("Llama whose heads share keys and values in pairs is one whose pairs of heads are alike") {
            val alike = folder("llama_lm", "alike")
            alike.rewrite { tensors -> tensors.map { it.ofPairs { row -> row / PAIR * PAIR + row % HEAD } } }
            val shared = folder("llama_lm", "shared", "num_key_value_heads" to JsonPrimitive(2))
            shared.rewrite { tensors ->
                tensors.map { it.ofPairs(rows = WIDTH / 2) { row -> row / HEAD * PAIR + row % HEAD } }
            }
            HuggingFaceImport.read(shared).model().attentions().map { it.keyValueHeads } shouldBe listOf(2, 2)
            computed(alike, "next", ids) { expected ->
                val stored = Stored(expected.dup())
                computed(shared, "next", ids) { shouldAgree("next", it, stored, EXACT) }
            }
        }

        test("sizes that no computer holds are told at once") {
            val most = JsonPrimitive(Int.MAX_VALUE)
            toldOf(folder("gpt2_lm", "deep", "n_layer" to most)).lines().first() shouldBe
                "decoder: the stack has too many layers"
            toldOf(folder("longformer_mlm", "deeper", "num_hidden_layers" to most, "attention_window" to null))
                .lines()
                .first() shouldBe "encoder: the stack has too many layers"
        }

        test("other sizes than those of the weights are told under both names") {
            toldOf(folder("vit_cls", "wide", "intermediate_size" to JsonPrimitive(41))).lines().take(3) shouldBe
                listOf(
                    "model.safetensors: tensor \"vit.encoder.layer.0.intermediate.dense.weight\" has other sizes " +
                        "than config.json says",
                    "  tensor = [40, 24]",
                    "  encoder/0/feedForward/up/weight = [41, 24]",
                )
        }
    })

private fun Model.attentions(): List<Attention> =
    components.filterIsInstance<Stack>().single().layers.map { it.parts.filterIsInstance<Attention>().single() }

private fun Model.classifies(): Classify = components.filterIsInstance<Classify>().single()

/** Without the numbers of lines, which depend on how a reference's configuration was written. */
private fun String.withoutLines() = replace(Regex("config.json:\\d+"), "config.json")

/** A map of keys or values whose [rows] are those that [from] says; others stay as they are. */
private fun TensorSource.Memory.ofPairs(rows: Long = WIDTH, from: (Int) -> Int): TensorSource.Memory {
    if ("k_proj" !in name() && "v_proj" !in name()) return this
    val all = TensorReader.floats(SafetensorsFile.open(weightsOf("llama_lm")), name())
    val width = WIDTH.toInt()
    return floats(name(), rows, WIDTH) { at -> all[from(at / width) * width + at % width] }
}

private const val WIDTH = 24L
private const val HEAD = 6
private const val PAIR = 12
private const val POSITIONS = 40L
private const val EXACT = 1e-12

/** Its softmax is computed in 32 bits, whatever the rest is (LongformerSelfAttention.forward). */
private const val SOFTMAX = 1e-6
