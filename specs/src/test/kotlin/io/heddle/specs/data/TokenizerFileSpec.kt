package io.heddle.specs.data

import io.heddle.runtime.data.tokenizer.Llama2cTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec

/** What a tokenizer's file says wrongly is told by its place. */
class TokenizerFileSpec :
    StringSpec({
        val folder = folder()

        fun refused(text: String) = refusal(folder) { Tokenizer.load(folder.text("tokenizer.json", text)) }

        fun refused(kind: String, values: String) =
            refused("{\"format\": \"heddle-tokenizer/1\", \"kind\": \"$kind\", $values}")

        fun refusedVocabulary(text: String) =
            refusal(folder) { Llama2cTokenizer.readVocabulary(folder.text("vocab.json", text)) }

        fun piece(text: String) = "{\"piece\": \"$text\", \"score\": 0}"

        fun mend(place: String, what: String) =
            "tokenizer.json $place: $what is expected here\n" +
                "  Copy the file again from the checkpoint that the tokenizer came from."

        "it is an object" {
            refused("[]") shouldRead
                """
                tokenizer.json: the file is no tokenizer: its JSON is not an object
                  Name a tokenizer.json.
                """
        }

        "it holds strings and lists" {
            refused("{\"format\": 1}") shouldRead mend("$.format", "a string")
            refused("words", "\"words\": {}") shouldRead mend("$.words", "a list")
            refused("words", "\"words\": [\"a\", 1]") shouldRead mend("$.words[1]", "a string")
        }

        "its words are there once, and its special tokens are known" {
            refused("words", "\"words\": [\"a\", \"a\"]") shouldRead mend("$.words", "a list without repeated words")
            refused("characters", "\"vocabulary\": [\"a\"], \"special\": [\"<s>\"]") shouldRead
                mend("$.special", "the list [<pad>, <s>, </s>]")
        }

        "one of Hugging Face's has a vocabulary" {
            refused("{\"model\": {\"vocab\": 3}}") shouldRead mend("$.model.vocab", "a vocabulary")
        }

        "a vocabulary of llama2.c is a list of pieces, of which one is a space" {
            refusedVocabulary("{}") shouldRead
                """
                vocab.json: the file is no vocabulary: its JSON is not a list
                  Name a file of the form [{"id": 0, "piece": "<unk>", "score": 0.0}, ...].
                """
            refusedVocabulary("[3]") shouldRead
                """
                vocab.json $[0]: a piece with its score is expected here
                  It is written {"piece": "he", "score": -1.0}, bytes of the piece as Latin-1.
                """
            val bytes = (0..255).map { "<0x%02X>".format(it) }
            refusedVocabulary(
                (listOf("<unk>", "<s>", "</s>") + bytes).joinToString(",", "[", "]") { piece(it) }
            ) shouldRead
                """
                vocab.json $: there is no piece for a space
                  A text is encoded with a space before it: use a vocabulary that has one.
                """
        }
    })
