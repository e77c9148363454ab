package io.heddle.huggingface

import io.heddle.dsl.BlockScope
import io.heddle.dsl.TokensScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.Activation
import io.heddle.terms.Normal

/** `BartForConditionalGeneration` (`modeling_bart.py`). */
internal object Bart : Family {
    override val type = "bart"
    override val prefix = "model."

    override fun model(config: Config, tensors: Tensors): Model {
        variants.forEach(config::only)
        config.ignore(setOf("num_hidden_layers", "classif_dropout", "force_bos_token_to_be_generated"))
        sides.forEach { config.divides("${it}_attention_heads", "d_model") }
        val act = config.choice("activation_function", activations, "gelu")
        val inside = config.number("activation_dropout", 0.0)
        val readers = Side(config, "encoder", act, inside)
        val writers = Side(config, "decoder", act, inside)
        val positions = config.count("max_position_embeddings")
        val scaled = config.truth("scale_embedding", false)
        val tied = config.truth("tie_word_embeddings", true)
        return model(type, config.count("d_model")) {
            dropout = config.number("dropout", DROPOUT)
            attentionDropout = config.number("attention_dropout", 0.0)
            initializer = Normal(DEVIATION)
            val placed: TokensScope.() -> Unit = {
                learnedPositions(positions, unused = UNUSED)
                norm()
                if (scaled) scaled()
            }
            val source by tokens(config.count("vocab_size"), configure = placed)
            val target by tokens(tiedTo = source, placed)
            val encoder by
                stack(source, readers.layers) {
                    attention(readers.heads, headWidth = width / readers.heads)
                    addNorm()
                    feedForward(readers)
                }
            val decoder by
                stack(target, writers.layers) {
                    attention(writers.heads, headWidth = width / writers.heads) { causal() }
                    addNorm()
                    crossAttention(from = encoder)
                    addNorm()
                    feedForward(writers)
                }
            if (tied) logits(decoder, tiedTo = target) named "next" else logits(decoder) named "next"
        }
    }

    /** The sizes of an encoder or a decoder. */
    private class Side(config: Config, name: String, val act: Activation, val inside: Double) {
        val layers = config.count("${name}_layers")
        val heads = config.count("${name}_attention_heads")
        val hidden = config.count("${name}_ffn_dim")
    }

    private fun BlockScope.feedForward(side: Side) {
        feedForward(side.hidden) {
            activation = side.act
            dropout = side.inside
        }
        addNorm()
    }

    private val sides = listOf("encoder", "decoder")
    private val variants =
        mapOf(
            "is_encoder_decoder" to "true",
            "normalize_before" to "false",
            "normalize_embedding" to "true",
            "add_final_layer_norm" to "false",
            "add_bias_logits" to "false",
            "static_position_embeddings" to "false",
            "extra_pos_embeddings" to "2",
            "encoder_layerdrop" to "0",
            "decoder_layerdrop" to "0",
        )
    private const val UNUSED = 2
    private const val DROPOUT = 0.1
    private const val DEVIATION = 0.02
}
