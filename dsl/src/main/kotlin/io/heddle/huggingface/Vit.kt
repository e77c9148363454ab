package io.heddle.huggingface

import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.LayerNorm
import io.heddle.terms.Pooling
import io.heddle.terms.PreNorm
import io.heddle.terms.Tanh
import io.heddle.terms.TruncatedNormal

/** `ViTModel`, with the classifier or the pooler that was stored beside it (`modeling_vit.py`). */
internal object Vit : Family {
    override val type = "vit"
    override val prefix = "vit."

    override fun model(config: Config, tensors: Tensors): Model {
        config.only("is_encoder_decoder", "false")
        config.only("qkv_bias", "true")
        config.only("pooler_act", "\"tanh\"")
        config.ignore(setOf("encoder_stride", "tie_word_embeddings", "pooler_output_size"))
        config.divides("num_attention_heads", "hidden_size")
        config.divides("patch_size", "image_size")
        val act = config.choice("hidden_act", activations, "gelu")
        val heads = config.count("num_attention_heads")
        val hidden = config.count("intermediate_size")
        val side = config.count("patch_size", PATCH)
        val width = config.count("hidden_size")
        return model(type, width) {
            layout = PreNorm
            norm = LayerNorm(config.number("layer_norm_eps", EPSILON))
            dropout = config.number("hidden_dropout_prob", 0.0)
            attentionDropout = config.number("attention_probs_dropout_prob", 0.0)
            initializer = TruncatedNormal(DEVIATION)
            val picture by
                image(config.count("num_channels", CHANNELS), config.count("image_size", SIZE)) {
                    patches(side)
                    classToken()
                    learnedPositions()
                }
            val encoder by
                stack(picture, config.count("num_hidden_layers")) {
                    attention(heads, headWidth = width / heads)
                    addNorm()
                    feedForward(hidden) { activation = act }
                    addNorm()
                }
            if ("vit.pooler.dense.weight" in tensors)
                pool(encoder, Pooling.First) { dense(activation = Tanh) } named "pooled"
            if ("classifier.weight" in tensors)
                classify(encoder, Pooling.First, config.classes()) { dropout = 0.0 } named "label"
        }
    }

    private const val PATCH = 16
    private const val CHANNELS = 3
    private const val SIZE = 224
    private const val EPSILON = 1e-12
    private const val DEVIATION = 0.02
}
