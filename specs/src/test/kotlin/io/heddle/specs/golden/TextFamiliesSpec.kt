package io.heddle.specs.golden

import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.recipe.Decoding
import io.heddle.runtime.generate.Generator
import io.heddle.terms.Activation
import io.heddle.terms.Gelu
import io.heddle.terms.GeluTanh
import io.heddle.terms.LayerNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.Relu
import io.heddle.terms.RmsNorm
import io.heddle.terms.Silu
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import java.util.OptionalInt

/**
 * Families of models of texts, equal to Hugging Face's in outputs, loss, every gradient and twenty steps of training.
 */
class TextFamiliesSpec :
    FunSpec({
        agree("BERT fills in masked words", bert())
        agree("LLaMA writes", llama())
        val bart = bart()
        agree("BART mends a text", bart) { trained ->
            val written = Golden("hf-golden/bart_cg/generate.safetensors")
            val sources =
                bart.io.ids("in.input_ids").zip(bart.io.lengths("in.attention_mask").toList(), IntArray::copyOf)
            val scores = written.numbers("beam3_scores")
            Generator(trained, Decoding.Greedy, OptionalInt.of(2), 0).from(sources, 2, 9).forEachIndexed { row, text ->
                text.tokens() shouldBe written.ids("greedy")[row].toList()
            }
            Generator(trained, Decoding.Beam(3, 1.0), OptionalInt.of(2), 0).from(sources, 2, 9).forEachIndexed {
                row,
                text ->
                text.tokens() shouldBe written.ids("beam3")[row].toList()
                text.score() shouldBe (scores[row] plusOrMinus 1e-4)
            }
        }
        agree("T5 with relu", t5("t5_relu", gated = false))
        agree("T5 1.1 with gated gelu", t5("t5_gated_gelu", gated = true))
    })

private fun BlockScope.sublayers(hidden: Int, activation: Activation) {
    attention(heads = 4)
    addNorm()
    feedForward(hidden) { this.activation = activation }
    addNorm()
}

internal fun bert() =
    Reference(
        "bert_mlm",
        model("bert", width = 24) {
            norm = LayerNorm(1e-12)
            val text by
                tokens(vocab = 60) {
                    learnedPositions(64)
                    segments(2)
                    norm()
                }
            val encoder by stack(text, layers = 2) { sublayers(hidden = 40, Gelu) }
            val masked by
                logits(encoder, tiedTo = text) {
                    dense(activation = Gelu)
                    norm()
                    bias = true
                }
        },
        names("bert"),
        mapOf("batch" to 2L, "text" to 10L),
        mapOf("masked" to "out.logits"),
    ) {
        tokens("text", it, "in.input_ids")
        setInput(Names.segments("text"), it.whole("in.token_type_ids"))
        setInput(Names.lengths("text"), it.lengths("in.attention_mask"))
        labels("masked", it.labels("in.labels"))
    }

internal fun llama() =
    Reference(
        "llama_lm",
        model("llama", width = 24) {
            layout = PreNorm
            norm = RmsNorm(1e-6)
            bias = false
            val text by tokens(vocab = 60)
            val decoder by
                stack(text, layers = 2) {
                    attention(heads = 4) {
                        causal()
                        rotary()
                    }
                    addNorm()
                    feedForward(hidden = 40) { gated(Silu) }
                    addNorm()
                }
            val next by logits(decoder)
        },
        names("llama"),
        mapOf("batch" to 2L, "text" to 9L),
        mapOf("next" to "out.logits"),
    ) {
        tokens("text", it, "in.input_ids")
        setInput(Names.lengths("text"), intArrayOf(9, 9))
        labels("next", it.ids("in.labels").flatMap { row -> row.drop(1) + NONE }.toIntArray())
    }

internal fun t5(folder: String, gated: Boolean) =
    Reference(
        folder,
        model("t5", width = 24) {
            layout = PreNorm
            norm = RmsNorm(1e-6)
            bias = false
            val source by tokens(vocab = 60)
            val target by tokens(tiedTo = source)
            val encoderBias by relativeBias(heads = 4, buckets = 8, distance = 16)
            val decoderBias by relativeBias(heads = 4, buckets = 8, distance = 16, bidirectional = false)
            val encoder by
                stack(source, layers = 2) {
                    attention(heads = 4) {
                        relativeBias(encoderBias)
                        scale = 1.0
                    }
                    addNorm()
                    feedForward(hidden = 40) { if (gated) gated(GeluTanh) else activation = Relu }
                    addNorm()
                }
            val decoder by
                stack(target, layers = 2) {
                    attention(heads = 4) {
                        causal()
                        relativeBias(decoderBias)
                        scale = 1.0
                    }
                    addNorm()
                    crossAttention(from = encoder) { scale = 1.0 }
                    addNorm()
                    feedForward(hidden = 40) { if (gated) gated(GeluTanh) else activation = Relu }
                    addNorm()
                }
            if (gated) {
                val next by logits(decoder)
            } else {
                val next by logits(decoder, tiedTo = target) { scaledDown() }
            }
        },
        names("t5"),
        mapOf("batch" to 2L, "source" to 8L, "target" to 6L),
        mapOf("next" to "out.logits"),
        // Its norm takes the mean of squares in 32 bits, whatever the rest is computed in (T5LayerNorm.forward).
        precision = 1e-6,
    ) {
        tokens("source", it, "in.input_ids")
        setInput(Names.lengths("source"), it.lengths("in.attention_mask"))
        shifted(it, start = 0, padding = 0)
    }

internal fun bart() =
    Reference(
        "bart_cg",
        model("bart", width = 24) {
            val source by
                tokens(vocab = 60) {
                    learnedPositions(32, unused = 2)
                    norm()
                }
            val target by
                tokens(tiedTo = source) {
                    learnedPositions(32, unused = 2)
                    norm()
                }
            val encoder by stack(source, layers = 2) { sublayers(hidden = 40, Gelu) }
            val decoder by
                stack(target, layers = 2) {
                    attention(heads = 4) { causal() }
                    addNorm()
                    crossAttention(from = encoder)
                    addNorm()
                    feedForward(hidden = 40) { activation = Gelu }
                    addNorm()
                }
            val next by logits(decoder, tiedTo = target)
        },
        names("bart"),
        mapOf("batch" to 2L, "source" to 8L, "target" to 6L),
        mapOf("next" to "out.logits"),
    ) {
        tokens("source", it, "in.input_ids")
        setInput(Names.lengths("source"), it.lengths("in.attention_mask"))
        shifted(it, start = 2, padding = 1)
    }
