package io.heddle.specs.golden

import io.heddle.dsl.AttentionScope
import io.heddle.dsl.Given
import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.model.RelationInput
import io.heddle.runtime.exchange.WeightImport
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.terms.Activation
import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.Gelu
import io.heddle.terms.GeluTanh
import io.heddle.terms.Global
import io.heddle.terms.LayerNorm
import io.heddle.terms.PerHead
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import java.nio.file.Path
import org.nd4j.linalg.api.buffer.DataType
import org.nd4j.linalg.indexing.NDArrayIndex

/** Families of models of long texts. */
class LongTextFamiliesSpec :
    FunSpec({
        agree("BigBird with the blocks that were drawn there", bigBird())

        agreeInOutputs("Transformer-XL, which begins with a memory of zeros", transformerXl())

        agree("Longformer, whose global words are given", longformer())

        // The words that see all differ from text to text: each text has its model, and the loss is of both.
        val globals = listOf(intArrayOf(0, 11), intArrayOf(0))
        for (setting in Setting.entries) {
            for ((row, seeing) in globals.withIndex()) {
                test("Longformer: outputs of text $row equal the reference's on $setting") {
                    val golden = Golden("hf-golden/longformer_mlm/io.safetensors")
                    val length = golden.ids("in.attention_mask")[row].sum()
                    setting.engine().use { engine ->
                        val model = RunnableModel.initialized(longformer(seeing), engine, 0)
                        val resource =
                            checkNotNull(
                                Golden::class.java.getResource("/hf-golden/longformer_mlm/weights.safetensors")
                            )
                        val file = SafetensorsFile.open(Path.of(resource.toURI()))
                        val layout = model.weights().layout()
                        model
                            .weights()
                            .load(WeightImport.read(layout, file, names("longformer"), DataType.DOUBLE), "longformer")
                        val sizes = mapOf("batch" to 1L, "text" to length.toLong())
                        val program = model.executable(Purpose.Inference).bind(sizes)
                        program.setInput("text", golden.ids("in.input_ids")[row].copyOf(length))
                        program.setInput(Names.segments("text"), IntArray(length))
                        program.setInput(Names.lengths("text"), intArrayOf(length))
                        program.run()
                        val own = NDArrayIndex.interval(row.toLong(), row + 1L)
                        val real = NDArrayIndex.interval(0, length.toLong())
                        val expected = golden.stored("out.logits").part { it.get(own, real, NDArrayIndex.all()) }
                        shouldAgree("masked", program.output("masked"), expected, maxOf(setting.stored64, SOFTMAX))
                    }
                }
            }
        }
    })

internal fun transformerXl() =
    Reference(
        "transfo_xl",
        model("transformer-xl", width = 24) {
            val text by tokens(vocab = 60) { scaled() }
            val decoder by
                stack(text, layers = 2) {
                    attention(heads = 4) {
                        mask = Causal and Window(7)
                        relativeSinusoidal()
                        memory(8)
                        bias = false
                    }
                    addNorm()
                    feedForward(hidden = 40)
                    addNorm()
                }
        },
        names("transfo-xl"),
        mapOf("batch" to 2L, "text" to 8L),
        mapOf("decoder" to "out.last_hidden"),
    ) {
        tokens("text", it, "in.input_ids")
        setInput(Names.lengths("text"), intArrayOf(8, 8))
        setInput(Names.remembered("text"), intArrayOf(8, 8))
    }

internal fun longformer(global: IntArray): Model =
    encoder("longformer", length = 38, unused = 2, Gelu) { layer, _ ->
        mask = Window(if (layer == 0) 2 else 4) or Global(*global)
        globalProjections()
    }

/**
 * Which words are global is given with the texts: all see them, and they see all. The reference takes a loss of
 * padding, too, which sees nothing there.
 */
private fun longformer(): Reference =
    Reference(
        "longformer_mlm",
        encoder("longformer", length = 38, unused = 2, Gelu, "global", "padding") { layer, (global, padding) ->
            mask = (Window(if (layer == 0) 2 else 4) or Given(global)) and !Given(padding)
            globalProjections()
        },
        names("longformer"),
        mapOf("batch" to 2L, "text" to 24L),
        emptyMap(),
        precision = SOFTMAX,
        unknown = 29,
    ) { golden ->
        tokens("text", golden, "in.input_ids")
        setInput(Names.segments("text"), IntArray(2 * 24))
        setInput(Names.lengths("text"), golden.lengths("in.attention_mask"))
        val global = golden.ids("in.global_attention_mask")
        setInput("global", global.flatMap { text -> text.flatMap { one -> text.map { maxOf(one, it) } } }.toIntArray())
        val real = golden.ids("in.attention_mask")
        setInput("padding", real.flatMap { text -> text.flatMap { one -> text.map { 1 - one } } }.toIntArray())
        labels("masked", golden.labels("in.labels"))
    }

private fun encoder(
    name: String,
    length: Int,
    unused: Int,
    activation: Activation,
    vararg relations: String,
    attend: AttentionScope.(Int, List<RelationInput>) -> Unit,
): Model =
    model(name, width = 24) {
        norm = LayerNorm(1e-12)
        val text by
            tokens(vocab = 60) {
                learnedPositions(length, unused = unused)
                segments(2)
                norm()
            }
        val given = relations.map { relation(it, text) }
        val encoder by
            stack(text, layers = 2) { layer ->
                attention(heads = 4) { attend(layer, given) }
                addNorm()
                feedForward(hidden = 40) { this.activation = activation }
                addNorm()
            }
        val masked by
            logits(encoder, tiedTo = text) {
                dense(activation = activation)
                norm()
                bias = true
            }
    }

/** Its softmax is computed in 32 bits, whatever the rest is (LongformerSelfAttention.forward). */
private const val SOFTMAX = 1e-6

private const val BLOCK = 4
private const val BLOCKS = 12

internal fun bigBird(): Reference {
    val described =
        model("big-bird", width = 24) {
            norm = LayerNorm(1e-12)
            val text by
                tokens(vocab = 60) {
                    learnedPositions(64)
                    segments(2)
                    norm()
                }
            val drawn = List(2) { layer -> List(4) { head -> relation("drawn$layer$head", text) } }
            val encoder by
                stack(text, layers = 2) { layer ->
                    val (first, second, third, fourth) = drawn[layer]
                    attention(heads = 4) {
                        mask =
                            (Blocks(BLOCK) of (Window(1) or Global(0, -1))) or
                                PerHead(Given(first), Given(second), Given(third), Given(fourth))
                    }
                    addNorm()
                    feedForward(hidden = 40) { activation = GeluTanh }
                    addNorm()
                }
            val masked by
                logits(encoder, tiedTo = text) {
                    dense(activation = GeluTanh)
                    norm()
                    bias = true
                }
        }
    return Reference(
        "bigbird_mlm",
        described,
        names("big_bird"),
        mapOf("batch" to 1L, "text" to 48L),
        mapOf("masked" to "out.logits"),
    ) { golden ->
        tokens("text", golden, "in.input_ids")
        setInput(Names.segments("text"), IntArray(48))
        setInput(Names.lengths("text"), intArrayOf(48))
        for (layer in 0..1) {
            val blocks = golden.whole("extra.rand_attn_call$layer")
            for (head in 0..3) setInput(
                "drawn$layer$head",
                drawn(blocks.copyOfRange(head * (BLOCKS - 2), (head + 1) * (BLOCKS - 2))),
            )
        }
        labels("masked", golden.labels("in.labels"))
    }
}

/** Who sees whom where the block after the first sees that of [blocks] which stands first, and so on. */
private fun drawn(blocks: IntArray): IntArray {
    val length = BLOCK * BLOCKS
    return IntArray(length * length) { at ->
        val (query, key) = at / length / BLOCK to at % length / BLOCK
        if (query in 1..blocks.size && blocks[query - 1] == key) 1 else 0
    }
}
