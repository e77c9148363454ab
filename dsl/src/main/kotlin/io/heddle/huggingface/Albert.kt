package io.heddle.huggingface

import io.heddle.dsl.LogitsScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.Groups
import io.heddle.terms.LayerNorm
import io.heddle.terms.Pooling
import io.heddle.terms.Shared
import io.heddle.terms.Tanh
import io.heddle.terms.TruncatedNormal

/** `AlbertModel` with the heads that were stored beside it (`modeling_albert.py`). */
internal object Albert : Family {
    override val type = "albert"
    override val prefix = "albert."

    override fun model(config: Config, tensors: Tensors): Model {
        variants.forEach(config::only)
        config.ignore(setOf("down_scale_factor", "gap_size", "net_structure_type"))
        config.ignore(setOf("num_memory_blocks"))
        config.divides("num_attention_heads", "hidden_size")
        val act = config.choice("hidden_act", activations, "gelu_new")
        val hidden = config.count("intermediate_size")
        val heads = config.count("num_attention_heads")
        val width = config.count("hidden_size")
        val narrow = config.count("embedding_size")
        val tied = config.truth("tie_word_embeddings", true)
        val dropped = config.number("classifier_dropout_prob", DROPOUT)
        val groups = config.count("num_hidden_groups", 1)
        return model(type, width) {
            norm = LayerNorm(config.number("layer_norm_eps", EPSILON))
            dropout = config.number("hidden_dropout_prob", 0.0)
            attentionDropout = config.number("attention_probs_dropout_prob", 0.0)
            initializer = TruncatedNormal(DEVIATION)
            val text by
                tokens(config.count("vocab_size"), narrow) {
                    learnedPositions(config.count("max_position_embeddings"))
                    segments(config.count("type_vocab_size", 2))
                    norm()
                    project()
                }
            val encoder by
                stack(text, config.count("num_hidden_layers"), if (groups == 1) Shared else Groups(groups)) {
                    attention(heads, headWidth = width / heads)
                    addNorm()
                    feedForward(hidden) { activation = act }
                    addNorm()
                }
            val pooled =
                if ("albert.pooler.weight" in tensors)
                    pool(encoder, Pooling.First) { dense(activation = Tanh) } named "pooled"
                else null
            if ("predictions.dense.weight" in tensors) {
                val masked: LogitsScope.() -> Unit = {
                    dense(narrow, act)
                    norm()
                    bias = true
                }
                if (tied) logits(encoder, tiedTo = text, masked) named "masked"
                else logits(encoder, configure = masked) named "masked"
            }
            if (pooled != null && "sop_classifier.classifier.weight" in tensors)
                classify(pooled, classes = 2) named "follows"
            if ("classifier.weight" in tensors) {
                if (pooled == null || config.lists("architectures", "AlbertForTokenClassification"))
                    classify(encoder, Pooling.Each, config.classes()) { dropout = dropped } named "label"
                else classify(pooled, config.classes()) { dropout = dropped } named "label"
            }
        }
    }

    private val variants =
        mapOf("is_encoder_decoder" to "false", "position_embedding_type" to "\"absolute\"", "inner_group_num" to "1")
    private const val EPSILON = 1e-12
    private const val DROPOUT = 0.1
    private const val DEVIATION = 0.02
}
