package io.heddle.specs.language.messages

import io.heddle.huggingface.HuggingFaceModels
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What is told of a `config.json` that describes more, or less, than Heddle knows. */
class ConfigMessagesSpec :
    FunSpec({
        fun read(config: String) = told { HuggingFaceModels.read(config, "config.json", listOf()) }

        val gpt2 = """"model_type": "gpt2", "n_embd": 8, "n_head": 2, "n_layer": 1, "vocab_size": 5, "n_positions": 4"""

        val llama =
            """"model_type": "llama", "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 1""" +
                """, "vocab_size": 5, "intermediate_size": 8"""
        val swin = """"model_type": "swin", "embed_dim": 8, "patch_size": 2"""

        test("it is no object") {
            read("[]") shouldRead
                """
                config.json: this describes no model
                  An object is expected: {"model_type": "gpt2", ...}
                """
        }

        test("a family that Heddle does not know") {
            read("{\"model_type\": \"gpt3\"}") shouldRead
                """
                config.json: $.model_type: there is no such model_type
                  model_type = "gpt3"  config.json:1
                  Did you mean "gpt2"? Known are "gpt2", "llama", "bert", "albert", "bart", "t5", "switch_transformers", "vit", "swin", "clip", "longformer", "big_bird", "reformer", "transfo-xl".
                """
        }

        test("a key that is missing, one of another kind, one that Heddle has nothing for, and one it does not know") {
            read(
                """
                {
                  "model_type": "gpt2",
                  "n_embd": 8.5,
                  "n_head": 2,
                  "n_layer": 0,
                  "n_positions": 4,
                  "activation_function": "gelu_newer",
                  "add_cross_attention": true,
                  "n_innner": 9
                }
                """
                    .trimIndent()
            ) shouldRead
                """
                config.json: $.add_cross_attention: Heddle has no model like this
                  add_cross_attention = true  config.json:8
                  It reads false here alone: another value computes something else.

                config.json: $.n_embd: not a whole number
                  n_embd = 8.5  config.json:3
                  Write a whole number, as in 8.

                config.json: $.n_layer: out of range
                  n_layer = 0  config.json:5
                  Write one between 1 and 2147483647.

                config.json: $.activation_function: there is no such activation_function
                  activation_function = "gelu_newer"  config.json:7
                  Did you mean "gelu_new"? Known are "gelu", "gelu_python", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "quick_gelu", "relu", "relu2", "silu", "swish", "sigmoid", "tanh".

                config.json: $.vocab_size: the key is missing
                  object = {...}  config.json:1
                  Add "vocab_size": a whole number, as in 8.

                config.json: $.n_innner: the key is unknown
                  n_innner = 9  config.json:9
                  Did you mean "n_inner"? Heddle cannot tell what it changes. Where it changes no number, take it out.
                """
        }

        test("positions that reach further in a way that Heddle has not") {
            read("""{$llama, "rope_scaling": {"rope_type": "yarn", "factor": 2.0}}""") shouldRead
                """
                config.json: $.rope_scaling.rope_type: there is no such rope_type
                  rope_type = "yarn"  config.json:1
                  Known are "default", "linear", "llama3".
                """
        }

        test("sizes that do not fit each other") {
            read("{${gpt2.replace("\"n_head\": 2", "\"n_head\": 3")}}") shouldRead
                """
                config.json: $.n_embd: n_head does not divide it
                  n_embd = 8  config.json:1
                  Take the config.json that belongs to these weights.
                """
            read("""{$swin, "depths": [1, 1], "num_heads": [2], "image_size": 16, "window_size": 4}""") shouldRead
                """
                config.json: $.num_heads: it has another length than depths
                  num_heads = [...]  config.json:1
                  Write 2 numbers, one for each.
                """
        }

        fun noted(config: String) =
            HuggingFaceModels.read(config, "config.json", listOf(ROUTER)).notes.joinToString("\n\n") { it.render() }

        test("what a reference does otherwise with the same weights is noted") {
            val switch =
                """"model_type": "switch_transformers", "d_model": 8, "num_heads": 2, "d_kv": 4, "d_ff": 8""" +
                    """, "num_layers": 1, "vocab_size": 5, "num_experts": 2"""
            noted("{$switch, \"expert_capacity\": 3}") shouldRead
                """
                config.json: $.expert_capacity: here an expert has room for all words
                  expert_capacity = 3  config.json:1
                  There it has room for 3 of a text, and others pass it by: longer texts may have other numbers there.
                """
            noted("{$switch}") shouldRead
                """
                config.json: $.expert_capacity: here an expert has room for all words
                  expert_capacity = 64   from it is left out  config.json:1
                  There it has room for 64 of a text, and others pass it by: longer texts may have other numbers there.
                """
            HuggingFaceModels.read("{$switch}", "config.json", listOf()).notes.shouldBeEmpty()
            val bigBird =
                """"model_type": "big_bird", "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 1""" +
                    """, "vocab_size": 5, "intermediate_size": 8, "max_position_embeddings": 64"""
            noted("{$bigBird, \"attention_type\": \"block_sparse\", \"block_size\": 4}") shouldRead
                """
                config.json: $.attention_type: here other blocks are drawn, for texts of any length
                  attention_type = "block_sparse"  config.json:1
                  There NumPy draws them, and in texts of up to 44 words all see all: both have other numbers there.
                """
            noted("{$bigBird, \"attention_type\": \"original_full\"}") shouldRead ""
            val reformer =
                """"model_type": "reformer", "hidden_size": 8, "num_attention_heads": 2, "attention_head_size": 4""" +
                    """, "vocab_size": 5, "feed_forward_size": 8, "max_position_embeddings": 6""" +
                    """, "attn_layers": ["local"], "is_decoder": true, "axial_pos_embds": false"""
            noted("{$reformer, \"local_attn_chunk_length\": 5, \"local_num_chunks_before\": 3}") shouldRead
                """
                config.json: $.local_num_chunks_before: here every word is seen once
                  local_num_chunks_before = 3  config.json:1
                  There, texts of 6 to 15 words have too few pieces, and some are seen twice: they have other numbers there.
                """
            noted("{$reformer}") shouldRead ""
        }

        test("windows that have no half") {
            val longformer =
                """"model_type": "longformer", "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 2""" +
                    """, "vocab_size": 5, "intermediate_size": 8, "max_position_embeddings": 6"""
            read("""{$longformer, "attention_window": [4, 5]}""") shouldRead
                """
                config.json: $.attention_window: an odd size
                  attention_window = [...]  config.json:1
                  Half of a window lies on each side: take even sizes.
                """
        }

        test("a key that is left out, and stands for what Heddle has nothing for") {
            val reformer =
                """"model_type": "reformer", "hidden_size": 8, "num_attention_heads": 2, "attention_head_size": 4""" +
                    """, "vocab_size": 5, "feed_forward_size": 8, "max_position_embeddings": 6""" +
                    """, "attn_layers": ["local"]"""
            read("{$reformer}") shouldRead
                """
                config.json: $.is_decoder: the key is left out, and stands for false
                  object = {...}  config.json:1
                  Heddle reads true here alone. Where the model is like that, write it.
                """
        }

        test("a key that stands there twice") {
            read("{$gpt2, \"n_layer\": 2}") shouldRead
                """
                config.json: $.n_layer: the key stands here 2 times
                  n_layer = 1  config.json:1
                  n_layer = 2  config.json:1
                  Keep one.
                """
        }
    })

private const val ROUTER = "encoder.block.0.layer.1.mlp.router.classifier.weight"
