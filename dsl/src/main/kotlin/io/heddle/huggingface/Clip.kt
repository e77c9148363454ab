package io.heddle.huggingface

import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.Activation
import io.heddle.terms.LayerNorm
import io.heddle.terms.Pooling
import io.heddle.terms.PreNorm
import io.heddle.terms.Temperature
import kotlin.math.exp

/** `CLIPModel` (`modeling_clip.py`). What its inner objects leave out has the values of CLIP's smallest model. */
internal object Clip : Family {
    override val type = "clip"
    override val prefix = ""

    override fun model(config: Config, tensors: Tensors): Model {
        config.only("is_encoder_decoder", "false")
        config.ignore(setOf("tie_word_embeddings"))
        val texts = config.tower("text_config")
        val pictures = config.tower("vision_config")
        val reading = Tower(texts, TEXT_WIDTH, TEXT_HIDDEN, TEXT_HEADS)
        val viewing = Tower(pictures, PICTURE_WIDTH, PICTURE_HIDDEN, PICTURE_HEADS)
        val words = texts.count("vocab_size", VOCABULARY)
        val positions = texts.count("max_position_embeddings", POSITIONS)
        pictures.divides("patch_size", "image_size")
        val channels = pictures.count("num_channels", CHANNELS)
        val size = pictures.count("image_size", SIZE)
        val side = pictures.count("patch_size", PATCH)
        listOf(texts, pictures).forEach { it.finish() }
        val start = exp(-config.number("logit_scale_init_value", SCALE))
        val shared = config.count("projection_dim", PROJECTION)
        return model(type, reading.width) {
            layout = PreNorm
            norm = reading.norm
            val text by tokens(words) { learnedPositions(positions) }
            val picture by
                image(channels, size, width = viewing.width) {
                    patches(side)
                    bias = false
                    classToken()
                    learnedPositions()
                    norm(viewing.norm)
                }
            val reader by stack(text, reading.layers) { layer(reading, causal = true) }
            val viewer by stack(picture, viewing.layers) { layer(viewing, causal = false) }
            val caption by pool(reader, Pooling.Last)
            val scene by pool(viewer, Pooling.First)
            contrast(scene, caption, shared, Temperature.Learned(start)) named "similarity"
        }
    }

    /** What early releases wrote as `text_config_dict` counts more, with the usual values for what it leaves out. */
    private fun Config.tower(key: String): Config {
        ignore(setOf(key))
        return inner("${key}_dict") ?: requiredInner(key)
    }

    private fun BlockScope.layer(tower: Tower, causal: Boolean) {
        attention(tower.heads, headWidth = width / tower.heads) {
            if (causal) causal()
            dropout = tower.dropout
        }
        addNorm(tower.norm)
        feedForward(tower.hidden) { activation = tower.activation }
        addNorm(tower.norm)
    }

    /** The sizes of one of the two encoders. */
    private class Tower(config: Config, width: Int, hidden: Int, heads: Int) {
        init {
            config.ignore(withoutNumbers)
            config.ignore(setOf("projection_dim", "tie_word_embeddings"))
            oneValue.forEach(config::only)
            config.only("is_encoder_decoder", "false")
            config.only("dropout", "0")
            config.divides("num_attention_heads", "hidden_size")
        }

        val width = config.count("hidden_size", width)
        val hidden = config.count("intermediate_size", hidden)
        val heads = config.count("num_attention_heads", heads)
        val layers = config.count("num_hidden_layers", LAYERS)
        val activation: Activation = config.choice("hidden_act", activations, "quick_gelu")
        val norm = LayerNorm(config.number("layer_norm_eps", EPSILON))
        val dropout = config.number("attention_dropout", 0.0)
    }

    private const val TEXT_WIDTH = 512
    private const val TEXT_HIDDEN = 2048
    private const val TEXT_HEADS = 8
    private const val PICTURE_WIDTH = 768
    private const val PICTURE_HIDDEN = 3072
    private const val PICTURE_HEADS = 12
    private const val LAYERS = 12
    private const val VOCABULARY = 49_408
    private const val POSITIONS = 77
    private const val CHANNELS = 3
    private const val SIZE = 224
    private const val PATCH = 32
    private const val PROJECTION = 512
    private const val EPSILON = 1e-5
    private const val SCALE = 2.6592
}
