package io.heddle.huggingface

import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.BranchScale
import io.heddle.terms.LayerNorm
import io.heddle.terms.Normal
import io.heddle.terms.PreNorm
import kotlin.math.sqrt

/** `GPT2LMHeadModel` (`modeling_gpt2.py`). */
internal object Gpt2 : Family {
    override val type = "gpt2"
    override val prefix = "transformer."

    override fun model(config: Config, tensors: Tensors): Model {
        config.ignore(setOf("n_ctx", "reorder_and_upcast_attn") + summaries)
        config.only("is_encoder_decoder", "false")
        config.divides("n_head", "n_embd")
        val width = config.count("n_embd")
        val heads = config.count("n_head")
        val hidden = config.count("n_inner", HIDDEN_WIDTHS * width)
        val layers = config.count("n_layer")
        val act = config.choice("activation_function", activations, "gelu_new")
        val scaled = config.truth("scale_attn_weights", true)
        val byLayer = config.truth("scale_attn_by_inverse_layer_idx", false)
        val tied = config.truth("tie_word_embeddings", true)
        val headWidth = width / heads
        return model(type, width) {
            layout = PreNorm
            norm = LayerNorm(config.number("layer_norm_epsilon", EPSILON))
            dropout = config.number("resid_pdrop", DROPOUT)
            attentionDropout = config.number("attn_pdrop", DROPOUT)
            initializer = Normal(DEVIATION, BranchScale.ByDepth)
            val text by
                tokens(config.count("vocab_size")) {
                    learnedPositions(config.count("n_positions"))
                    dropout = config.number("embd_pdrop", DROPOUT)
                }
            val decoder by
                stack(text, layers) { layer ->
                    attention(heads, headWidth = headWidth) {
                        causal()
                        val factor = (if (scaled) 1 / sqrt(headWidth.toDouble()) else 1.0)
                        if (byLayer) scale = factor / (layer + 1) else if (!scaled) scale = factor
                    }
                    addNorm()
                    feedForward(hidden) { activation = act }
                    addNorm()
                }
            if (tied) logits(decoder, tiedTo = text) named "next" else logits(decoder) named "next"
        }
    }

    private const val HIDDEN_WIDTHS = 4
    private const val EPSILON = 1e-5
    private const val DROPOUT = 0.1
    private const val DEVIATION = 0.02
    private val summaries =
        setOf("type", "use_proj", "activation", "first_dropout", "proj_to_labels").map { "summary_$it" }
}
