package io.heddle.huggingface

import io.heddle.dsl.ModelScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.model.Pool
import io.heddle.model.SequenceComponent
import io.heddle.model.TokenInput
import io.heddle.terms.Activation
import io.heddle.terms.LayerNorm
import io.heddle.terms.Pooling
import io.heddle.terms.Tanh
import io.heddle.terms.TruncatedNormal

/** `BertModel` with the heads that were stored beside it (`modeling_bert.py`). */
internal object Bert : Family {
    override val type = "bert"
    override val prefix = "bert."

    override fun model(config: Config, tensors: Tensors): Model {
        config.only("position_embedding_type", "\"absolute\"")
        config.only("is_encoder_decoder", "false")
        config.ignore(listOf("directionality") + formerPooler)
        config.divides("num_attention_heads", "hidden_size")
        val act = config.choice("hidden_act", activations, "gelu")
        val hidden = config.count("intermediate_size")
        val heads = config.count("num_attention_heads")
        val width = config.count("hidden_size")
        return model(type, width) {
            norm = LayerNorm(config.number("layer_norm_eps", EPSILON))
            dropout = config.number("hidden_dropout_prob", DROPOUT)
            attentionDropout = config.number("attention_probs_dropout_prob", DROPOUT)
            initializer = TruncatedNormal(DEVIATION)
            val text by
                tokens(config.count("vocab_size")) {
                    learnedPositions(config.count("max_position_embeddings"))
                    segments(config.count("type_vocab_size", 2))
                    norm()
                }
            val encoder by
                stack(text, config.count("num_hidden_layers")) {
                    attention(heads, headWidth = width / heads)
                    addNorm()
                    feedForward(hidden) { activation = act }
                    addNorm()
                }
            heads(config, tensors, text, encoder, act)
        }
    }

    /** Each head is there whose first tensor is. */
    private fun ModelScope.heads(
        config: Config,
        tensors: Tensors,
        text: TokenInput,
        encoder: SequenceComponent,
        act: Activation,
    ) {
        val tied = config.truth("tie_word_embeddings", true)
        val pooled: Pool? =
            if ("bert.pooler.dense.weight" in tensors)
                pool(encoder, Pooling.First) { dense(activation = Tanh) } named "pooled"
            else null
        if ("cls.predictions.transform.dense.weight" in tensors) {
            val masked = masked(act)
            if (tied) logits(encoder, tiedTo = text, masked) named "masked"
            else logits(encoder, configure = masked) named "masked"
        }
        if (pooled != null && "cls.seq_relationship.weight" in tensors) classify(pooled, classes = 2) named "follows"
        if ("classifier.weight" in tensors) {
            if (pooled == null) classify(encoder, Pooling.Each, config.classes()) named "label"
            else classify(pooled, config.classes()) named "label"
        }
    }

    private val formerPooler =
        listOf("fc_size", "num_attention_heads", "num_fc_layers", "size_per_head", "type").map { "pooler_$it" }
    private const val EPSILON = 1e-12
    private const val DROPOUT = 0.1
    private const val DEVIATION = 0.02
}
