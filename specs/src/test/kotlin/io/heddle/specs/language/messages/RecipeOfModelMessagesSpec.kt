package io.heddle.specs.language.messages

import io.heddle.dsl.edit
import io.heddle.dsl.files
import io.heddle.dsl.maskedText
import io.heddle.dsl.model
import io.heddle.dsl.pairs
import io.heddle.dsl.reverseTask
import io.heddle.model.Model
import io.heddle.recipe.Tokenization
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What keeps a recipe from training a model is told before anything is computed. */
class RecipeOfModelMessagesSpec :
    StringSpec({
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

        "positions that an edit says are told from its line" {
            val edited = decoder(positions = 32, causal = true).edit { input("text") { learnedPositions(4) } }
            training().check(edited) shouldTell
                """
                text: there are fewer learned positions than the data is long
                  positions = 4           from input("text")            Here.kt:_
                  longest sequence = 16   from recipe(..., steps = 10)  Here.kt:_
                  Say learnedPositions(16), or make the data shorter.
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

        "a head that the data has nothing for is told" {
            training(opinions).check(guesser) shouldTell
                """
                guess: the model does not fit the data of its recipe
                  This data has nothing for it. Leave it out.
                """
        }
    })
