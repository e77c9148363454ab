package io.heddle.huggingface

/** Keys of any `config.json` that change no number of a model: names, how texts are written, how it was run. */
internal val withoutNumbers: Set<String> =
    setOf("model_type", "transformers_version", "_name_or_path", "_commit_hash", "name_or_path", "architectures")
        .plus(setOf("torch_dtype", "dtype", "use_cache", "return_dict", "output_hidden_states", "output_attentions"))
        .plus(setOf("torchscript", "use_bfloat16", "tf_legacy_loss", "finetuning_task", "id2label", "label2id"))
        .plus(setOf("num_labels", "problem_type", "tokenizer_class", "prefix", "task_specific_params"))
        .plus(setOf("bos_token_id", "pad_token_id", "eos_token_id", "sep_token_id", "decoder_start_token_id"))
        .plus(setOf("_num_labels", "output_past", "save_step"))
        .plus(setOf("mask_token_id", "gradient_checkpointing", "chunk_size_feed_forward", "classifier_dropout"))
        .plus(setOf("attn_implementation", "_attn_implementation", "_attn_implementation_autoset"))
        .plus(setOf("max_length", "min_length", "do_sample", "early_stopping", "num_beams", "num_beam_groups"))
        .plus(setOf("diversity_penalty", "temperature", "top_k", "top_p", "typical_p", "repetition_penalty"))
        .plus(setOf("length_penalty", "no_repeat_ngram_size", "encoder_no_repeat_ngram_size", "bad_words_ids"))
        .plus(setOf("num_return_sequences", "output_scores", "return_dict_in_generate", "forced_bos_token_id"))
        .plus(setOf("forced_eos_token_id", "remove_invalid_values", "exponential_decay_length_penalty"))
        .plus(setOf("suppress_tokens", "begin_suppress_tokens", "initializer_range", "initializer_factor", "init_std"))

/** Keys that any model may have, with the one value that Heddle's models are like. */
internal val oneValue: Map<String, String> =
    mapOf(
        "pruned_heads" to "{}",
        "add_cross_attention" to "false",
        "tie_encoder_decoder" to "false",
        "is_decoder" to "false",
    )
