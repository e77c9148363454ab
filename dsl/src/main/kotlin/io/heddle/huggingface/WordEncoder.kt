package io.heddle.huggingface

import io.heddle.dsl.AttentionScope
import io.heddle.dsl.ModelScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.terms.Activation
import io.heddle.terms.LayerNorm
import io.heddle.terms.TruncatedNormal

/**
 * BERT and what grew out of it: words with learned positions and segments, a norm, and layers with norms after their
 * sublayers (`modeling_bert.py`).
 *
 * @param usualActivation what stands between the two maps of a feed-forward network where nothing is said
 * @param unused rows of the table of positions that stand before the first one
 */
internal class WordEncoder(private val config: Config, usualActivation: String, private val unused: Int = 0) {
    init {
        config.only("position_embedding_type", "\"absolute\"")
        config.only("is_encoder_decoder", "false")
        config.divides("num_attention_heads", "hidden_size")
    }

    val activation: Activation = config.choice("hidden_act", activations, usualActivation)
    val layers: Int = config.count("num_hidden_layers")
    val dropout: Double = config.number("hidden_dropout_prob", DROPOUT)
    private val hidden = config.count("intermediate_size")
    private val heads = config.count("num_attention_heads")
    private val width = config.count("hidden_size")

    /** The model of this name: [attend] says how each layer looks, [finish] what is read off the last one. */
    fun model(
        name: String,
        attend: AttentionScope.(layer: Int) -> Unit = {},
        finish: ModelScope.(text: TokenInput, encoder: Stack) -> Unit,
    ): Model =
        model(name, width) {
            norm = LayerNorm(config.number("layer_norm_eps", EPSILON))
            dropout = this@WordEncoder.dropout
            attentionDropout = config.number("attention_probs_dropout_prob", DROPOUT)
            initializer = TruncatedNormal(DEVIATION)
            val text by
                tokens(config.count("vocab_size")) {
                    learnedPositions(config.count("max_position_embeddings") - unused, unused = unused)
                    segments(config.count("type_vocab_size", 2))
                    norm()
                }
            val encoder by
                stack(text, layers) { layer ->
                    attention(heads, headWidth = width / heads) { attend(layer) }
                    addNorm()
                    feedForward(hidden) { activation = this@WordEncoder.activation }
                    addNorm()
                }
            finish(text, encoder)
        }

    /** The head that fills in words, tied to their table where the configuration says so. */
    fun fillIn(scope: ModelScope, text: TokenInput, encoder: Stack, act: Activation): Unit =
        scope.run {
            val masked = masked(act)
            if (config.truth("tie_word_embeddings", true)) logits(encoder, tiedTo = text, masked) named "masked"
            else logits(encoder, configure = masked) named "masked"
        }

    private companion object {
        const val EPSILON = 1e-12
        const val DROPOUT = 0.1
        const val DEVIATION = 0.02
    }
}
