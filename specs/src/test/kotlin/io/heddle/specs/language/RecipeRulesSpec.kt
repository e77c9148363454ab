package io.heddle.specs.language

import io.heddle.check.Problem
import io.heddle.dsl.RecipeScope
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.dsl.text
import io.heddle.json.RecipeJson
import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.Decoding
import io.heddle.rules.check
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe

/** What a recipe gets wrong is told before anything is computed. */
class RecipeRulesSpec :
    FunSpec({
        val letters = text("letters.txt", context = 16)

        infix fun List<Problem>.shouldRead(text: String) =
            joinToString("\n\n").replace(Regex("\\w+Spec\\.kt:\\d+"), "Here.kt:_").shouldRead(text)

        fun problems(data: Data = letters, describe: RecipeScope.() -> Unit) =
            recipe(data, steps = 10, describe = describe).check()

        fun decoder(causal: Boolean): Model =
            model("lm", width = 8) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers = 2) {
                        attention(heads = 2) { if (causal) causal() }
                        addNorm()
                    }
                val next by logits(decoder)
            }

        fun translator(causal: Boolean, positions: Int): Model =
            model("nmt", width = 8) {
                val source by tokens(vocab = 20) { learnedPositions(positions) }
                val target by tokens(vocab = 20) { learnedPositions(positions) }
                val encoder by
                    stack(source, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
                val decoder by
                    stack(target, layers = 1) {
                        attention(heads = 2) { if (causal) causal() }
                        addNorm()
                        crossAttention(from = encoder)
                        addNorm()
                    }
                val next by logits(decoder)
            }

        test("a stored recipe is told by its lines") {
            val stored =
                RecipeJson.write(recipe(letters, steps = 10) { batch(7) }).replace("\"count\": 7", "\"count\": -7")
            val line = stored.lines().indexOfFirst { "-7" in it } + 1
            RecipeJson.read(stored, "training.json").check() shouldRead
                """
                recipe: batch is not positive
                  batch = -7   from $.batch.count  training.json:$line
                  It must be 1 or more.
                """
        }

        test("what tells of a recipe is no part of it") {
            val once = recipe(letters, steps = 10) { batch(7) }
            val again = recipe(letters, steps = 10) { batch(7) }
            once.toldAs("training", once.origins) shouldBe again
        }

        test("BLEU of running text") {
            problems { bleu() } shouldRead
                """
                recipe: bleu is not for text
                  bleu = Mteval13a   from bleu()  Here.kt:_
                  It compares what is written with targets, and running text has none. Leave bleu() out.
                """
        }

        test("a length penalty that is no number, or negative") {
            for (penalty in listOf(Double.NaN, -1.0, Double.POSITIVE_INFINITY)) {
                problems { sample("a", tokens = 5, decoding = Decoding.Beam(2, penalty)) } shouldRead
                    """
                    recipe: lengthPenalty is out of range
                      lengthPenalty = $penalty   from sample("a", tokens = 5)  Here.kt:_
                      It must be 0 or more.
                    """
            }
            problems { sample("a", tokens = 5, decoding = Decoding.Beam(2, 0.0)) }.shouldBeEmpty()
        }

        test("a batch with more tokens than an array can hold") {
            problems { batch(200_000_000) } shouldRead
                """
                recipe: batch is too large
                  batch = 200000000   from batch(200000000)  Here.kt:_
                  With sequences of 16 tokens it has 3200000000 of them, and 2000000000 is the most. Say batch(125000000) or less.
                """
        }

        test("a decoder of text that sees the tokens it is to foretell") {
            recipe(letters, steps = 10).check(decoder(causal = false)) shouldRead
                """
                decoder/0/attention: a word cannot be written that looks at later ones
                  mask = Everything   from attention(heads = 2)  Here.kt:_
                  Say attention(heads = 2) { causal() }.

                decoder/1/attention: a word cannot be written that looks at later ones
                  mask = Everything   from attention(heads = 2)  Here.kt:_
                  Say attention(heads = 2) { causal() }.
                """
            recipe(letters, steps = 10).check(decoder(causal = true)).shouldBeEmpty()
        }

        test("a target that sees the tokens it is to foretell; a source may") {
            val task = recipe(reverseTask(maximumLength = 10), steps = 10)
            task.check(translator(causal = false, positions = 16)) shouldRead
                """
                decoder/0/attention: a word cannot be written that looks at later ones
                  mask = Everything   from attention(heads = 2)  Here.kt:_
                  Say attention(heads = 2) { causal() }.
                """
            task.check(translator(causal = true, positions = 16)).shouldBeEmpty()
        }

        test("positions that the held-out sequences of the reverse task do not have") {
            recipe(reverseTask(maximumLength = 10), steps = 10)
                .check(translator(causal = true, positions = 11)) shouldRead
                """
                source: there are fewer learned positions than the data is long
                  positions = 11          from tokens(vocab = 20)       Here.kt:_
                  longest sequence = 16   from recipe(..., steps = 10)  Here.kt:_
                  Held-out sequences are up to 5 longer than 10, and one is for the begin or end token.
                  Say learnedPositions(16), or make the data shorter.

                target: there are fewer learned positions than the data is long
                  positions = 11          from tokens(vocab = 20)       Here.kt:_
                  longest sequence = 16   from recipe(..., steps = 10)  Here.kt:_
                  Held-out sequences are up to 5 longer than 10, and one is for the begin or end token.
                  Say learnedPositions(16), or make the data shorter.
                """
        }
    })
