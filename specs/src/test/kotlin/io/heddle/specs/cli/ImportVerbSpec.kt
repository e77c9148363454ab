package io.heddle.specs.cli

import io.heddle.specs.huggingface.huggingFaceFolder
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.readBytes
import kotlin.io.path.writeText

/** A checkpoint of Hugging Face transformers is imported, writes, is measured, and is exported. */
class ImportVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())

        /** Words for the small models of the reference: `a0` to `a59`. */
        fun tokenizer(folder: Path) {
            val words = (0 until 60).joinToString { "\"a$it\": $it" }
            (folder / "tokenizer.json").writeText(
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {$words}, "unk_token": "a0"}}
                """
                    .trimIndent()
            )
        }

        for (name in listOf("gpt2_lm", "llama_lm", "bart_cg", "vit_cls")) huggingFaceFolder(name, desk.folder / name)
        listOf("gpt2_lm", "llama_lm", "bart_cg").forEach { tokenizer(desk.folder / it) }

        desk.file("text.txt", (0 until 80).joinToString(" ") { "a${it % 60}" })

        "GPT-2 is imported, goes on with a text, foretells one, and is written again" {
            desk.heddle("import", "./gpt2_lm", "--out", "./gpt2") shouldBe
                Ran(0, "gpt2: 16,704 parameters from 31 tensors, in gpt2\n", "")
            val written = desk.heddle("generate", "./gpt2", "--prompt", "a7 a1", "--greedy", "--tokens", "3")
            written.status shouldBe 0
            written.out shouldStartWith "a7 a1"
            desk.heddle("evaluate", "./gpt2", "--text", "text.txt").out shouldStartWith
                "windows of tokens         32\ntokens                    79\n"
            desk.heddle("export", "./gpt2", "--out", "./again") shouldBe Ran(0, "31 tensors, in again\n", "")
            for (file in listOf("config.json", "tokenizer.json", "model.safetensors")) {
                (desk.folder / "again" / file).readBytes() shouldBe (desk.folder / "gpt2_lm" / file).readBytes()
            }
        }

        "of LLaMA, whose positions turn, it has to be said how long a window is" {
            desk.heddle("import", "./llama_lm", "--out", "./llama").status shouldBe 0
            desk.heddle("generate", "./llama", "--prompt", "a7 a1", "--greedy", "--tokens", "3").status shouldBe 0
            desk.heddle("evaluate", "./llama", "--text", "text.txt") shouldBe
                Ran(
                    2,
                    "",
                    "heddle: this model was imported without a recipe: say --context N.\n" +
                        "  See heddle evaluate --help.\n",
                )
            desk.heddle("evaluate", "./llama", "--text", "text.txt", "--context", "16").status shouldBe 0
            desk.heddle("evaluate", "./llama", "--pairs", "text.txt").status shouldBe 2
        }

        "what writes nothing, and what has no tokenizer, is told" {
            desk.heddle("import", "./vit_cls", "--out", "./vit") shouldBe
                Ran(0, "vit: 10,741 parameters from 40 tensors, without a tokenizer, in vit\n", "")
            desk.heddle("generate", "./vit", "--prompt", "a7") shouldBe
                Ran(
                    1,
                    "",
                    "vit: \"vit\" has no scores over tokens\n" +
                        "  It can neither write nor foretell a text. A program can run it: see RunnableModel.\n",
                )
            huggingFaceFolder("gpt2_lm", desk.folder / "silent")
            desk.heddle("import", "./silent", "--out", "./mute").status shouldBe 0
            desk.heddle("generate", "./mute", "--prompt", "a7") shouldBe
                Ran(
                    1,
                    "",
                    "mute: it was imported without a tokenizer\n" +
                        "  Import a folder with a tokenizer.json beside its config.json.\n",
                )
        }

        "what the reference computes otherwise from the same weights is noted" {
            huggingFaceFolder("bigbird_mlm", desk.folder / "bigbird")
            val ran = desk.heddle("import", "./bigbird", "--out", "./sparse")
            ran.status shouldBe 0
            ran.out.lines().drop(1).joinToString("\n").replace(Regex("json:\\d+"), "json") shouldBe
                """
                bigbird/config.json: $.attention_type: here other blocks are drawn, for texts of any length
                  attention_type = "block_sparse"  bigbird/config.json
                  There NumPy draws them, and in texts of up to 28 words all see all: both have other numbers there.

                """
                    .trimIndent()
        }

        "a decoder that does not say how it begins is told" {
            huggingFaceFolder("bart_cg", desk.folder / "headless", mapOf("decoder_start_token_id" to null))
            tokenizer(desk.folder / "headless")
            desk.heddle("import", "./headless", "--out", "./bart").status shouldBe 0
            desk.heddle("generate", "./bart", "--prompt", "a7") shouldBe
                Ran(
                    1,
                    "",
                    "bart: nothing says which token an answer begins with\n" +
                        "  Add \"decoder_start_token_id\" to the config.json, and import the folder again.\n",
                )
        }

        "only what was imported is exported" {
            desk.file("letters.txt", "abcd\n".repeat(200))
            desk.file(
                "tiny.model.kts",
                "$tiny\nval training = recipe(text(\"letters.txt\", context = 4), steps = 4) { batch(2) }\n",
            )
            desk.heddle("train", "tiny.model.kts", "--out", "./run").status shouldBe 0
            desk.heddle("export", "./run", "--out", "./nowhere") shouldBe
                Ran(
                    1,
                    "",
                    "run: this was trained here, and not imported\n" +
                        "  Only what heddle import wrote can be exported: it knows its names there.\n",
                )
        }
    })
