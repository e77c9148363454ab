package io.heddle.specs.onnx

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel
import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.runtime.data.text.TextOrigin
import io.heddle.runtime.data.tokenizer.HuggingFaceTokenizer
import io.heddle.runtime.exchange.WeightImport
import io.heddle.runtime.exchange.WeightNames
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterLayout
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.runtime.weights.SafetensorsWriter
import io.heddle.runtime.weights.TensorSource
import io.heddle.terms.Gelu
import io.heddle.terms.LayerNorm
import io.heddle.terms.Pooling
import io.heddle.terms.ScaleNorm
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeGreaterThanOrEqual
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.writeBytes
import kotlin.math.sqrt
import org.nd4j.linalg.api.buffer.DataType
import org.nd4j.linalg.factory.Nd4j

/**
 * A trained model of another house: sentence-transformers' all-MiniLM-L6-v2, as the langchain4j artifact brings it for
 * ONNX Runtime. Described in Heddle's words it gives the same sentences the same places.
 */
class SentenceEmbeddingsSpec :
    FunSpec({
        val folder = tempdir().toPath()
        val weights by lazy { stored(folder) }
        val tokenizer by lazy { HuggingFaceTokenizer.load(stored(folder, TOKENIZER)) }
        val theirs by lazy {
            val model = AllMiniLmL6V2EmbeddingModel()
            sentences.map { model.embed(it).content().vector() }
        }

        for ((name, open) in engines) {
            test("twenty sentences have the embeddings that ONNX Runtime gives them on $name") {
                open().use { engine ->
                    val ours = embeddings(engine, weights, tokenizer)
                    sentences.forEachIndexed { at, sentence ->
                        withClue("$sentence: the length of its embedding") {
                            ours[at].length() shouldBe (1.0 plusOrMinus 1e-5)
                        }
                        withClue("$sentence: the cosine of both embeddings") {
                            cosine(ours[at], theirs[at]) shouldBeGreaterThanOrEqual ALIKE
                        }
                    }
                }
            }
        }
    })

/** Floats are added up in another order, no more: 1 - 1e-9, where 1 - 6e-13 was measured. */
private const val ALIKE = 0.999999999

private const val WEIGHTS = "all-minilm-l6-v2.onnx"
private const val TOKENIZER = "all-minilm-l6-v2-tokenizer.json"

private val engines =
    mapOf<String, () -> Engine>("portable floats" to { Engine.portable(Precision.FLOAT) }, "cpu" to { Engine.cpu(2) })

/** Short and long ones, with words, numbers, accents, letters of other scripts, and what no vocabulary has. */
private val sentences =
    listOf(
        "A heddle guides every thread of a loom to its place.",
        "Weaving is older than writing.",
        "The warp is under tension; the weft is not.",
        "How do I tie a weaver's knot?",
        "Bread",
        "It rained all night, and in the morning the river had left its bed.",
        "The train to Zürich leaves at 17:32 from platform 4.",
        "Naïve café owners rarely sell crème brûlée before noon.",
        "Water boils at 100 °C, or 212 °F, at sea level.",
        "def area(radius): return 3.14159 * radius ** 2",
        "Die Würde des Menschen ist unantastbar.",
        "東京は日本の首都です。",
        "Москва — столица России.",
        "I LOVE CAPITAL LETTERS!!!",
        "Pneumonoultramicroscopicsilicovolcanoconiosis is a lung disease.",
        "She sold sea shells; the shells she sold were surely sea shells, or so she said, again and again.",
        "Please send the invoice to accounts@example.org before Friday, 3 May 2024.",
        "The cat sat on the mat. The dog did not. Nobody asked the parrot, who would have had an opinion.",
        "🙂 means more to some people than to others",
        "Attention weighs every word by every other one, which is why long texts cost so much more than short ones; " +
            "a window, a few words that see all, or a sum of kernels costs less, and each loses something else.",
    )

/** Six layers of BERT, the mean over the words of a sentence, and a length of one. */
private fun miniLm() =
    model("all-minilm-l6-v2", width = 384) {
        norm = LayerNorm(epsilon = 1e-12)
        val text by
            tokens(vocab = 30_522) {
                learnedPositions(512)
                segments(2)
                norm()
            }
        val encoder by
            stack(text, layers = 6) {
                attention(heads = 12)
                addNorm()
                feedForward(hidden = 1_536) { activation = Gelu }
                addNorm()
            }
        val sentence by pool(encoder, Pooling.Mean) { norm(ScaleNorm(epsilon = 1e-12)) }
    }

private const val LENGTH = "sentence/norm/gain"

private fun resource(name: String): ByteArray =
    checkNotNull(SentenceEmbeddingsSpec::class.java.getResourceAsStream("/$name")) { name }.use { it.readAllBytes() }

private fun stored(folder: Path, name: String): Path = folder.resolve(name).also { it.writeBytes(resource(name)) }

/** The model's tensors as Hugging Face stores them. */
private fun stored(folder: Path): SafetensorsFile {
    val model = OnnxModel(resource(WEIGHTS))
    // The positions 0, 1, .. are the one tensor of whole numbers, and nothing that Heddle keeps.
    model.wholeNumbers() shouldBe listOf("embeddings.position_ids")
    val path = folder.resolve("model.safetensors")
    SafetensorsWriter.write(path, emptyMap(), model.tensors().map { (name, array) -> TensorSource.Array(name, array) })
    return SafetensorsFile.open(path)
}

/** By Hugging Face's names for a BERT without a head: all tensors are used, and all weights found but that length. */
private fun RunnableModel.load(file: SafetensorsFile) {
    val layout = weights().layout()
    val kept = LinkedHashMap(layout.entries()).apply { remove(LENGTH) }
    val names = WeightNames.huggingFace("bert").without("bert.")
    val read = WeightImport.read(ParameterLayout(kept, layout.elements()), file, names, DataType.FLOAT)
    weights().load(read + (LENGTH to Nd4j.scalar(1.0f)), file.place())
}

/** All in one batch, so that short ones are filled up. */
private fun embeddings(engine: Engine, weights: SafetensorsFile, tokenizer: HuggingFaceTokenizer): List<FloatArray> {
    val model = RunnableModel.blank(miniLm(), engine).apply { load(weights) }
    val texts = sentences.map { tokenizer.prompt(it, TextOrigin.startOf("the spec")) }
    val time = texts.maxOf { it.size }
    val sizes = mapOf("batch" to texts.size.toLong(), "text" to time.toLong())
    val program = model.executable(Purpose.Inference).bind(sizes)
    program.setInput("text", texts.flatMap { it.copyOf(time).toList() }.toIntArray())
    program.setInput(Names.lengths("text"), texts.map { it.size }.toIntArray())
    program.setInput(Names.segments("text"), IntArray(texts.size * time))
    program.run()
    return program.output("sentence").toFloatMatrix().toList()
}

private fun FloatArray.length(): Double = sqrt(sumOf { it.toDouble() * it })

private fun cosine(left: FloatArray, right: FloatArray): Double =
    left.indices.sumOf { left[it].toDouble() * right[it] } / (left.length() * right.length())
