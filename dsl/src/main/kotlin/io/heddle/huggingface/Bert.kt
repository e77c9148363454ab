package io.heddle.huggingface

import io.heddle.model.Model
import io.heddle.model.Pool
import io.heddle.terms.Pooling
import io.heddle.terms.Tanh

/** `BertModel` with the heads that were stored beside it (`modeling_bert.py`). */
internal object Bert : Family {
    override val type = "bert"
    override val prefix = "bert."

    override fun model(config: Config, tensors: Tensors): Model {
        config.ignore(listOf("directionality") + formerPooler)
        config.ignore(setOf("tie_word_embeddings"))
        val words = WordEncoder(config, "gelu")
        val dropped = config.number("classifier_dropout", words.dropout)
        // Each head is there whose first tensor is.
        return words.model(type) { text, encoder ->
            val pooled: Pool? =
                if ("bert.pooler.dense.weight" in tensors)
                    pool(encoder, Pooling.First) { dense(activation = Tanh) } named "pooled"
                else null
            if ("cls.predictions.transform.dense.weight" in tensors) words.fillIn(this, text, encoder, words.activation)
            if (pooled != null && "cls.seq_relationship.weight" in tensors)
                classify(pooled, classes = 2) named "follows"
            if ("classifier.weight" in tensors) {
                // A model that tags words may have the pooler of what it was trained on from, and has no use for it.
                if (pooled == null || config.lists("architectures", "BertForTokenClassification"))
                    classify(encoder, Pooling.Each, config.classes()) { dropout = dropped } named "label"
                else classify(pooled, config.classes()) { dropout = dropped } named "label"
            }
        }
    }

    private val formerPooler =
        listOf("fc_size", "num_attention_heads", "num_fc_layers", "size_per_head", "type").map { "pooler_$it" }
}
