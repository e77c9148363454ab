package io.heddle.specs.train

import io.heddle.dsl.idx
import io.heddle.dsl.model
import io.heddle.dsl.pictures
import io.heddle.dsl.recipe
import io.heddle.model.Model
import io.heddle.recipe.AdamW
import io.heddle.recipe.Augmentation
import io.heddle.recipe.HeldOutPictures
import io.heddle.recipe.Recipe
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.train.Measure
import io.heddle.runtime.train.TrainingListener
import io.heddle.specs.data.bytes
import io.heddle.specs.data.refusal
import io.heddle.specs.language.shouldRead
import io.heddle.specs.support.digest
import io.heddle.terms.Pooling
import io.heddle.terms.PreNorm
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.readLines

private class Left : RuntimeException()

private class LeftAfter(private val step: Long) : TrainingListener by Quiet {
    override fun step(report: TrainingListener.StepReport) {
        if (report.step() == step) throw Left()
    }
}

/** Classes of pictures are learned, where there is something to see. */
class PictureTrainingSpec :
    FunSpec({
        val base = tempdir().toPath()
        writeBars(base, "images", "labels", 0..119)
        writeBars(base, "held-out-images", "held-out-labels", 200..239)

        fun looker(size: Int = 6): Model =
            model("looker", width = 16) {
                layout = PreNorm
                val picture by
                    image(channels = 1, size = size) {
                        patches(2)
                        classToken()
                        learnedPositions()
                    }
                val encoder by
                    stack(picture, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                        feedForward()
                        addNorm()
                    }
                val label by classify(encoder, Pooling.First, classes = 2)
                check(label.name == "label")
            }

        val files = idx("images", "labels")
        val others = pictures(files, idx("held-out-images", "held-out-labels"), listOf("row", "column"))
        val last =
            pictures(files, HeldOutPictures.Last(20), listOf("row", "column"), augmentation = Augmentation.Shift(1))

        fun training(steps: Int, held: Boolean): Recipe =
            recipe(if (held) last else others, steps = steps) {
                batch(8)
                optimizer = AdamW(learningRate = 1e-2)
                evaluate(every = 50)
                checkpoint(every = 7)
            }

        test("whether a bar lies or stands") {
            val run = tempdir().toPath()
            val outcome = train(looker(), training(250, held = false), base, run)
            outcome.last().get().measure(Measure.ACCURACY).asDouble shouldBe 100.0
            run.resolve("metrics.csv").readLines().first() shouldBe
                "step,loss,learningRate,gradientNorm,tokens,stepSeconds,validationLoss,accuracy,seconds"
            Checkpoint.open(run).hasTokenizer() shouldBe false
            outcome.tokenizers().isEmpty shouldBe true
        }

        test("a training that was killed goes on to the same losses and weights, bit for bit").config(
            tags = setOf(NamedTag("Long"))
        ) {
            val recipe = training(20, held = true)
            val whole = tempdir().toPath()
            train(looker(), recipe, base, whole)
            val killed = tempdir().toPath()
            shouldThrow<Left> { train(looker(), recipe, base, killed, listener = LeftAfter(16)) }
            train(looker(), recipe, base, killed)
            losses(killed) shouldBe losses(whole)
            fun weights(run: Path) = Checkpoint.open(run).folder().resolve("weights.safetensors").digest()
            weights(killed) shouldBe weights(whole)
        }

        test("pictures that do not fit the model are told before the first step") {
            refusal(base) { train(looker(size = 4), training(20, held = false), base, tempdir().toPath()) } shouldRead
                """
                images: the pictures are of another size than the model looks at
                  rows x columns x channels = 6 x 6 x 1
                  those of picture = 4 x 4 x 1
                  Say the size of the pictures in image(channels, size, rows), or take other pictures.
                """
        }
    })

/** Pictures of six by six pixels, with a bar of four of them along a row or along a column, each somewhere else. */
internal fun writeBars(folder: Path, images: String, labels: String, numbers: IntRange) {
    val count = numbers.count()
    val pixels =
        numbers.flatMap { number ->
            val stands = number % 2
            val (along, across) = number / 2 % 3 to number / 6 % 6
            List(36) { at ->
                val (place, line) = if (stands == 1) at / 6 to at % 6 else at % 6 to at / 6
                if (line == across && place - along in 0..3) 200 + number % 50 else number % 7
            }
        }
    folder.bytes(images, 0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 6, 0, 0, 0, 6, *pixels.toIntArray())
    folder.bytes(labels, 0, 0, 8, 1, 0, 0, 0, count, *numbers.map { it % 2 }.toIntArray())
}
