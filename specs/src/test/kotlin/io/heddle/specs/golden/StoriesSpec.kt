package io.heddle.specs.golden

import io.heddle.dsl.model
import io.heddle.recipe.Decoding
import io.heddle.runtime.data.tokenizer.Llama2cTokenizer
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.model.RunnableModel
import io.heddle.terms.PreNorm
import io.heddle.terms.RmsNorm
import io.heddle.terms.RotaryPairs
import io.heddle.terms.Silu
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import java.util.OptionalInt
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/**
 * stories260K of llama2.c: a trained decoder with grouped heads, rotary positions, RMSNorm and a gated feed-forward.
 */
class StoriesSpec :
    FunSpec({
        val stories =
            model("stories260K", width = 64) {
                layout = PreNorm
                norm = RmsNorm(epsilon = 1e-5)
                bias = false
                val text by tokens(vocab = 512)
                val decoder by
                    stack(text, layers = 5) {
                        attention(heads = 8, keyValueHeads = 4) {
                            causal()
                            rotary(pairs = RotaryPairs.Interleaved)
                        }
                        addNorm()
                        feedForward(hidden = 172) { gated(Silu) }
                        addNorm()
                    }
                val next by logits(decoder, tiedTo = text)
                check(next.name == "next")
            }
        val expected =
            checkNotNull(Golden::class.java.getResource("/llama2c/expected.json")).readText().let {
                Json.parseToJsonElement(it).jsonObject
            }
        val ids = expected.getValue("greedy_ids").jsonArray.map { it.jsonPrimitive.int }
        val story = expected.getValue("published_greedy_200_steps").jsonPrimitive.content

        for (setting in Setting.entries) {
            test("it tells its published story of 200 greedy steps, token for token, on $setting") {
                setting.engine().use { engine ->
                    val runnable = RunnableModel.initialized(stories, engine, 0)
                    val golden = Golden("llama2c/model.safetensors")
                    val names = runnable.weights().layout().entries().keys
                    runnable.weights().load(names.associateWith { golden.tensor(llamaName(it)) }, "stories260K")
                    val written =
                        Generator(runnable, Decoding.Greedy, OptionalInt.empty(), 0).after(intArrayOf(1), 200) {}
                    written.tokens() shouldBe ids
                    val folder = Path.of(checkNotNull(Golden::class.java.getResource("/llama2c")).toURI())
                    Llama2cTokenizer.readVocabulary(folder.resolve("vocab.json")).decode(written.ids()).trim() shouldBe
                        story
                }
            }
        }
    })

private fun llamaName(name: String): String {
    val words = name.split('/')
    if (name == "text/embedding") return "tok_embeddings.weight"
    if (words.size == 3) return "norm.weight"
    val (_, layer, part, piece) = words
    val stored =
        mapOf(
                "attention/norm" to "attention_norm",
                "feedForward/norm" to "ffn_norm",
                "attention/query" to "attention.wq",
                "attention/key" to "attention.wk",
                "attention/value" to "attention.wv",
                "attention/output" to "attention.wo",
                "feedForward/gate" to "feed_forward.w1",
                "feedForward/down" to "feed_forward.w2",
                "feedForward/up" to "feed_forward.w3",
            )
            .getValue("$part/$piece")
    return "layers.$layer.$stored.weight"
}
