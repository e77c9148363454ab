package io.heddle.huggingface

import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.PreNorm
import io.heddle.terms.RmsNorm
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling

/** `LlamaForCausalLM` (`modeling_llama.py`). */
internal object Llama : Family {
    override val type = "llama"
    override val prefix = "model."

    override fun model(config: Config, tensors: Tensors): Model {
        // Positions turn, so that no table ends; how a tensor was cut for a training changes nothing.
        config.ignore(setOf("max_position_embeddings", "pretraining_tp"))
        config.only("is_encoder_decoder", "false")
        val width = config.count("hidden_size")
        val heads = config.count("num_attention_heads")
        val keyValueHeads = config.count("num_key_value_heads", heads)
        val headWidth = config.count("head_dim", maxOf(1, width / heads))
        config.divides("num_key_value_heads", "num_attention_heads")
        val parameters = config.inner("rope_parameters")
        val base = (parameters ?: config).number("rope_theta", BASE)
        val slowed = scaling(parameters ?: config.inner("rope_scaling"))
        val inAttention = config.truth("attention_bias", false)
        val inFeedForward = config.truth("mlp_bias", false)
        val act = config.choice("hidden_act", activations, "silu")
        val hidden = config.count("intermediate_size")
        val layers = config.count("num_hidden_layers")
        val tied = config.truth("tie_word_embeddings", false)
        return model(type, width) {
            layout = PreNorm
            norm = RmsNorm(config.number("rms_norm_eps", EPSILON))
            bias = false
            attentionDropout = config.number("attention_dropout", 0.0)
            val text by tokens(config.count("vocab_size"))
            val decoder by
                stack(text, layers) {
                    attention(heads, keyValueHeads, headWidth) {
                        causal()
                        rotary(base, RotaryPairs.HalfSplit, slowed)
                        bias = inAttention
                    }
                    addNorm()
                    feedForward(hidden) {
                        gated(act)
                        bias = inFeedForward
                    }
                    addNorm()
                }
            if (tied) logits(decoder, tiedTo = text) named "next" else logits(decoder) named "next"
        }
    }

    /** How positions reach further (`modeling_rope_utils.py`); nothing is what is left out. */
    private fun scaling(config: Config?): RotaryScaling {
        if (config == null) return RotaryScaling.None
        val key = if (config.says("rope_type")) "rope_type" else "type"
        val kind = config.choice(key, kinds.associateWith { it }, "default")
        return when (kind) {
            "linear" -> RotaryScaling.Linear(config.number("factor"))
            "llama3" ->
                RotaryScaling.ByFrequency(
                    config.number("factor"),
                    config.number("low_freq_factor"),
                    config.number("high_freq_factor"),
                    config.count("original_max_position_embeddings"),
                )
            else -> RotaryScaling.None
        }.also {
            config.ignore(setOf("type", "rope_theta"))
            if (config.says(key) && !config.saysOneOf(key, kinds)) config.ignoreRest()
            config.finish()
        }
    }

    private val kinds = listOf("default", "linear", "llama3")
    private const val BASE = 10_000.0
    private const val EPSILON = 1e-6
}
