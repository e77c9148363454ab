package io.heddle.huggingface

import io.heddle.dsl.BlockScope
import io.heddle.dsl.ObjectiveScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.model.RelativeBias
import io.heddle.terms.Activation
import io.heddle.terms.PreNorm
import io.heddle.terms.RmsNorm

/** `T5ForConditionalGeneration` (`modeling_t5.py`), and what Switch transformers share with it. */
internal object T5 : Family {
    override val type = "t5"
    override val prefix = ""

    override fun model(config: Config, tensors: Tensors): Model =
        encoderDecoder(type, config, Sizes(config, Inside.of(config))) { _, _, sizes -> feedForward(sizes) }

    /**
     * An encoder and a decoder whose first layers keep the bias of positions for all; [last] says the last sublayer of
     * a layer.
     */
    fun encoderDecoder(
        name: String,
        config: Config,
        sizes: Sizes,
        losses: ObjectiveScope.() -> Unit = {},
        last: BlockScope.(layer: Int, stack: String, sizes: Sizes) -> Unit,
    ): Model {
        config.only("is_encoder_decoder", "true")
        // Positions are a bias, so that no table ends.
        config.ignore(setOf("n_positions", "output_past"))
        val buckets = config.count("relative_attention_num_buckets", BUCKETS)
        val distance = config.count("relative_attention_max_distance", DISTANCE)
        val tied = config.truth("tie_word_embeddings", true)
        return model(name, config.count("d_model")) {
            layout = PreNorm
            norm = RmsNorm(config.number("layer_norm_epsilon", EPSILON))
            bias = false
            dropout = sizes.dropout
            attentionDropout = sizes.dropout
            val source by tokens(config.count("vocab_size"))
            val target by tokens(tiedTo = source)
            val encoderBias by relativeBias(sizes.heads, buckets, distance)
            val decoderBias by relativeBias(sizes.heads, buckets, distance, bidirectional = false)
            val encoder by
                stack(source, sizes.encoderLayers) { layer ->
                    self(sizes, encoderBias)
                    last(layer, "encoder", sizes)
                    addNorm()
                }
            val decoder by
                stack(target, sizes.decoderLayers) { layer ->
                    self(sizes, decoderBias, decodes = true)
                    crossAttention(from = encoder) { scale = 1.0 }
                    addNorm()
                    last(layer, "decoder", sizes)
                    addNorm()
                }
            val next =
                if (tied) logits(decoder, tiedTo = target) { scaledDown() } named "next"
                else logits(decoder) named "next"
            objective {
                crossEntropy(next)
                losses()
            }
        }
    }

    private fun BlockScope.self(sizes: Sizes, positions: RelativeBias, decodes: Boolean = false) {
        attention(sizes.heads, headWidth = sizes.headWidth) {
            if (decodes) causal()
            relativeBias(positions)
            scale = 1.0
        }
        addNorm()
    }

    /** Two maps with an activation between them, or three. */
    fun BlockScope.feedForward(sizes: Sizes) {
        feedForward(sizes.hidden) {
            if (sizes.gated) gated(sizes.activation) else activation = sizes.activation
            dropout = sizes.dropout
        }
    }

    /** The sizes of both stacks, and what is [inside] their feed-forward networks. */
    class Sizes(config: Config, private val inside: Inside) {
        val heads = config.count("num_heads")
        val headWidth = config.count("d_kv")
        val hidden = config.count("d_ff")
        val encoderLayers = config.count("num_layers")
        val decoderLayers = config.count("num_decoder_layers", encoderLayers)
        val dropout = config.number("dropout_rate", DROPOUT)
        val gated
            get() = inside.gated

        val activation
            get() = inside.activation
    }

    /** What stands between the maps of a feed-forward network. */
    class Inside(val gated: Boolean, val activation: Activation) {
        companion object {
            /** `feed_forward_proj` says both; what is said of one apart from it counts more. */
            fun of(config: Config): Inside {
                val (gated, activation) = config.choice("feed_forward_proj", insides, "relu")
                return Inside(config.truth("is_gated_act", gated), said(config) ?: activation)
            }

            /** Experts have two maps, whatever is said of gates (`SwitchTransformersDenseActDense`). */
            fun ungated(config: Config): Inside {
                config.ignore(setOf("is_gated_act"))
                return Inside(false, said(config) ?: config.choice("feed_forward_proj", insides, "relu").second)
            }

            private fun said(config: Config): Activation? {
                config.ignore(setOf("dense_act_fn", "feed_forward_proj"))
                return if (config.says("dense_act_fn")) config.choice("dense_act_fn", activations, null) else null
            }
        }
    }

    /** Of the gated gelu, T5's authors mean the one by tanh (`configuration_t5.py`). */
    private val insides =
        activations.mapValues { (_, act) -> false to act } +
            activations.map { (word, act) -> "gated-$word" to (true to act) } +
            ("gated-gelu" to (true to activations.getValue("gelu_new")))
    private const val BUCKETS = 32
    private const val DISTANCE = 128
    private const val EPSILON = 1e-6
    private const val DROPOUT = 0.1
}
