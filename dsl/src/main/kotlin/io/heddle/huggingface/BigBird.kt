package io.heddle.huggingface

import io.heddle.json.quoted
import io.heddle.messages.ConfigMessages
import io.heddle.model.Model
import io.heddle.terms.Blocks
import io.heddle.terms.Everything
import io.heddle.terms.Global
import io.heddle.terms.Random
import io.heddle.terms.Window

/**
 * `BigBirdForMaskedLM` (`modeling_big_bird.py`). Blocks of words see themselves, their neighbours, the first and the
 * last block and some that are drawn: there with the numbers of NumPy for each length of a text, here with Heddle's,
 * which is noted.
 */
internal object BigBird : Family {
    override val type = "big_bird"
    override val prefix = "bert."

    override fun model(config: Config, tensors: Tensors): Model {
        config.only("rescale_embeddings", "false")
        config.only("use_bias", "true")
        config.ignore(setOf("tie_word_embeddings"))
        val sparse = config.choice("attention_type", mapOf("block_sparse" to true, "original_full" to false), BLOCKS)
        val block = config.count("block_size", BLOCK_SIZE)
        val drawn = config.count("num_random_blocks", DRAWN)
        if (sparse)
            config.note("attention_type", quoted(BLOCKS)) { ConfigMessages.otherBlocks((SEEN + 2L * drawn) * block) }
        val words = WordEncoder(config, "gelu_new")
        val seen = if (sparse) Blocks(block) of (Window(1) or Global(0, -1) or Random(drawn, seed = 0)) else Everything
        return words.model(type, attend = { mask = seen }) { text, encoder ->
            if ("cls.predictions.transform.dense.weight" in tensors) words.fillIn(this, text, encoder, words.activation)
        }
    }

    private const val BLOCKS = "block_sparse"
    private const val BLOCK_SIZE = 64
    private const val DRAWN = 3

    /** How many blocks a block sees that are not drawn, with its own, in the reference's count. */
    private const val SEEN = 5
}
