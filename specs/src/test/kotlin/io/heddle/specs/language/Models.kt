package io.heddle.specs.language

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.Gelu
import io.heddle.terms.PreNorm
import io.heddle.terms.Silu

/** The models that DESIGN.md aims at, in its words. */
object Models {
    val nmt =
        model("nmt-base", width = 512) {
            val source by tokens(vocab = 32_000)
            val target by tokens(vocab = 32_000)

            val encoder by
                stack(source, layers = 6) {
                    attention(heads = 8)
                    addNorm()
                    feedForward()
                    addNorm()
                }
            val decoder by
                stack(target, layers = 6) {
                    attention(heads = 8) { causal() }
                    addNorm()
                    crossAttention(from = encoder)
                    addNorm()
                    feedForward(hidden = 4 * width) { gated(Silu) }
                    addNorm()
                }
            val next by logits(decoder, tiedTo = target)
        }
    val preNorm = nmt.edit { layout = PreNorm }

    val gpt =
        model("gpt-char", width = 128) {
            layout = PreNorm
            val text by tokens(vocab = 65) { learnedPositions(64) }
            val decoder by
                stack(text, layers = 4) {
                    attention(heads = 4) { causal() }
                    addNorm()
                    feedForward { activation = Gelu }
                    addNorm()
                }
            val next by logits(decoder, tiedTo = text)
        }

    /** The paper's model as LANGUAGE.md has it. */
    val transformer =
        model("transformer-base", width = 512) {
            dropout = 0.1
            val source by
                tokens(vocab = 37_000) {
                    sinusoidal()
                    scaled()
                }
            val target by tokens(tiedTo = source)
            val encoder by
                stack(source, layers = 6) {
                    attention(heads = 8)
                    addNorm()
                    feedForward()
                    addNorm()
                }
            val decoder by
                stack(target, layers = 6) {
                    attention(heads = 8) { causal() }
                    addNorm()
                    crossAttention(from = encoder)
                    addNorm()
                    feedForward()
                    addNorm()
                }
            val next by logits(decoder, tiedTo = target)
        }

    /** Small enough to read whole. */
    fun tiny(layers: Int = 1, heads: Int = 2): Model =
        model("tiny", width = 8) {
            val text by tokens(vocab = 5)
            val decoder by
                stack(text, layers) {
                    attention(heads) { causal() }
                    addNorm()
                    feedForward(hidden = 16)
                    addNorm()
                }
            val next by logits(decoder, tiedTo = text)
        }
}
