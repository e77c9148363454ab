package io.heddle.specs.language.messages

import io.heddle.dsl.labelledTexts
import io.heddle.dsl.maskedText
import io.heddle.dsl.model
import io.heddle.dsl.reverseTask
import io.heddle.dsl.taggedWords
import io.heddle.dsl.text
import io.heddle.recipe.Columns
import io.heddle.recipe.Tokenization
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.heddle.terms.Pooling.Each
import io.heddle.terms.Pooling.Mean
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** Labels that a recipe learns, and the models that learn them, fit each other. */
class LabelMessagesSpec :
    StringSpec({
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
        }
    })
