package io.heddle.specs.language.messages

import io.heddle.dsl.ObjectiveScope
import io.heddle.dsl.RecipeScope
import io.heddle.dsl.boxedPictures
import io.heddle.dsl.coco
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.shapes
import io.heddle.dsl.text
import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.PixelScaling
import io.heddle.recipe.Recipe
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.heddle.terms.Pooling.Each
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What a recipe for boxes gets wrong is told before anything is read or drawn. */
class BoxDataMessagesSpec :
    StringSpec({
        val files = coco("boxes.json", "pictures")
        val drawn = shapes(10)

        fun training(data: Data, describe: RecipeScope.() -> Unit = {}): Recipe = recipe(data, 10, describe)

        fun finder(
            classes: Int = 3,
            size: Int = 4,
            objective: ObjectiveScope.() -> Unit = { matching("label", "box") },
        ): Model =
            model("finder", width = 8) {
                val picture by image(channels = 1, size = size) { patches(2) }
                val encoder by stack(picture, layers = 1) { attention(heads = 2) }
                val label by classify(encoder, Each, classes)
                val box by boxes(encoder)
                check(listOf(label.name, box.name) == listOf("label", "box"))
                objective { objective() }
            }

        "numbers of shapes are in their ranges, and all of them are drawn" {
            val data =
                boxedPictures(
                    shapes(0, most = 0, noise = -0.1),
                    files,
                    listOf("disc", "disc", "cat"),
                    PixelScaling.Standardized(2.0, 1.0),
                )
            training(data) { accumulation = 2 } shouldTell
                """
                recipe: classes has a name twice
                  classes = disc   from recipe(..., steps = 10)  Here.kt:_
                  Name each once.

                recipe: pictures is not positive
                  pictures = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: most is not positive
                  most = 0   from recipe(..., steps = 10)  Here.kt:_
                  It must be 1 or more.

                recipe: noise is out of range
                  noise = -0.1   from recipe(..., steps = 10)  Here.kt:_
                  It must be 0 or more.

                recipe: classes has a name that no shape has
                  classes = cat   from recipe(..., steps = 10)  Here.kt:_
                  shapes(...) draws square, disc, triangle, cross.

                recipe: accumulation is not for boxes
                  accumulation = 2   from accumulation = 2  Here.kt:_
                  Their loss is a mean over all objects of a batch. Leave it out, and say a larger batch.

                recipe: mean is out of range
                  mean = 2.0   from recipe(..., steps = 10)  Here.kt:_
                  It must be at least 0 and at most 1.
                """
            training(boxedPictures(files, files, listOf())) shouldTell
                """
                recipe: classes is empty
                  classes = none   from recipe(..., steps = 10)  Here.kt:_
                  Name all that there are.
                """
        }

        "boxes have a measure of their own, and no other" {
            training(boxedPictures(drawn, drawn, listOf("disc"))) {
                batchTokens(99)
                entities()
                meanAveragePrecision()
            } shouldTell
                """
                recipe: batchTokens is not for pictures
                  batchTokens = 99   from batchTokens(99)  Here.kt:_
                  All of them are equally large. Say batch(64).

                recipe: entities is not for this data
                  entities = asked for   from entities()  Here.kt:_
                  It is for taggedWords(...), whose tags mark them. Leave entities() out.
                """
            training(text("a.txt", context = 8)) { meanAveragePrecision() } shouldTell
                """
                recipe: meanAveragePrecision is not for this data
                  meanAveragePrecision = asked for   from meanAveragePrecision()  Here.kt:_
                  It is for boxedPictures(...). Leave it out.
                """
        }

        "the model looks at pictures, and says classes and boxes, which are matched" {
            val data = boxedPictures(drawn, drawn, listOf("disc", "cross"))
            training(data).check(finder()).shouldBeEmpty()
            training(data).check(finder(classes = 2)) shouldTell
                """
                label: the model has other classes than the data of its recipe
                  classes = 2            from classify(encoder, Each, classes = 2)  Here.kt:_
                  kinds of objects = 2   from recipe(..., steps = 10)               Here.kt:_
                  The last one is for nothing. Say classes = 3.
                """
            training(data).check(finder { crossEntropy("label") }) shouldTell
                """
                finder: the model has other objectives than the data of its recipe
                  objectives = crossEntropy
                  A recipe trains one, of what it has labels for. Say objective { matching("label", "box") }.
                """
            training(data).check(looker) shouldTell
                """
                looker: the model does not fit the data of its recipe
                  image inputs = 1
                  classify = 1
                  boxes = 0
                  This data needs 1, 1 and 1: pictures to look at, and a class and a box of each object.
                """
            training(data) { batch(4) }.check(finder(size = 30_000)) shouldTell
                """
                recipe: batch is too large
                  batch = 4                     from batch(4)                           Here.kt:_
                  picture = 30000 x 30000 x 1   from image(channels = 1, size = 30000)  Here.kt:_
                  A picture has 900000000 numbers, and 2000000000 are the most. Say batch(2) or less.
                """
        }
    })

private val looker =
    model("looker", width = 8) {
        val picture by image(channels = 1, size = 4) { patches(2) }
        val encoder by stack(picture, layers = 1) { attention(heads = 2) }
        val label by classify(encoder, Each, classes = 3)
        check(label.name == "label")
    }
