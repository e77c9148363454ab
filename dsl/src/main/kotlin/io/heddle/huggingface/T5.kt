package io.heddle.huggingface

import io.heddle.dsl.BlockScope
import io.heddle.dsl.ObjectiveScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.model.RelativeBias
import io.heddle.terms.PreNorm
import io.heddle.terms.RmsNorm

/** `T5ForConditionalGeneration` (`modeling_t5.py`), and what Switch transformers share with it. */
internal object T5 : Family {
    override val type = "t5"
    override val prefix = ""

    override fun model(config: Config, tensors: Tensors): Model =
        encoderDecoder(type, config) { _, _, sizes -> feedForward(sizes) }

    /**
     * An encoder and a decoder whose first layers keep the bias of positions for all; [last] says the last sublayer of
     * a layer.
     */
    fun encoderDecoder(
        name: String,
        config: Config,
        losses: ObjectiveScope.() -> Unit = {},
        last: BlockScope.(layer: Int, stack: String, sizes: Sizes) -> Unit,
    ): Model {
        config.only("is_encoder_decoder", "true")
        // The first two follow from feed_forward_proj; positions are a bias, so that no table ends.
        config.ignore(setOf("dense_act_fn", "is_gated_act", "n_positions", "output_past"))
        val sizes = Sizes(config)
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

    /** The sizes of both stacks. */
    class Sizes(config: Config) {
        val heads = config.count("num_heads")
        val headWidth = config.count("d_kv")
        val hidden = config.count("d_ff")
        val encoderLayers = config.count("num_layers")
        val decoderLayers = config.count("num_decoder_layers", encoderLayers)
        val dropout = config.number("dropout_rate", DROPOUT)
        private val inside = config.choice("feed_forward_proj", insides, "relu")
        val gated = inside.first
        val activation = inside.second
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
