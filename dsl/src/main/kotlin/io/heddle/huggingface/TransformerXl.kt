package io.heddle.huggingface

import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.Causal
import io.heddle.terms.LayerNorm
import io.heddle.terms.Mask
import io.heddle.terms.Normal
import io.heddle.terms.Window

/** `TransfoXLModel` with one table for all words (`modeling_transfo_xl.py`). */
internal object TransformerXl : Family {
    override val type = "transfo-xl"
    override val prefix = ""

    override fun model(config: Config, tensors: Tensors): Model {
        variants.forEach(config::only)
        config.ignore(trainings)
        val width = config.count("d_model")
        config.only("d_embed", "$width")
        val heads = config.count("n_head")
        val memory = config.count("mem_len")
        val alike = config.truth("same_length", true)
        val hidden = config.count("d_inner")
        val dropped = config.number("dropout", DROPOUT)
        val clamp = config.number("clamp_len", CLAMP)
        // Distances end at it; where no word sees further, that changes nothing.
        if (clamp > 0 && !(alike && clamp >= memory - 1)) config.onlyIfSaid("clamp_len", "-1", usual = "1000")
        // A word sees as many before it as are remembered, itself not counted, whatever stands before them.
        val seen: Mask = if (alike) Causal and Window(maxOf(0, memory - 1)) else Causal
        return model(type, width) {
            norm = LayerNorm(config.number("layer_norm_epsilon", EPSILON))
            dropout = dropped
            attentionDropout = config.number("dropatt", 0.0)
            initializer = Normal(DEVIATION)
            val text by tokens(config.count("vocab_size")) { scaled() }
            val headWidth = config.count("d_head")
            stack(text, config.count("n_layer")) {
                attention(heads, headWidth = headWidth) {
                    mask = seen
                    relativeSinusoidal()
                    memory(memory)
                    bias = false
                }
                addNorm()
                feedForward(hidden) { dropout = dropped }
                addNorm()
            } named "decoder"
        }
    }

    private val variants =
        mapOf(
            "is_encoder_decoder" to "false",
            "cutoffs" to "[]",
            "div_val" to "1",
            "pre_lnorm" to "false",
            "attn_type" to "0",
            "untie_r" to "true",
            "proj_share_all_but_first" to "true",
        )
    private val trainings =
        setOf("adaptive", "sample_softmax", "init", "init_range", "proj_init_std", "tie_projs", "tie_weight")
            .plus(setOf("tie_word_embeddings", "tgt_len", "ext_len", "layer_norm_eps"))
    private const val CLAMP = 1000.0
    private const val EPSILON = 1e-5
    private const val DROPOUT = 0.1
    private const val DEVIATION = 0.02
}
