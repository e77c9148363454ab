package io.heddle.huggingface

import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.Gelu
import io.heddle.terms.Global
import io.heddle.terms.LayerNorm
import io.heddle.terms.TruncatedNormal
import io.heddle.terms.Window

/**
 * `LongformerForMaskedLM` (`modeling_longformer.py`). Which words see all is said with each text there; here it is the
 * first, as its authors do for whole texts.
 */
internal object Longformer : Family {
    override val type = "longformer"
    override val prefix = "longformer."

    override fun model(config: Config, tensors: Tensors): Model {
        config.only("position_embedding_type", "\"absolute\"")
        config.only("is_encoder_decoder", "false")
        config.ignore(setOf("onnx_export", "attention_mode", "ignore_attention_mask"))
        config.divides("num_attention_heads", "hidden_size")
        val act = config.choice("hidden_act", activations, "gelu")
        val hidden = config.count("intermediate_size")
        val heads = config.count("num_attention_heads")
        val width = config.count("hidden_size")
        val layers = config.count("num_hidden_layers")
        val windows = config.counts("attention_window", "num_hidden_layers", layers)
        val tied = config.truth("tie_word_embeddings", true)
        return model(type, width) {
            norm = LayerNorm(config.number("layer_norm_eps", EPSILON))
            dropout = config.number("hidden_dropout_prob", DROPOUT)
            attentionDropout = config.number("attention_probs_dropout_prob", DROPOUT)
            initializer = TruncatedNormal(DEVIATION)
            val text by
                tokens(config.count("vocab_size")) {
                    learnedPositions(config.count("max_position_embeddings") - UNUSED, unused = UNUSED)
                    segments(config.count("type_vocab_size", 2))
                    norm()
                }
            val encoder by
                stack(text, layers) { layer ->
                    attention(heads, headWidth = width / heads) {
                        mask = Window(windows[layer] / 2) or Global(0)
                        globalProjections()
                    }
                    addNorm()
                    feedForward(hidden) { activation = act }
                    addNorm()
                }
            if ("lm_head.dense.weight" in tensors) {
                val masked = masked(Gelu)
                if (tied) logits(encoder, tiedTo = text, masked) named "masked"
                else logits(encoder, configure = masked) named "masked"
            }
        }
    }

    /** The padding, and what stands before it. */
    private const val UNUSED = 2
    private const val EPSILON = 1e-12
    private const val DROPOUT = 0.1
    private const val DEVIATION = 0.02
}
