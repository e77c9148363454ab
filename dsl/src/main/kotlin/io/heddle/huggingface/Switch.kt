package io.heddle.huggingface

import io.heddle.dsl.ObjectiveScope
import io.heddle.huggingface.T5.feedForward
import io.heddle.messages.ConfigMessages
import io.heddle.model.Model
import io.heddle.terms.Among

/**
 * `SwitchTransformersForConditionalGeneration` (`modeling_switch_transformers.py`). Its experts have room for
 * `expert_capacity` words of a text; here each has room for all, which is the same for texts that are no longer, and is
 * noted.
 */
internal object Switch : Family {
    override val type = "switch_transformers"
    override val prefix = ""

    override fun model(config: Config, tensors: Tensors): Model {
        config.only("router_bias", "false")
        config.only("router_ignore_padding_tokens", "false")
        config.ignore(trainings)
        // Which layers have experts is seen in the tensors: releases read the numbers differently.
        config.ignore(setOf("num_sparse_encoder_layers", "num_sparse_decoder_layers"))
        config.ignore(setOf("encoder_sparse_step", "decoder_sparse_step"))
        val count = config.count("num_experts")
        val balance = config.number("router_aux_loss_coef", LOSS)
        val size = config.number("router_z_loss_coef", LOSS)
        val capacity = config.count("expert_capacity", CAPACITY)
        var sparse = false
        val losses: ObjectiveScope.() -> Unit = {
            if (sparse && balance > 0) loadBalance("**", balance, Among.Sequence)
            if (sparse && size > 0) routerSize("**", size)
        }
        return T5.encoderDecoder(type, config, T5.Sizes(config, T5.Inside.ungated(config)), losses) {
                layer,
                stack,
                sizes ->
                val last = if (stack == "decoder") DECODER_LAST else ENCODER_LAST
                if ("$stack.block.$layer.layer.$last.mlp.router.classifier.weight" in tensors) {
                    sparse = true
                    experts(count, topK = 1, capacity = count.toDouble()) {
                        feedForward(sizes.hidden) {
                            activation = sizes.activation
                            dropout = sizes.dropout
                        }
                    }
                } else feedForward(sizes)
            }
            .also { if (sparse) config.note("expert_capacity", "$CAPACITY") { ConfigMessages.roomForAll(capacity) } }
    }

    private val trainings = setOf("router_jitter_noise", "router_dtype", "add_router_probs", "router_type")

    /** For how many words of a text an expert has room where nothing is said. */
    private const val CAPACITY = 64

    /** What both losses of routers count where nothing is said. */
    private const val LOSS = 0.001

    /** Which sublayers of a layer the experts are. */
    private const val ENCODER_LAST = 1
    private const val DECODER_LAST = 2
}
