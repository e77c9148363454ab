package io.heddle.specs.data

import io.heddle.runtime.data.text.TextOrigin
import io.heddle.runtime.data.tokenizer.Llama2cTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.codepoints
import io.kotest.property.arbitrary.filter
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

private fun JsonObject.text(key: String): String = getValue(key).jsonPrimitive.content

private fun JsonObject.ids(key: String): IntArray = getValue(key).jsonArray.map { it.jsonPrimitive.int }.toIntArray()

class Llama2cTokenizerSpec :
    StringSpec({
        val tokenizer = Llama2cTokenizer.readVocabulary(resource("llama2c/vocab.json"))
        val expected = Json.parseToJsonElement(resource("llama2c/expected.json").readText()).jsonObject
        val prompts = expected.getValue("torch_reference").jsonArray.map { it.jsonObject }

        "prompts have the ids of the reference" {
            prompts shouldHaveSize 4
            prompts.forEach { prompt ->
                tokenizer.prompt(prompt.text("prompt"), TextOrigin.startOf("--prompt")) shouldBe
                    prompt.ids("prompt_ids")
            }
        }

        "the reference's ids read as its texts" {
            prompts.forEach { tokenizer.decode(it.ids("greedy_ids")) shouldBe it.text("text") }
        }

        "the published story reads from its tokens, one by one" {
            val decoder = tokenizer.streamingDecoder()
            val pieces = expected.ids("greedy_ids").map { decoder.next(it) } + decoder.finish()
            pieces.joinToString("") shouldBe expected.text("published_greedy_200_steps")
        }

        "the published story has the tokens that it was told in" {
            val story = expected.text("published_greedy_200_steps")
            tokenizer.prompt(story, TextOrigin.startOf("story")) shouldBe expected.ids("greedy_ids")
        }

        "any Unicode text comes back whole, by its bytes where there is no piece" {
            checkAll(Arb.string(0..40, Arb.codepoints().filter { it.value !in 0xD800..0xDFFF })) { text ->
                tokenizer.decode(tokenizer.encode(text)) shouldBe text
            }
        }

        "a character of several tokens is printed when it is whole" {
            val decoder = tokenizer.streamingDecoder()
            val ids = tokenizer.encode("a😀b")
            ids.map { decoder.next(it) } shouldBe listOf("a", "", "", "", "😀", "b")
            decoder.finish() shouldBe ""
        }

        "a character that never becomes whole ends as a replacement character" {
            val decoder = tokenizer.streamingDecoder()
            tokenizer.encode("a😀").dropLast(1).map { decoder.next(it) } shouldBe listOf("a", "", "", "")
            decoder.finish() shouldBe "\uFFFD"
        }

        "long texts take a moment, not minutes" {
            val text = "Once upon a time, there was a little girl named Lily. ".repeat(5_000)
            tokenizer.decode(tokenizer.encode(text)) shouldBe text
        }

        "saved and loaded, it is the same tokenizer" {
            val folder = folder()
            tokenizer.save(folder)
            Tokenizer.load(folder) shouldBe tokenizer
        }

        "a vocabulary without bytes is refused" {
            val folder = folder()
            val vocabulary = folder.text("vocab.json", """[{"piece": "a", "score": 1}]""")
            refusal(folder) { Llama2cTokenizer.readVocabulary(vocabulary) } shouldBe
                """
                vocab.json $[3]: the piece <0x00> is expected here
                  A vocabulary of llama2.c begins with <unk>, <s>, </s> and the 256 bytes.
                """
                    .trimIndent()
        }
    })
