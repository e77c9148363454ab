package io.heddle.specs.golden

import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.model.Model
import io.heddle.terms.GeluTanh
import io.heddle.terms.PreNorm
import org.nd4j.linalg.indexing.NDArrayIndex

/** The small GPT-2 of the reference: 2 layers, 4 heads, width 24, 60 tokens, 32 positions. */
fun gpt2(): Model =
    model("gpt2", width = WIDTH) {
        layout = PreNorm
        val text by tokens(vocab = 60) { learnedPositions(32) }
        val decoder by
            stack(text, layers = 2) {
                attention(heads = 4) { causal() }
                addNorm()
                feedForward { activation = GeluTanh }
                addNorm()
            }
        val next by logits(decoder, tiedTo = text)
        check(next.name == "next")
    }

/** The same with what it was given and what it gave. */
internal fun gpt2Reference() =
    Reference("gpt2_lm", gpt2(), names("gpt2"), mapOf("batch" to 2L, "text" to 9L), mapOf("next" to "out.logits")) {
        tokens("text", it, "in.input_ids")
        setInput(Names.lengths("text"), intArrayOf(9, 9))
        labels("next", it.ids("in.labels").flatMap { row -> row.drop(1) + NONE }.toIntArray())
    }

private const val WIDTH = 24

/** What Hugging Face's GPT-2 calls the weight that Heddle calls [name]; its Conv1D weights are `[inputs, outputs]`. */
fun gpt2Tensor(name: String, prefix: String, golden: Golden): Stored {
    val words = name.split('/')
    fun tensor(path: String) = golden.stored("${prefix}transformer.$path")
    if (name == "text/embedding") return tensor("wte.weight")
    if (name == "text/positions") return tensor("wpe.weight")
    val last = if (words.last() == "gain") "weight" else words.last()
    if (words.size == 3) return tensor("ln_f.$last")
    val (_, layer, part, piece) = words
    val path =
        when {
            piece == "norm" -> if (part == "attention") "ln_1" else "ln_2"
            piece == "up" -> "mlp.c_fc"
            piece == "down" -> "mlp.c_proj"
            piece == "output" -> "attn.c_proj"
            else -> "attn.c_attn"
        }
    val stored = tensor("h.$layer.$path.$last")
    if (piece == "norm") return stored
    val outputsFirst = if (last == "weight") stored.part { it.transpose() } else stored
    val third = listOf("query", "key", "value").indexOf(piece)
    if (third < 0) return outputsFirst
    val rows = NDArrayIndex.interval(WIDTH.toLong() * third, WIDTH.toLong() * (third + 1))
    return outputsFirst.part { if (last == "bias") it.get(rows) else it.get(rows, NDArrayIndex.all()) }
}
