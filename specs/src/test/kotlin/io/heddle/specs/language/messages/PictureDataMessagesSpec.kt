package io.heddle.specs.language.messages

import io.heddle.dsl.ClassifyScope
import io.heddle.dsl.RecipeScope
import io.heddle.dsl.idx
import io.heddle.dsl.model
import io.heddle.dsl.pictures
import io.heddle.dsl.recipe
import io.heddle.model.Model
import io.heddle.recipe.Augmentation
import io.heddle.recipe.Data
import io.heddle.recipe.HeldOutPictures
import io.heddle.recipe.PixelScaling
import io.heddle.recipe.Recipe
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.heddle.terms.Pooling
import io.heddle.terms.Pooling.Each
import io.heddle.terms.Pooling.First
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What a recipe for pictures gets wrong is told before anything is computed. */
class PictureDataMessagesSpec :
    StringSpec({
        val files = idx("images", "labels")
        val digits = pictures(files, files, listOf("0", "1"))

        fun training(data: Data, describe: RecipeScope.() -> Unit = {}): Recipe = recipe(data, 10, describe)

        fun looker(pooling: Pooling, classes: Int, size: Int = 4, say: ClassifyScope.() -> Unit = {}): Model =
            model("looker", width = 8) {
                val picture by image(channels = 1, size = size) { patches(2) }
                val encoder by stack(picture, layers = 1) { attention(heads = 2) }
                val label by classify(encoder, pooling, classes, say)
            }

        "numbers of pictures are in their ranges" {
            val data =
                pictures(
                    files,
                    HeldOutPictures.Last(0),
                    listOf("0"),
                    PixelScaling.Standardized(mean = 33.0, deviation = 0.0),
                    Augmentation.Shift(0),
                )
            training(data) shouldTell
                """
                recipe: classes has fewer than two names
                  classes = [0]   from recipe(..., steps = 10)  Here.kt:_
                  Name all that there are.

                recipe: last is not positive
                  last = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: mean is out of range
                  mean = 33.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be at least 0 and at most 1.

                recipe: deviation is not a positive number
                  deviation = 0.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be above 0.

                recipe: pixels is not positive
                  pixels = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.
                """
        }

        "pictures are equally large, and nothing is written" {
            training(digits) {
                batchTokens(99)
                bleu()
                entities()
                sample("a", tokens = 5)
            } shouldTell
                """
                recipe: sample is not for this data
                  sample = asked for   from sample("a", tokens = 5)  Here.kt:_
                  What learns from it writes nothing. Leave sample() out.

                recipe: batchTokens is not for pictures
                  batchTokens = 99   from batchTokens(99)  Here.kt:_
                  All of them are equally large. Say batch(64).

                recipe: bleu is not for this data
                  bleu = Mteval13a   from bleu()  Here.kt:_
                  What learns from it writes nothing. Leave bleu() out.

                recipe: entities is not for this data
                  entities = asked for   from entities()  Here.kt:_
                  It is for taggedWords(...), whose tags mark them. Leave entities() out.
                """
        }

        "the model looks at pictures, and has their classes" {
            training(digits).check(looker(First, 2)).shouldBeEmpty()
            training(digits).check(looker(Each, 3) { multiLabel() }) shouldTell
                """
                label: the model has other classes than the data of its recipe
                  classes = 3               from classify(encoder, Each, classes = 3)  Here.kt:_
                  classes of the data = 2   from recipe(..., steps = 10)               Here.kt:_
                  Say classes = 2.

                label: the model has a class for each patch, and its data one for each picture
                  pooling = Each   from classify(encoder, Each, classes = 3)  Here.kt:_
                  Say which of them decides: classify(encoder, First, classes = 2), or Mean for all alike.

                label: the model has any number of labels, and its data one
                  labels = Many   from classify(encoder, Each, classes = 3)  Here.kt:_
                  Leave multiLabel() out.
                """
            training(digits).check(reader) shouldTell
                """
                reader: the model does not fit the data of its recipe
                  image inputs = 0
                  classify = 1
                  This data needs 1 and 1: pictures to look at, and their classes.
                """
            training(digits).check(captioner) shouldTell
                """
                text: the model does not fit the data of its recipe
                  This data has nothing for it. Leave it out.
                """
        }

        "the pixels of a batch fit into an array" {
            training(digits) { batch(4) }.check(looker(First, 2, size = 30_000)) shouldTell
                """
                recipe: batch is too large
                  batch = 4                     from batch(4)                           Here.kt:_
                  picture = 30000 x 30000 x 1   from image(channels = 1, size = 30000)  Here.kt:_
                  A picture has 900000000 numbers, and 2000000000 are the most. Say batch(2) or less.
                """
        }
    })

private val reader =
    model("reader", width = 8) {
        val text by tokens(vocab = 5)
        val encoder by stack(text, layers = 1) { attention(heads = 2) }
        val label by classify(encoder, First, classes = 2)
    }

/** It reads words, too, which nobody gives it. */
private val captioner =
    model("captioner", width = 8) {
        val picture by image(channels = 1, size = 4) { patches(2) }
        val text by tokens(vocab = 5)
        val encoder by
            stack(picture, layers = 1) {
                attention(heads = 2)
                addNorm()
                crossAttention(from = text)
                addNorm()
            }
        val label by classify(encoder, First, classes = 2)
    }
