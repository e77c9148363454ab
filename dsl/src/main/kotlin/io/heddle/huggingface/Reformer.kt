package io.heddle.huggingface

import io.heddle.dsl.AttentionScope
import io.heddle.dsl.model
import io.heddle.messages.ConfigMessages
import io.heddle.model.Model
import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.LayerNorm
import io.heddle.terms.Merge
import io.heddle.terms.Normal
import io.heddle.terms.Reversible
import io.heddle.terms.Window

/**
 * `ReformerModelWithLMHead` with learned positions (`modeling_reformer.py`). The directions that hash are drawn anew in
 * each run there; here they are drawn once, each layer's from its number.
 */
internal object Reformer : Family {
    override val type = "reformer"
    override val prefix = "reformer."
    override val own = setOf("is_decoder")

    override fun model(config: Config, tensors: Tensors): Model {
        variants.forEach(config::only)
        // Of an encoder, save_pretrained writes nothing here.
        config.onlyIfSaid("is_decoder", "true", usual = "false")
        config.ignore(setOf("hash_seed", "axial_pos_shape", "axial_pos_embds_dim", "axial_norm_std", CHUNKED))
        val kinds = config.choices("attn_layers", Kind.entries.associateBy { it.word })
        config.only("num_hidden_layers", "${kinds.size}")
        val width = config.count("hidden_size")
        val heads = config.count("num_attention_heads")
        val headWidth = config.count("attention_head_size")
        val attend = Kind.entries.associateWith { it.attention(config, it in kinds) }
        val act = config.choice("hidden_act", activations, "relu")
        val hidden = config.count("feed_forward_size")
        val tied = config.truth("tie_word_embeddings", false)
        return model(type, width) {
            layout = Reversible(Merge.Concatenation)
            norm = LayerNorm(config.number("layer_norm_eps", EPSILON))
            dropout = config.number("hidden_dropout_prob", DROPOUT)
            initializer = Normal(DEVIATION)
            val text by tokens(config.count("vocab_size")) { learnedPositions(config.count("max_position_embeddings")) }
            val decoder by
                stack(text, kinds.size) { layer ->
                    attention(heads, headWidth = headWidth) {
                        bias = false
                        attend.getValue(kinds[layer])(layer)
                    }
                    addNorm()
                    feedForward(hidden) { activation = act }
                    addNorm()
                }
            if ("lm_head.decoder.weight" in tensors) {
                if (tied) logits(decoder, tiedTo = text) { bias = true } named "next"
                else logits(decoder) { bias = true } named "next"
            }
        }
    }

    /** How a layer looks, by the word for it. */
    private enum class Kind(val word: String) {
        Local("local") {
            override fun attention(config: Config, isUsed: Boolean): AttentionScope.(layer: Int) -> Unit {
                val chunk = config.count("local_attn_chunk_length", CHUNK)
                val before = config.count("local_num_chunks_before", 1)
                if (isUsed) config.only("local_num_chunks_after", "0")
                else config.ignore(listOf("local_num_chunks_after"))
                if (isUsed && before > 1)
                    config.note("local_num_chunks_before", "1") {
                        ConfigMessages.seenOnce(chunk, before.toLong() * chunk)
                    }
                val dropped = config.number("local_attention_probs_dropout_prob", DROPOUT)
                return {
                    mask = Causal and (Blocks(chunk) of Window(before))
                    dropout = dropped
                }
            }
        },
        Hashed("lsh") {
            override fun attention(config: Config, isUsed: Boolean): AttentionScope.(layer: Int) -> Unit {
                val chunk = config.count("lsh_attn_chunk_length", CHUNK)
                if (isUsed) {
                    config.only("lsh_num_chunks_before", "1")
                    config.only("lsh_num_chunks_after", "0")
                } else {
                    config.ignore(listOf("lsh_num_chunks_before", "lsh_num_chunks_after"))
                }
                val buckets = if (isUsed) config.count("num_buckets") else 2
                config.ignore(listOf("num_buckets"))
                val rounds = config.count("num_hashes", 1)
                val dropped = config.number("lsh_attention_probs_dropout_prob", 0.0)
                return { layer ->
                    causal()
                    hashed(buckets, rounds, chunk, seed = layer.toLong())
                    dropout = dropped
                }
            }
        };

        /** What is said of such a layer; the keys of a kind that no layer is are passed over. */
        abstract fun attention(config: Config, isUsed: Boolean): AttentionScope.(layer: Int) -> Unit
    }

    private val variants = mapOf("is_encoder_decoder" to "false", "axial_pos_embds" to "false")

    /** In how many pieces the scores are computed. */
    private const val CHUNKED = "chunk_size_lm_head"
    private const val CHUNK = 64
    private const val EPSILON = 1e-12
    private const val DROPOUT = 0.05
    private const val DEVIATION = 0.02
}
