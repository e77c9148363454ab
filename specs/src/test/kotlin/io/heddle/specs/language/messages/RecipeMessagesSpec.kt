package io.heddle.specs.language.messages

import io.heddle.dsl.files
import io.heddle.dsl.maskedText
import io.heddle.dsl.pairs
import io.heddle.dsl.reverseTask
import io.heddle.dsl.text
import io.heddle.json.RecipeJson
import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.BestBy
import io.heddle.recipe.Cosine
import io.heddle.recipe.Decays
import io.heddle.recipe.Decoding
import io.heddle.recipe.Keep
import io.heddle.recipe.Linear
import io.heddle.recipe.Metric
import io.heddle.recipe.Sgd
import io.heddle.recipe.StartingWeights
import io.heddle.recipe.Tokenization
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe

/** What a recipe gets wrong by itself is told before anything is computed. */
class RecipeMessagesSpec :
    StringSpec({
        "counts are positive" {
            training(text("a.txt", context = 0), steps = 0) {
                batch(0)
                accumulation = 0
                checkpoint(every = 0)
                evaluate(every = 0, batches = -1)
                sample("a", tokens = 0, decoding = Decoding.Beam(0))
            } shouldTell
                """
                recipe: steps is not positive
                  steps = 0   from recipe(..., steps = 0)  Here.kt:_
                  It must be 1 or more.

                recipe: accumulation is not positive
                  accumulation = 0   from accumulation = 0  Here.kt:_
                  It must be 1 or more.

                recipe: checkpoint every is not positive
                  checkpoint every = 0   from checkpoint(every = 0)  Here.kt:_
                  It must be 1 or more.

                recipe: evaluate every is not positive
                  evaluate every = 0   from evaluate(every = 0, batches = -1)  Here.kt:_
                  It must be 1 or more.

                recipe: evaluate batches is not positive
                  evaluate batches = -1   from evaluate(every = 0, batches = -1)  Here.kt:_
                  It must be 1 or more.

                recipe: sample tokens is not positive
                  sample tokens = 0   from sample("a", tokens = 0)  Here.kt:_
                  It must be 1 or more.

                recipe: beam size is not positive
                  beam size = 0   from sample("a", tokens = 0)  Here.kt:_
                  It must be 1 or more.

                recipe: batch is not positive
                  batch = 0   from batch(0)  Here.kt:_
                  It must be 1 or more.

                recipe: context is not positive
                  context = 0   from recipe(..., steps = 0)  Here.kt:_
                  It must be 1 or more.
                """
        }

        "what chooses the weights that are kept is measured" {
            training { keep = Keep.Best(BestBy.Accuracy) } shouldTell
                """
                recipe: keep goes by an accuracy, and this data has no labels
                  keep = best by accuracy   from keep = Best(...)  Here.kt:_
                  Say keep = Keep.Best(), which goes by the loss.
                """
            training(reverseTask()) {
                exactMatch()
                keep = Keep.Best(BestBy.Measured(Metric.ChrF))
            } shouldTell
                """
                recipe: keep goes by what is not measured
                  keep = best by chrF   from keep = Best(...)  Here.kt:_
                  Say chrF(), too, or keep = Keep.Best(), which goes by the loss.
                """
            training { keep = Keep.Best() }.check().shouldBeEmpty()
            training(reverseTask()) {
                    keep = Keep.Best(BestBy.Measured(Metric.ChrF))
                    chrF()
                }
                .check()
                .shouldBeEmpty()
        }

        "what a training begins with has a name" {
            training { startingWeights = StartingWeights.Of(" ", without = listOf("a//b", "next*")) } shouldTell
                """
                recipe: startingWeights has no folder
                  startingWeights = " "   from startingWeights = Of(" ")  Here.kt:_
                  Name that of a run: StartingWeights.Of("runs/pretrained").

                recipe: without is no pattern
                  without = a//b   from startingWeights = Of(" ")  Here.kt:_
                  Write words between slashes; * is any word, ** any number of words.

                recipe: without is no pattern
                  without = next*   from startingWeights = Of(" ")  Here.kt:_
                  Write words between slashes; * is any word, ** any number of words.
                """
        }

        "counts of data are positive" {
            val words = Tokenization.Words(minimum = 0)
            training(pairs(files("a", "b"), files("c", "d"), words, maximumLength = 0)) shouldTell
                """
                recipe: maximumLength is not positive
                  maximumLength = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: minimum is not positive
                  minimum = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: minimum is not positive
                  minimum = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.
                """
            training(
                reverseTask(pairs = 0, validationPairs = 0, maximumLength = 0, symbols = 0, longer = -1)
            ) shouldTell
                """
                recipe: pairs is not positive
                  pairs = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: validationPairs is not positive
                  validationPairs = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: maximumLength is not positive
                  maximumLength = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: symbols is not positive
                  symbols = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: longer is negative
                  longer = -1   from recipe(..., steps = 10)  Here.kt:_
                  It must be 0 or more.
                """
        }

        "numbers are in their ranges" {
            training(text("a.txt", context = 16, validation = 1.0)) {
                clip(0.0)
                optimizer = AdamW(-1.0, beta1 = 1.0, beta2 = -0.1, epsilon = 0.0, weightDecay = -0.1)
                schedule = Linear(warmup = -1, floor = 2.0)
                sample("a", tokens = 5, decoding = Decoding.Sampling(temperature = 0.0, topK = -1, topP = 0.0))
            } shouldTell
                """
                recipe: clip is not a positive number
                  clip = 0.0   from clip(norm = 0.0)  Here.kt:_
                  It must be above 0.

                recipe: temperature is not a positive number
                  temperature = 0.0   from sample("a", tokens = 5)  Here.kt:_
                  It must be above 0.

                recipe: topK is negative
                  topK = -1   from sample("a", tokens = 5)  Here.kt:_
                  It must be 0 or more.

                recipe: topP is out of range
                  topP = 0.0   from sample("a", tokens = 5)  Here.kt:_
                  It must be above 0 and at most 1.

                recipe: learningRate is not a positive number
                  learningRate = -1.0   from optimizer = AdamW(...)  Here.kt:_
                  It must be above 0.

                recipe: beta1 is out of range
                  beta1 = 1.0   from optimizer = AdamW(...)  Here.kt:_
                  It must be at least 0 and below 1.

                recipe: beta2 is out of range
                  beta2 = -0.1   from optimizer = AdamW(...)  Here.kt:_
                  It must be at least 0 and below 1.

                recipe: epsilon is not a positive number
                  epsilon = 0.0   from optimizer = AdamW(...)  Here.kt:_
                  It must be above 0.

                recipe: weightDecay is out of range
                  weightDecay = -0.1   from optimizer = AdamW(...)  Here.kt:_
                  It must be 0 or more.

                recipe: warmup is negative
                  warmup = -1   from schedule = Linear(...)  Here.kt:_
                  It must be 0 or more.

                recipe: validation is out of range
                  validation = 1.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be above 0 and below 1.
                """
            training { optimizer = Sgd(0.1, momentum = 1.0) } shouldTell
                """
                recipe: momentum is out of range
                  momentum = 1.0   from optimizer = Sgd(...)  Here.kt:_
                  It must be at least 0 and below 1.
                """
            training { optimizer = Adam(Double.NaN) } shouldTell
                """
                recipe: learningRate is not a positive number
                  learningRate = NaN   from optimizer = Adam(...)  Here.kt:_
                  It must be above 0.
                """
        }

        "a floor is below the learning rate" {
            training { schedule = Cosine(warmup = 0, floor = 0.01) } shouldTell
                """
                recipe: floor is out of range
                  floor = 0.01   from schedule = Cosine(...)  Here.kt:_
                  It must be at least 0 and at most the learning rate, 0.001.
                """
        }

        "text comes from files, and has no pairs to batch or to compare" {
            training(text(context = 16)) {
                batchTokens(4_096)
                bleu()
            } shouldTell
                """
                recipe: batchTokens is not for text
                  batchTokens = 4096   from batchTokens(4096)  Here.kt:_
                  All its sequences are equally long. Say batch(12).

                recipe: bleu is not for text
                  bleu = Mteval13a   from bleu()  Here.kt:_
                  It compares what is written with targets, and running text has none. Leave bleu() out.

                recipe: files is not there
                  files = none   from recipe(..., steps = 10)  Here.kt:_
                  Name a text file: text("data/input.txt", context = 64).
                """
        }

        "a batch has as many tokens as an array holds" {
            training { batch(200_000_000) } shouldTell
                """
            recipe: batch is too large
              batch = 200000000   from batch(200000000)  Here.kt:_
              With sequences of 16 tokens it has 3200000000 of them, and 2000000000 is the most. Say batch(125000000) or less.
            """
        }

        "what decays is named by patterns" {
            training { optimizer = AdamW(1e-3, decays = Decays.Matching(emptyList())) } shouldTell
                """
                recipe: decays is not there
                  decays = none   from optimizer = AdamW(...)  Here.kt:_
                  Name the weights that decay: "**/weight".
                """
            training {
                optimizer = AdamW(1e-3, decays = Decays.Matching(listOf("**/weight", "decoder//weight", "dec*")))
            } shouldTell
                """
                recipe: decays is no pattern
                  decays = decoder//weight   from optimizer = AdamW(...)  Here.kt:_
                  Write words between slashes; * is any word, ** any number of words.

                recipe: decays is no pattern
                  decays = dec*   from optimizer = AdamW(...)  Here.kt:_
                  Write words between slashes; * is any word, ** any number of words.
                """
        }

        "a stored recipe is told by its lines" {
            val stored = RecipeJson.write(training { batch(7) }).replace("\"count\": 7", "\"count\": -7")
            RecipeJson.read(stored, "training.json") shouldTell
                """
                recipe: batch is not positive
                  batch = -7   from $.batch.count  training.json:17
                  It must be 1 or more.
                """
        }

        "what tells of a recipe is no part of it" {
            val once = training { batch(7) }
            once.toldAs("training", once.origins) shouldBe training { batch(7) }
        }

        "what compares lines is for data that has targets" {
            training(text("a.txt", context = 16)) {
                chrF()
                rouge()
            } shouldTell
                """
                recipe: chrF is not for text
                  chrF = asked for   from chrF()  Here.kt:_
                  It compares what is written with targets, and running text has none. Leave chrF() out.

                recipe: rouge is not for text
                  rouge = asked for   from rouge()  Here.kt:_
                  It compares what is written with targets, and running text has none. Leave rouge() out.
                """
            training(nouns) { translationEditRate() } shouldTell
                """
                recipe: translationEditRate is not for this data
                  translationEditRate = asked for   from translationEditRate()  Here.kt:_
                  What learns from it writes nothing. Leave translationEditRate() out.
                """
            training(reverseTask()) {
                chrFWithWords()
                wordErrorRate()
                characterErrorRate()
                exactMatch()
            } shouldTell ""
        }

        "what learns labels writes nothing" {
            for (data in listOf(opinions, nouns, maskedText("a.txt", context = 16))) {
                training(data) {
                    bleu()
                    sample("a", tokens = 5)
                } shouldTell
                    """
                    recipe: sample is not for this data
                      sample = asked for   from sample("a", tokens = 5)  Here.kt:_
                      What learns from it writes nothing. Leave sample() out.

                    recipe: bleu is not for this data
                      bleu = Mteval13a   from bleu()  Here.kt:_
                      What learns from it writes nothing. Leave bleu() out.
                    """
            }
        }
    })
