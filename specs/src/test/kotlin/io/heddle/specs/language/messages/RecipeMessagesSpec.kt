package io.heddle.specs.language.messages

import io.heddle.dsl.ClassifyScope
import io.heddle.dsl.RecipeScope
import io.heddle.dsl.edit
import io.heddle.dsl.files
import io.heddle.dsl.labelledTexts
import io.heddle.dsl.maskedText
import io.heddle.dsl.model
import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.dsl.taggedWords
import io.heddle.dsl.text
import io.heddle.json.RecipeJson
import io.heddle.model.Model
import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.BestBy
import io.heddle.recipe.Columns
import io.heddle.recipe.Cosine
import io.heddle.recipe.Coverage
import io.heddle.recipe.Data
import io.heddle.recipe.Decays
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.recipe.Keep
import io.heddle.recipe.Linear
import io.heddle.recipe.Metric
import io.heddle.recipe.Recipe
import io.heddle.recipe.Sgd
import io.heddle.recipe.StartingWeights
import io.heddle.recipe.Tokenization
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.heddle.terms.Pooling
import io.heddle.terms.Pooling.Each
import io.heddle.terms.Pooling.Mean
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe

/** What a recipe gets wrong is told before anything is computed. */
class RecipeMessagesSpec :
    StringSpec({
        val letters = text("letters.txt", context = 16)

        fun training(data: Data = letters, steps: Int = 10, describe: RecipeScope.() -> Unit = {}): Recipe =
            recipe(data, steps, describe)

        fun decoder(positions: Int, causal: Boolean): Model =
            model("lm", width = 8) {
                val text by tokens(vocab = 5) { learnedPositions(positions) }
                val decoder by stack(text, layers = 2) { attention(heads = 2) { if (causal) causal() } }
                val next by logits(decoder)
            }

        fun translator(positions: Int, causal: Boolean = true): Model =
            model("nmt", width = 8) {
                val source by tokens(vocab = 20) { learnedPositions(positions) }
                val target by tokens(vocab = 20) { learnedPositions(positions) }
                val encoder by stack(source, layers = 1) { attention(heads = 2) }
                val decoder by
                    stack(target, layers = 1) {
                        attention(heads = 2) { if (causal) causal() }
                        addNorm()
                        crossAttention(from = encoder)
                        addNorm()
                    }
                val next by logits(decoder)
            }

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

        "a length penalty is a number, and not negative" {
            for (penalty in listOf(Double.NaN, -1.0, Double.POSITIVE_INFINITY)) {
                training { sample("a", tokens = 5, decoding = Decoding.Beam(2, penalty)) } shouldTell
                    """
                    recipe: lengthPenalty is out of range
                      lengthPenalty = $penalty   from sample("a", tokens = 5)  Here.kt:_
                      It must be 0 or more.
                    """
            }
            training { sample("a", tokens = 5, decoding = Decoding.Beam(2, 0.0)) } shouldTell ""
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

        "a decoding's numbers are in their ranges, and its rules say something" {
            fun told(decoding: Decoding) = training { sample("a", tokens = 5, decoding = decoding) }
            told(Decoding.Sampling(minP = 1.0, typical = 0.0)) shouldTell
                """
                recipe: minP is out of range
                  minP = 1.0   from sample("a", tokens = 5)  Here.kt:_
                  It must be at least 0 and below 1.

                recipe: typical is out of range
                  typical = 0.0   from sample("a", tokens = 5)  Here.kt:_
                  It must be above 0 and at most 1.
                """
            told(Decoding.DiverseBeam(5, groups = 2)) shouldTell
                """
                recipe: groups do not share the beam evenly
                  groups = 2   from sample("a", tokens = 5)  Here.kt:_
                  Say a number that 5 is a multiple of.
                """
            told(Decoding.Restricted(Decoding.Restricted(Decoding.Greedy, listOf()), listOf())) shouldTell
                """
                recipe: way has rules of its own
                  way = Restricted   from sample("a", tokens = 5)  Here.kt:_
                  Put all rules into one list.

                recipe: rules has no rule
                  rules = none   from sample("a", tokens = 5)  Here.kt:_
                  Say one, or leave Restricted out.
                """
            val rules = listOf(DecodingRule.NoRepeat(0), DecodingRule.Stop(""), DecodingRule.RepetitionPenalty(1.2))
            told(Decoding.Restricted(Decoding.Beam(2), rules)) shouldTell
                """
                recipe: noRepeat is not positive
                  noRepeat = 0   from sample("a", tokens = 5)  Here.kt:_
                  It must be 1 or more.

                recipe: stop has no text
                  stop = ""   from sample("a", tokens = 5)  Here.kt:_
                  Say one, or leave the rule out.
                """
            told(Decoding.Restricted(Decoding.Greedy, listOf(DecodingRule.Beginning("b")))) shouldTell ""
            told(Decoding.Contrastive(0, penalty = 1.5)) shouldTell
                """
                recipe: candidates is not positive
                  candidates = 0   from sample("a", tokens = 5)  Here.kt:_
                  It must be 1 or more.

                recipe: penalty is out of range
                  penalty = 1.5   from sample("a", tokens = 5)  Here.kt:_
                  It must be at least 0 and at most 1.
                """
            val words = listOf(DecodingRule.Required("a"), DecodingRule.Required("b"))
            told(Decoding.Restricted(Decoding.Contrastive(), words)) shouldTell
                """
                recipe: required is for a beam
                  required = "a", "b"   from sample("a", tokens = 5)  Here.kt:_
                  Say Beam or DiverseBeam, which keep what is required in sight.
                """
            told(Decoding.Restricted(Decoding.DiverseBeam(4, groups = 2), words)) shouldTell ""
            told(Decoding.Beam(2, coverage = Coverage.Penalty("decoder/0/crossAttention", -1.0))) shouldTell
                """
                recipe: weight is out of range
                  weight = -1.0   from sample("a", tokens = 5)  Here.kt:_
                  It must be 0 or more.
                """
        }

        "what compares lines is for data that has targets" {
            training(text("a.txt", context = 16)) {
                chrF()
                rouge()
            } shouldTell
                """
                recipe: chrF is not for text
                  chrF = asked for   from rouge()  Here.kt:_
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

        "the model has the inputs that the data fills" {
            training().check(translator(positions = 16)) shouldTell
                """
                nmt: the model does not fit the data of its recipe
                  tokens inputs = 2
                  logits = 1
                  This data needs 1 and 1: a text to go on with.
                """
            training(reverseTask()).check(decoder(positions = 31, causal = true)) shouldTell
                """
                lm: the model does not fit the data of its recipe
                  tokens inputs = 1
                  logits = 1
                  This data needs 2 and 1: a source to read, and a target to write.
                """
        }

        "what foretells a token does not see it; a source may be seen whole" {
            training().check(decoder(positions = 16, causal = false)) shouldTell
                """
                decoder/*/attention: a word cannot be written that looks at later ones
                  mask = Everything   from attention(heads = 2)  Here.kt:_
                  Say attention(heads = 2) { causal() }.
                """
            training().check(decoder(positions = 16, causal = true)).shouldBeEmpty()
            val task = training(reverseTask(maximumLength = 10))
            task.check(translator(positions = 16, causal = false)) shouldTell
                """
                decoder/0/attention: a word cannot be written that looks at later ones
                  mask = Everything   from attention(heads = 2)  Here.kt:_
                  Say attention(heads = 2) { causal() }.
                """
            task.check(translator(positions = 16)).shouldBeEmpty()
        }

        "only text is remembered" {
            fun remembering(model: Model) = model.edit { attention("decoder/*") { memory(8) } }
            training().check(remembering(decoder(positions = 16, causal = true))).shouldBeEmpty()
            training(reverseTask(maximumLength = 10)).check(remembering(translator(positions = 16))) shouldTell
                """
                decoder/0/attention: nothing stands before what is read that could be remembered
                  memory = 8   from attention("decoder/*")  Here.kt:_
                  Only text goes on from batch to batch. Leave memory() out, or train on text("input.txt", context = 64).
                """
        }

        "there are positions for the longest sequence" {
            training().check(decoder(positions = 15, causal = true)) shouldTell
                """
                text: there are fewer learned positions than the data is long
                  positions = 15          from tokens(vocab = 5)        Here.kt:_
                  longest sequence = 16   from recipe(..., steps = 10)  Here.kt:_
                  Say learnedPositions(16), or make the data shorter.
                """
            val translation = pairs(files("a", "b"), files("c", "d"), Tokenization.Words(2), maximumLength = 50)
            training(translation).check(translator(positions = 50)) shouldTell
                """
                source: there are fewer learned positions than the data is long
                  positions = 50          from tokens(vocab = 20)       Here.kt:_
                  longest sequence = 51   from recipe(..., steps = 10)  Here.kt:_
                  One is for the begin or end token. Say learnedPositions(51), or make the data shorter.

                target: there are fewer learned positions than the data is long
                  positions = 50          from tokens(vocab = 20)       Here.kt:_
                  longest sequence = 51   from recipe(..., steps = 10)  Here.kt:_
                  One is for the begin or end token. Say learnedPositions(51), or make the data shorter.
                """
            training(reverseTask(maximumLength = 10, longer = 0)).check(translator(positions = 11)) shouldTell ""
            training(reverseTask(maximumLength = 10)).check(translator(positions = 11)) shouldTell
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

        "labels have names, and their columns numbers" {
            training(
                labelledTexts("a", "b", listOf("one"), Tokenization.Words(0), Columns.Numbered(0, 0), 0)
            ) shouldTell
                """
                recipe: maximumLength is not positive
                  maximumLength = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: minimum is not positive
                  minimum = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: classes has fewer than two names
                  classes = [one]   from recipe(..., steps = 10)  Here.kt:_
                  Name all that there are.

                recipe: input is no column
                  input = 0   from recipe(..., steps = 10)  Here.kt:_
                  Columns are counted from 1, and label is another than input.

                recipe: label is no column
                  label = 0   from recipe(..., steps = 10)  Here.kt:_
                  Columns are counted from 1, and label is another than input.
                """
            val tags = listOf("O", "B-place", "O")
            training(taggedWords("a", "b", tags, Tokenization.WordsAndEndings(0))) shouldTell
                """
                recipe: minimum is not positive
                  minimum = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: tags has a name twice
                  tags = O   from recipe(..., steps = 10)  Here.kt:_
                  Name each once.
                """
            training(labelledTexts("a", "b", listOf("+", "-"), columns = Columns.Named("text", "text"))) shouldTell
                """
                recipe: label is no column
                  label = text   from recipe(..., steps = 10)  Here.kt:_
                  Columns are counted from 1, and label is another than input.
                """
        }

        "words are dropped by a share, and letters not at all" {
            val classes = listOf("+", "-")
            for (share in listOf(-0.1, 1.0)) {
                training(labelledTexts("a", "b", classes, wordDropout = share)) shouldTell
                    """
                    recipe: wordDropout is out of range
                      wordDropout = $share   from recipe(..., steps = 10)  Here.kt:_
                      It must be at least 0 and below 1.
                    """
            }
            training(taggedWords("a", "b", classes, Tokenization.Characters, wordDropout = 0.2)) shouldTell
                """
                recipe: wordDropout is not for characters
                  wordDropout = 0.2   from recipe(..., steps = 10)  Here.kt:_
                  All of them are known. Leave it out, or choose another tokenizer: Tokenization.Words(minimum = 2).
                """
            training(taggedWords("a", "b", classes, Tokenization.Characters)) shouldTell ""
        }

        "a recipe trains one objective, of what its data has labels for" {
            val told =
                """
                judge: the model has other objectives than the data of its recipe
                  objectives = crossEntropy, loadBalance
                  A recipe trains one, of what it has labels for. Say objective { crossEntropy("label") }.
                """
            training(opinions).check(routedJudge(Mean)) shouldTell told
            training(nouns).check(routedJudge(Each)) shouldTell told
            val writer =
                model("writer", width = 8) {
                    val text by tokens(vocab = 5)
                    val decoder by stack(text, layers = 1) { attention(heads = 2) { causal() } }
                    val next by logits(decoder)
                    objective {
                        crossEntropy(next)
                        crossEntropy(next, weight = 0.5)
                    }
                }
            for (data in listOf(letters, maskedText("a.txt", context = 16))) {
                training(data).check(writer) shouldTell
                    """
                    writer: the model has other objectives than the data of its recipe
                      objectives = crossEntropy, crossEntropy
                      A recipe trains one, of what it has labels for. Say objective { crossEntropy("next") }.
                    """
            }
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

        "entities are marked by tags" {
            for (data in listOf(letters, opinions, maskedText("a.txt", context = 16), reverseTask())) {
                training(data) { entities() } shouldTell
                    """
                    recipe: entities is not for this data
                      entities = asked for   from entities()  Here.kt:_
                      It is for taggedWords(...), whose tags mark them. Leave entities() out.
                    """
            }
            training(nouns) { entities() } shouldTell
                """
                recipe: entities has a tag of another form
                  entities = NOUN   from entities()  Here.kt:_
                  Tags mark entities as B-kind, where one begins, I-kind inside and O outside. Leave entities() out.
                """
            training(taggedWords("a", "b", listOf("O", "B-place", "I-place"))) { entities() } shouldTell ""
        }

        "a share of text is hidden" {
            training(maskedText("a.txt", context = 0, validation = 0.0, share = 1.0)) { batchTokens(9) } shouldTell
                """
                recipe: batchTokens is not for text
                  batchTokens = 9   from batchTokens(9)  Here.kt:_
                  All its sequences are equally long. Say batch(12).

                recipe: context is not positive
                  context = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: validation is out of range
                  validation = 0.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be above 0 and below 1.

                recipe: share is out of range
                  share = 1.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be above 0 and below 1.
                """
            val masked = training(maskedText("a.txt", context = 16))
            masked.check(decoder(positions = 16, causal = false)).shouldBeEmpty()
            masked.check(translator(positions = 16)) shouldTell
                """
                nmt: the model does not fit the data of its recipe
                  tokens inputs = 2
                  logits = 1
                  This data needs 1 and 1: a text to read, and scores for its hidden words.
                """
        }

        "the model has the classes of the data" {
            training(opinions).check(decoder(positions = 16, causal = false)) shouldTell
                """
                lm: the model does not fit the data of its recipe
                  tokens inputs = 1
                  classify = 0
                  This data needs 1 and 1: texts to read, and their classes.
                """
            training(nouns).check(decoder(positions = 16, causal = false)) shouldTell
                """
                lm: the model does not fit the data of its recipe
                  tokens inputs = 1
                  classify = 0
                  This data needs 1 and 1: sentences to read, and the tags of their words.
                """
            training(opinions).check(judge(Mean, 2)).shouldBeEmpty()
            training(nouns).check(judge(Each, 2)).shouldBeEmpty()
            training(opinions).check(judge(Each, 3)) shouldTell
                """
                label: the model has other classes than the data of its recipe
                  classes = 3               from classify(encoder, Each, classes = 3)  Here.kt:_
                  classes of the data = 2   from recipe(..., steps = 10)               Here.kt:_
                  Say classes = 2.

                label: the model has a class for each word, and its data one for each text
                  pooling = Each   from classify(encoder, Each, classes = 3)  Here.kt:_
                  Say how words become one: classify(encoder, Mean, classes = 2).
                """
            training(nouns).check(judge(Mean, 2)) shouldTell
                """
                label: the model has one class for a text, and its data one for each word
                  pooling = Mean   from classify(encoder, Mean, classes = 2)  Here.kt:_
                  Say that each word has one: classify(encoder, Each, classes = 17).
                """
            training(opinions).check(judge(Mean, 2) { multiLabel() }) shouldTell
                """
                label: the model has any number of labels, and its data one
                  labels = Many   from classify(encoder, Mean, classes = 2)  Here.kt:_
                  Leave multiLabel() out.
                """
            training(opinions).check(guesser) shouldTell
                """
                guess: the model does not fit the data of its recipe
                  This data has nothing for it. Leave it out.
                """
        }
    })

private val opinions = labelledTexts("train.tsv", "dev.tsv", listOf("good", "bad"))
private val nouns = taggedWords("train.tsv", "dev.tsv", listOf("NOUN", "O"))

/** What keeps its experts busy is no label of anything. */
private fun routedJudge(pooling: Pooling): Model =
    model("judge", width = 8) {
        val text by tokens(vocab = 5)
        val encoder by stack(text, layers = 1) { experts(count = 2, topK = 1) { feedForward(8) } }
        val label by classify(encoder, pooling, classes = 2)
        objective {
            crossEntropy(label)
            loadBalance("encoder/*/experts")
        }
    }

private fun judge(pooling: Pooling, classes: Int, say: ClassifyScope.() -> Unit = {}): Model =
    model("judge", width = 8) {
        val text by tokens(vocab = 5)
        val encoder by stack(text, layers = 1) { attention(heads = 2) }
        val label by classify(encoder, pooling, classes, say)
    }

/** It writes words, too, which nobody gives it labels for. */
private val guesser =
    model("guesser", width = 8) {
        val text by tokens(vocab = 5)
        val encoder by stack(text, layers = 1) { attention(heads = 2) }
        val label by classify(encoder, Mean, classes = 2)
        val guess by logits(encoder)
    }
