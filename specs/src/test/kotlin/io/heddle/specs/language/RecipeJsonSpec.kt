package io.heddle.specs.language

import io.heddle.json.ModelJson
import io.heddle.json.RecipeJson
import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.Baseline
import io.heddle.recipe.Batch
import io.heddle.recipe.BestBy
import io.heddle.recipe.BleuTokenization
import io.heddle.recipe.Clipping
import io.heddle.recipe.Columns
import io.heddle.recipe.Constant
import io.heddle.recipe.Cosine
import io.heddle.recipe.Data
import io.heddle.recipe.Decays
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Decoding
import io.heddle.recipe.Evaluation
import io.heddle.recipe.EvaluationBatches
import io.heddle.recipe.InverseSquareRoot
import io.heddle.recipe.Keep
import io.heddle.recipe.Linear
import io.heddle.recipe.Metric
import io.heddle.recipe.OwnWord
import io.heddle.recipe.PairFiles
import io.heddle.recipe.Recipe
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.recipe.Sample
import io.heddle.recipe.SampledShare
import io.heddle.recipe.Sgd
import io.heddle.recipe.StartingWeights
import io.heddle.recipe.Tokenization
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

class RecipeJsonSpec :
    StringSpec({
        val text =
            Recipe(
                data = Data.Text(listOf("a.txt", "b c.txt"), context = 64, Tokenization.Characters, validation = 0.1),
                batch = Batch.Sequences(12),
                accumulation = 1,
                steps = 2_000,
                optimizer = AdamW(1e-3, beta2 = 0.99, weightDecay = 0.1, decays = Decays.Matrices),
                schedule = Cosine(warmup = 100, floor = 1e-4),
                clipping = Clipping.GlobalNorm(1.0),
                evaluation = Evaluation(250, EvaluationBatches.Drawn(20), emptyList(), Keep.Last),
                checkpointEvery = 500,
                seed = Long.MIN_VALUE,
                startingWeights = StartingWeights.Drawn,
                sample = Sample.Text("Ein\n\"Satz\" \u2014 \ud83d\ude00", 200, Decoding.Sampling(0.8, topK = 40)),
                decoderInput = DecoderInput.TeacherForcing,
                rewards = Rewards.None,
            )
        val words = Tokenization.Words(2)
        val pairs =
            text.copy(
                data =
                    Data.Pairs(
                        PairFiles.TwoFiles("a.de", "a.en"),
                        PairFiles.TabSeparated("dev.tsv"),
                        words,
                        Tokenization.File("tokenizer.json"),
                        maximumLength = 50,
                    ),
                batch = Batch.Tokens(4_096),
                optimizer = Adam(InverseSquareRoot.paperRate(512, 4_000)),
                schedule = InverseSquareRoot(),
                clipping = Clipping.None,
                evaluation =
                    Evaluation(1, EvaluationBatches.All, listOf(Metric.Bleu(BleuTokenization.Mteval13a)), Keep.Best()),
                sample = Sample.Text("", 1, Decoding.Beam(4)),
                rewards = Rewards.Reinforce(Reward.Bleu(), Baseline.MeanOfOthers, samples = 4, after = 900),
            )
        val reverse =
            text.copy(
                data = Data.ReverseTask(100, 10, 25, 50, seed = 42, longer = 5),
                optimizer = Sgd(0.1),
                schedule = Linear(),
                startingWeights = StartingWeights.Of("runs/before", without = listOf("next/**")),
                sample = Sample.Text("1 2", 3, Decoding.Greedy),
                decoderInput = DecoderInput.ScheduledSampling(SampledShare.InverseSigmoid(50.0), 2, OwnWord.Drawn(0.5)),
            )

        val masked = text.copy(data = Data.MaskedText(listOf("a.txt"), 64, Tokenization.Characters, 0.1, share = 0.15))
        val labelled =
            reverse.copy(
                data = Data.LabelledTexts("a", "b", Columns.Named("text", "label"), listOf("\"", ""), words, 64, 0.3),
                sample = Sample.None,
            )
        val tagged =
            labelled.copy(
                data =
                    Data.TaggedWords(
                        "a",
                        "b",
                        Columns.Numbered(2, 4),
                        listOf("O", "B-x"),
                        Tokenization.WordsAndEndings(2),
                        64,
                        0.0,
                    ),
                evaluation = Evaluation(1, EvaluationBatches.All, listOf(Metric.Entities), Keep.Best(BestBy.Accuracy)),
            )

        "a recipe comes back as it was written, byte for byte" {
            listOf(
                    text,
                    pairs,
                    reverse,
                    masked,
                    labelled,
                    tagged,
                    reverse.copy(schedule = Constant(), sample = Sample.None),
                )
                .forEach { recipe ->
                    val written = RecipeJson.write(recipe)
                    RecipeJson.read(written, "recipe.json") shouldBe recipe
                    RecipeJson.write(RecipeJson.read(written, "recipe.json")) shouldBe written
                }
        }

        "what does not fit is told by its JSON path" {
            val wrong = RecipeJson.write(text).replace("\"weightDecay\"", "\"weightdecay\"").replace("2000", "2e3")
            told { RecipeJson.read(wrong, "recipe.json") } shouldRead
                """
                recipe.json: $.steps: not a whole number
                  steps = 2e3  recipe.json:21
                  Write a whole number, as in 8.

                recipe.json: $.optimizer.weightdecay: the key is unknown
                  "weightdecay" = 0.1  recipe.json:28
                  Did you mean "weightDecay"? Known are "learningRate", "beta1", "beta2", "epsilon", "weightDecay", "decays".
                """
        }

        "a recipe is no model, and a model no recipe" {
            told { ModelJson.read(RecipeJson.write(text), "recipe.json") } shouldRead
                """
                recipe.json: $.kind: this is no model
                  The document holds a "recipe", and "kind": "model" is expected.
                """
            told { RecipeJson.read(ModelJson.write(Models.tiny()), "model.json") } shouldRead
                """
                model.json: $.kind: this is no recipe
                  The document holds a "model", and "kind": "recipe" is expected.
                """
        }

        "half of a character cannot be written" {
            told { RecipeJson.write(text.copy(sample = Sample.Text("\ud83d", 1, Decoding.Greedy))) } shouldRead
                """
                recipe: it cannot be written as JSON
                  It has a text with half of a character.
                """
        }
    })
