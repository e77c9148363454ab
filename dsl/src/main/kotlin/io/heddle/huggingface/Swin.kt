package io.heddle.huggingface

import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.model.SequenceComponent
import io.heddle.terms.Activation
import io.heddle.terms.Ending
import io.heddle.terms.LayerNorm
import io.heddle.terms.Own
import io.heddle.terms.PatchEdge
import io.heddle.terms.Pooling
import io.heddle.terms.PreNorm
import io.heddle.terms.TruncatedNormal
import io.heddle.terms.WindowEdge
import io.heddle.terms.Windows2d

/** `SwinModel`, with the classifier that was stored beside it (`modeling_swin.py`). */
internal object Swin : Family {
    override val type = "swin"
    override val prefix = "swin."

    override fun model(config: Config, tensors: Tensors): Model {
        variants.forEach(config::only)
        config.ignore(setOf("encoder_stride", "tie_word_embeddings", "hidden_size", "num_layers"))
        config.ignore(setOf("stage_names", "out_features", "out_indices"))
        val stages = Stages(config)
        return model(type, config.count("embed_dim")) {
            layout = PreNorm
            norm = LayerNorm(EPSILON)
            dropout = config.number("hidden_dropout_prob", 0.0)
            attentionDropout = config.number("attention_probs_dropout_prob", 0.0)
            initializer = TruncatedNormal(DEVIATION)
            val picture by
                image(config.count("num_channels", CHANNELS), stages.size) {
                    patches(stages.patch, PatchEdge.Filled)
                    norm()
                }
            // Behind patches and where they merge, norms have the usual epsilon, whatever config.json says.
            val inLayers = LayerNorm(config.number("layer_norm_eps", EPSILON))
            var last: SequenceComponent = picture
            stages.depths.forEachIndexed { stage, depth ->
                val ending = if (stage == stages.depths.lastIndex) Ending.Normed else Ending.Bare
                val blocks = stack(last, depth, Own, ending) { layer -> layer(stages, stage, layer, inLayers) }
                last = blocks named "stage${stage + 1}"
                if (ending == Ending.Bare) last = mergePatches(last) named "merged${stage + 1}"
            }
            if ("classifier.weight" in tensors)
                classify(last, Pooling.Mean, config.classes()) { dropout = 0.0 } named "label"
        }
    }

    private fun BlockScope.layer(stages: Stages, stage: Int, layer: Int, norm: LayerNorm) {
        val window = stages.window(stage)
        val heads = stages.heads[stage]
        attention(heads, headWidth = width / heads) {
            val shift = if (layer % 2 == 1 && stages.shifts(stage)) window / 2 else 0
            mask = Windows2d(window, shift, WindowEdge.Filled)
            relativeBias2d()
        }
        addNorm(norm) { skip = stages.skip(stage, layer) }
        feedForward((stages.ratio * width).toInt()) { activation = stages.activation }
        addNorm(norm)
    }

    /** The sizes of each stage. */
    private class Stages(config: Config) {
        val depths = config.counts("depths", "depths", null)
        val heads = config.counts("num_heads", "depths", depths.size)
        val size = config.count("image_size", SIZE)
        val patch = config.count("patch_size", PATCH)
        val ratio = config.number("mlp_ratio", RATIO)
        val activation: Activation = config.choice("hidden_act", activations, "gelu")
        private val said = config.count("window_size", WINDOW)
        private val skipped = config.number("drop_path_rate", SKIP)

        /** How many positions a row has: what does not divide is rounded up, and filled with zeros. */
        private fun side(stage: Int): Int = if (stage == 0) (size - 1) / patch + 1 else (side(stage - 1) - 1) / 2 + 1

        /** Where a picture has fewer patches than a window, they are one. */
        fun window(stage: Int) = maxOf(1, minOf(said, side(stage)))

        fun shifts(stage: Int) = said < side(stage)

        /** From nothing in the first layer to all of the rate in the last (`torch.linspace`). */
        fun skip(stage: Int, layer: Int): Double {
            val all = depths.sum()
            return if (all < 2) 0.0 else skipped * (depths.take(stage).sum() + layer) / (all - 1)
        }
    }

    private val variants =
        mapOf(
            "is_encoder_decoder" to "false",
            "qkv_bias" to "true",
            "use_absolute_embeddings" to "false",
            "patch_norm" to "true",
            "path_norm" to "true",
        )
    private const val SIZE = 224
    private const val PATCH = 4
    private const val CHANNELS = 3
    private const val WINDOW = 7
    private const val RATIO = 4.0
    private const val SKIP = 0.1
    private const val EPSILON = 1e-5
    private const val DEVIATION = 0.02
}
