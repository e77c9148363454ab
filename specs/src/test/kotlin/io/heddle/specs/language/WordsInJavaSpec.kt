package io.heddle.specs.language

import io.heddle.dsl.edit
import io.heddle.dsl.files
import io.heddle.dsl.model
import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.tabSeparated
import io.heddle.dsl.text
import io.heddle.recipe.AdamW
import io.heddle.recipe.Cosine
import io.heddle.recipe.Decoding
import io.heddle.recipe.Tokenization
import io.heddle.rules.check
import io.heddle.specs.callers.WordsInJava
import io.heddle.terms.Causal
import io.heddle.terms.Ending
import io.heddle.terms.Pooling
import io.heddle.terms.PositionTarget
import io.heddle.terms.PreNorm
import io.heddle.terms.RmsNorm
import io.heddle.terms.Shared
import io.heddle.terms.Silu
import io.heddle.terms.Temperature
import io.heddle.terms.Window
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe

/** What Java says in forms of its own is what Kotlin says with named arguments. */
class WordsInJavaSpec :
    StringSpec({
        val kotlin =
            model("words", width = 32) {
                layout = PreNorm
                val picture by
                    image(channels = 3, size = 32, rows = 16, width = 32) {
                        patches(4)
                        learnedPositions()
                    }
                val text by
                    tokens(vocab = 50, width = 16) {
                        adaptive(20, 40)
                        project()
                    }
                val objects by learned(4, to = PositionTarget.QueriesAndKeys) { norm() }
                val bias by relativeBias(heads = 4, buckets = 8, distance = 16, bidirectional = false)
                val viewer by
                    stack(picture, layers = 4, weights = Shared) {
                        attention(heads = 4, keyValueHeads = 2, headWidth = 16, valueWidth = 8, name = "looking")
                        addNorm(RmsNorm(1e-6))
                        feedForward(hidden = 64)
                        addNorm()
                    }
                val writer by
                    stack(text, layers = 2, ending = Ending.Bare) { layer ->
                        attention(heads = 4) {
                            mask = Causal and Window(4 + layer)
                            relativeBias(bias)
                        }
                        addNorm()
                        crossAttention(from = viewer, heads = 2, keyValueHeads = 1, name = "seeing")
                        addNorm { skip = 0.1 }
                        experts(4, topK = 1, capacity = 1.5) { feedForward(hidden = 16) { gated(Silu) } }
                        addNorm()
                    }
                val finder by
                    stack(objects, layers = 1) {
                        attention(heads = 4)
                        addNorm()
                        crossAttention(from = viewer.layer(2), heads = 4)
                        addNorm()
                        feedForward(hidden = 8, name = "last") { dropout = 0.2 }
                        addNorm()
                        experts(count = 2) { feedForward(hidden = 16) }
                        addNorm()
                    }
                val next by logits(writer, vocab = 50) { softcap = 30.0 }
                val box by boxes(finder)
                val scene by pool(viewer, Pooling.Mean)
                val normed by norm(writer, RmsNorm(1e-5))
                val caption by pool(normed, Pooling.Last)
                val alike by contrast(scene, caption, width = 16, temperature = Temperature.Learned(0.07))
                freeze("viewer/*")
            }

        "a model" {
            WordsInJava.model() shouldBe kotlin
            WordsInJava.model().check().shouldBeEmpty()
        }

        "a variant" {
            WordsInJava.variant() shouldBe
                kotlin.edit {
                    attention("finder/*", heads = 8)
                    feedForward("viewer/**", hidden = 128) { gated(Silu) }
                    addNorm("writer/1") { layerScale(1e-4) }
                    attention("writer/*", heads = 4, keyValueHeads = 2, headWidth = 6, valueWidth = 5) { dropout = 0.1 }
                    crossAttention("writer/*", heads = 4, keyValueHeads = 4)
                    experts("writer/*", count = 8, topK = 2, capacity = 2.0) { dropout = 0.2 }
                    stack("finder", layers = 3) { ending = Ending.Bare }
                    logits("next") { softcap = 20.0 }
                    pool("scene", Pooling.Max)
                    contrast("alike", width = 8)
                    objective { crossEntropy("next", labelSmoothing = 0.1) }
                    bias = false
                    val finder = sequenceNamed("finder")
                    insertComponentsAfter("next") {
                        val more by boxes(finder)
                    }
                }
        }

        "a recipe" {
            WordsInJava.recipe() shouldBe
                recipe(text("one.txt", "two.txt", context = 16, validation = 0.2), steps = 100) {
                    batch(4)
                    accumulation = 2
                    optimizer = AdamW(learningRate = 1e-3, beta2 = 0.99)
                    schedule = Cosine(warmup = 10)
                    seed = 3
                    evaluate(every = 50)
                    sample("a", tokens = 5, decoding = Decoding.Greedy)
                }
            WordsInJava.pairs() shouldBe
                recipe(pairs(files("a", "b"), tabSeparated("c"), Tokenization.Characters), steps = 10)
        }
    })
