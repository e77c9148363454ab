package io.heddle.specs.data

import io.heddle.runtime.data.text.TextOrigin
import io.heddle.runtime.data.tokenizer.SpecialIds
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.util.OptionalInt
import kotlin.io.path.copyTo

class HuggingFaceTokenizerSpec :
    StringSpec({
        val file = resource("tokenizers/hello-bpe/tokenizer.json")
        val tokenizer = Tokenizer.load(file)

        "text has the ids of its merges, not cut to the length that the file asks for" {
            tokenizer.encode("hello world! hé") shouldBe intArrayOf(16, 17, 5, 7, 4, 8, 9, 10, 2, 11, 12)
            tokenizer.encode("") shouldBe intArrayOf()
        }

        "a prompt has the special tokens that the file puts around it" {
            tokenizer.prompt("he", TextOrigin.startOf("--prompt")) shouldBe intArrayOf(0, 13)
        }

        "ids read as their text, without special tokens" {
            tokenizer.decode(intArrayOf(0, 16, 17, 5, 7, 4, 8, 1, 18)) shouldBe "hello world"
        }

        "a token alone is told as it is read, and a special one by its name" {
            listOf(0, 16, 17, 1, 18).map { tokenizer.piece(it) } shouldBe listOf("<s>", "hello", " w", "</s>", "<pad>")
        }

        "its size counts the tokens that were added" { tokenizer.vocabularySize() shouldBe 19 }

        "special tokens are found by their usual names" {
            tokenizer.specialIds() shouldBe
                SpecialIds(OptionalInt.of(18), OptionalInt.of(0), OptionalInt.of(1), OptionalInt.empty())
        }

        "special tokens of the usual names count where none were added, and give no text" {
            val folder = folder()
            folder.text(
                "tokenizer.json",
                """
                {"version": "1.0", "added_tokens": [], "pre_tokenizer": {"type": "Whitespace"},
                 "model": {"type": "WordLevel", "unk_token": "<unk>",
                           "vocab": {"<unk>": 0, "<pad>": 1, "<s>": 2, "</s>": 3, "one": 4, "two": 5}}}
                """,
            )
            val words = Tokenizer.load(folder)
            words.specialIds() shouldBe
                SpecialIds(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(3), OptionalInt.of(0))
            words.decode(intArrayOf(2, 4, 5, 3, 1)) shouldBe "one two"
        }

        "special tokens are those that the configuration beside it names" {
            val folder = folder()
            file.copyTo(folder.resolve("tokenizer.json"))
            folder.text("tokenizer_config.json", """{"eos_token": {"content": "!"}, "unk_token": "<s>"}""")
            Tokenizer.load(folder).specialIds() shouldBe
                SpecialIds(OptionalInt.of(18), OptionalInt.of(0), OptionalInt.of(9), OptionalInt.of(0))
        }

        "while streaming, a character is printed when it is whole" {
            val decoder = tokenizer.streamingDecoder()
            listOf(0, 16, 17, 11, 12, 9, 1).map { decoder.next(it) } shouldBe
                listOf("", "hello", " w", "", "é", "!", "")
            decoder.finish() shouldBe ""
        }

        "saved and loaded, it is the same tokenizer" {
            val folder = folder()
            tokenizer.save(folder)
            Tokenizer.load(folder) shouldBe tokenizer
        }

        "JSON that is no tokenizer is refused" {
            val folder = folder()
            refusal(folder) { Tokenizer.load(folder.text("a.json", "{}")) } shouldBe
                """
                a.json $.model: a tokenizer's model is expected here
                  Copy the file again from the checkpoint that the tokenizer came from.
                """
                    .trimIndent()
            refusal(folder) { Tokenizer.load(folder.text("b.json", "{,}")) } shouldBe
                """
                b.json: the file is not JSON
                  Copy the file again from where the tokenizer came from.
                """
                    .trimIndent()
            refusal(folder) { Tokenizer.load(folder.text("c.json", """{"format": "heddle-tokenizer/2"}""")) } shouldBe
                """
                c.json $.format: the format "heddle-tokenizer/2" is unknown
                  This version of Heddle reads "heddle-tokenizer/1"; a later one may have written the file.
                """
                    .trimIndent()
            refusal(folder) { Tokenizer.load(folder.text("d.json", """{"model": {"type": "None", "vocab": {}}}""")) }
                .replace(Regex("says = .*"), "says = what it says") shouldBe
                """
                d.json: the file is no tokenizer of Hugging Face's tokenizers
                  its library says = what it says
                  Use the tokenizer.json that belongs to the model, or one that its tokenizers library has saved.
                """
                    .trimIndent()
        }

        "Heddle's own files are read strictly" {
            val folder = folder()
            val start = """{"format": "heddle-tokenizer/1", "kind": """
            refusal(folder) { Tokenizer.load(folder.text("e.json", start + "\"subwords\"}")) } shouldBe
                """
                e.json $.kind: the kind of tokenizer "subwords" is unknown
                  The kinds are characters, words, wordsAndEndings and llama2c.
                """
                    .trimIndent()
            refusal(folder) {
                Tokenizer.load(folder.text("f.json", start + "\"words\", \"words\": [\"a\"], \"word\": 1}"))
            } shouldBe
                """
                f.json $.word: the key is unknown
                  A tokenizer of this kind has the keys format, kind and words.
                """
                    .trimIndent()
            refusal(folder) {
                Tokenizer.load(folder.text("g.json", start + "\"characters\", \"vocabulary\": [\"b\", \"a\"]}"))
            } shouldBe
                """
                g.json $.vocabulary[1]: one character, after the one before it in Unicode, is expected here
                  Copy the file again from the checkpoint that the tokenizer came from.
                """
                    .trimIndent()
        }
    })
