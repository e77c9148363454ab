package io.heddle.huggingface

import io.heddle.model.Model
import io.heddle.terms.Gelu
import io.heddle.terms.Global
import io.heddle.terms.Window

/**
 * `LongformerForMaskedLM` (`modeling_longformer.py`). Which words see all is said with each text there; here it is the
 * first, as its authors do for whole texts.
 */
internal object Longformer : Family {
    override val type = "longformer"
    override val prefix = "longformer."

    override fun model(config: Config, tensors: Tensors): Model {
        config.ignore(setOf("onnx_export", "attention_mode", "ignore_attention_mask", "tie_word_embeddings"))
        // The first word's row stands after that of the padding (create_position_ids_from_input_ids).
        val words = WordEncoder(config, "gelu", unused = config.place("pad_token_id", PADDING) + 1)
        val windows = config.counts("attention_window", "num_hidden_layers", words.layers, WINDOW)
        config.even("attention_window", windows)
        return words.model(
            type,
            attend = { layer ->
                mask = Window(windows[layer] / 2) or Global(0)
                globalProjections()
            },
        ) { text, encoder ->
            if ("lm_head.dense.weight" in tensors) words.fillIn(this, text, encoder, Gelu)
        }
    }

    private const val PADDING = 1
    private const val WINDOW = 512
}
