package io.heddle.specs.train

import io.heddle.dsl.boxedPictures
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.shapes
import io.heddle.model.Model
import io.heddle.recipe.AdamW
import io.heddle.recipe.Cosine
import io.heddle.recipe.Data
import io.heddle.recipe.Recipe
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.BatchSize
import io.heddle.runtime.data.BoxedData
import io.heddle.runtime.data.OrderedBatches
import io.heddle.runtime.data.PictureSize
import io.heddle.runtime.evaluate.Box
import io.heddle.runtime.evaluate.MeanAveragePrecision
import io.heddle.runtime.model.BoxRoles
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.BoxMeasure
import io.heddle.runtime.train.Measure
import io.heddle.runtime.train.TrainingListener
import io.heddle.runtime.train.data.BatchFeed
import io.heddle.specs.cli.Desk
import io.heddle.specs.cli.Ran
import io.heddle.specs.data.catsAndDogs
import io.heddle.specs.data.writeBoxes
import io.heddle.specs.support.digest
import io.heddle.terms.Depth
import io.heddle.terms.Pooling
import io.heddle.terms.PreNorm
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch
import java.nio.file.Path
import java.util.Locale
import kotlin.io.path.readLines
import kotlin.math.ln

/** A DETR without an encoder. */
private fun finder(
    classes: Int,
    queries: Int,
    columns: Int,
    rows: Int,
    patch: Int,
    layers: Int = 1,
    depth: Depth = Depth.AllLayers,
): Model =
    model("finder", width = 16) {
        layout = PreNorm
        val picture by
            image(channels = 1, size = columns, rows = rows) {
                patches(patch)
                sinusoidal2d()
            }
        val objects by learned(queries)
        val decoder by
            stack(objects, layers) {
                crossAttention(heads = 2, from = picture)
                addNorm()
                feedForward()
                addNorm()
            }
        val label by classify(decoder, Pooling.Each, classes = classes + 1)
        val box by boxes(decoder, layers = 2)
        objective { matching(label, box, depth = depth) }
    }

/** Where what is on a picture is learned, and measured as COCO measures it. */
class BoxTrainingSpec :
    FunSpec({
        val desk = autoClose(Desk())
        val base = desk.folder

        fun run(name: String) = base.resolve(name)

        fun training(data: Data, steps: Int, rate: Double = 1e-2, saved: Int = steps): Recipe =
            recipe(data, steps) {
                batch(16)
                optimizer = AdamW(learningRate = rate)
                evaluate(every = steps)
                checkpoint(every = saved)
                meanAveragePrecision()
            }

        fun squares(pictures: Int, heldOut: Int) =
            boxedPictures(shapes(pictures, most = 1), shapes(heldOut, most = 1), listOf("square"))

        test("boxes are found better than by who does not look").config(tags = setOf(NamedTag("Long"))) {
            val recipe = training(squares(500, 60), 300, rate = 5e-3).copy(schedule = Cosine(warmup = 20, floor = 1e-4))
            val outcome = train(finder(1, 2, 12, 12, 3), recipe, base, run("found"), engine = Engine.cpu(1))
            val learned = outcome.last().get().measure(Measure.MEAN_AVERAGE_PRECISION_AT_HALF).asDouble
            learned shouldBeGreaterThan blind(recipe) + 10
        }

        test("two pictures are known by heart, and evaluate measures as training does") {
            writeBoxes(base)
            val outcome =
                train(finder(2, 3, 6, 4, 2), training(catsAndDogs(), 80), base, run("known"), engine = Engine.cpu(1))
            val learned = outcome.last().get()
            fun told(measure: Measure) = "%.2f %%".format(Locale.ROOT, learned.measure(measure).asDouble)
            learned.measure(Measure.MEAN_AVERAGE_PRECISION_AT_HALF).asDouble shouldBeGreaterThan 75.0
            val log = run("known").resolve("metrics.csv").readLines()
            log.first() shouldBe
                "step,loss,learningRate,gradientNorm,tokens,stepSeconds,validationLoss,meanAveragePrecision," +
                    "meanAveragePrecisionAtHalf,seconds"
            val (loss, _, half) = log[1].split(",").slice(6..8).map { it.toDouble() }
            loss shouldBeGreaterThan 4 * learned.loss()
            half shouldBeLessThan 20.0
            val learnedLoss = "%.6f".format(Locale.ROOT, learned.loss())
            desk.heddle("evaluate", "./known", "--held-out", base.toString(), "--threads", "1").out shouldBe
                """
                pictures                  2
                objects                   3
                loss                      $learnedLoss
                mAP                       ${told(Measure.MEAN_AVERAGE_PRECISION)}
                mAP50                     ${told(Measure.MEAN_AVERAGE_PRECISION_AT_HALF)}

                """
                    .trimIndent()
            desk
                .heddle("evaluate", "./known", "--data", "./pictures", "--labels", "boxes.json", "--metrics", "map50")
                .out shouldMatch
                Regex("pictures {18}2\nobjects {19}3\nloss {22}\\d+\\.\\d{6}\nmAP50 {21}\\d+\\.\\d\\d %\n")
            desk.heddle("evaluate", "./known", "--data", "./pictures") shouldBe
                Ran(
                    1,
                    "",
                    """
                    known: it looks for boxes on pictures, whose annotations stand in a file of their own
                      Say both: --data FOLDER --labels ANNOTATIONS.

                    """
                        .trimIndent(),
                )
            desk.heddle("generate", "./known") shouldBe
                Ran(
                    1,
                    "",
                    """
                    known: "finder" has no scores over tokens
                      It can neither write nor foretell a text. A program can run it: see RunnableModel.

                    """
                        .trimIndent(),
                )
            desk.heddle("evaluate", "./known", "--held-out", base.toString(), "--metrics", "bleu").let {
                (status, _, err) ->
                status shouldBe 2
                err.lines().first() shouldBe "heddle: bleu is not for what this model says. There are map, map50."
            }
        }

        test("a training that was killed goes on to the same losses and weights, bit for bit").config(
            tags = setOf(NamedTag("Long"))
        ) {
            val (model, recipe) = finder(1, 2, 6, 6, 3) to training(squares(40, 4), 4, saved = 2)
            fun learn(name: String, listener: TrainingListener = Quiet) =
                train(model, recipe, base, run(name), listener = listener, engine = Engine.cpu(1))
            learn("whole")
            shouldThrow<Ended> { learn("killed", EndedAfter(3)) }
            learn("killed")
            losses(run("killed")) shouldBe losses(run("whole"))
            fun weights(run: Path) = Checkpoint.open(run).folder().resolve("weights.safetensors").digest()
            weights(run("killed")) shouldBe weights(run("whole"))
        }

        fun measured(runnable: RunnableModel): BoxMeasure.Total {
            val data = catsAndDogs()
            val roles = BoxRoles.of(runnable.model())
            val pictures = BoxedData.open(data, base, data.training, "files", roles.size(), roles.patches())
            return BoxMeasure(runnable, BatchFeed.of(roles), roles, data.classes)
                .of(OrderedBatches(pictures, BatchSize.Sentences(2), 1)) { false }
                .get()
        }

        test("after every layer the heads read what they read after the last, behind the norm of the stack") {
            writeBoxes(base)
            // Layers that add nothing, so that all answers are the same.
            val losses =
                Depth.entries.associateWith { depth ->
                    Engine.portable(Precision.FLOAT).use { engine ->
                        val runnable = RunnableModel.initialized(finder(2, 3, 6, 4, 2, layers = 3, depth), engine, 1)
                        runnable
                            .weights()
                            .tensors()
                            .filterKeys { Regex("decoder/\\d/.*") matches it }
                            .values
                            .forEach { it.assign(0.0) }
                        measured(runnable).loss()
                    }
                }
            losses.getValue(Depth.AllLayers) shouldBe (3 * losses.getValue(Depth.LastLayer) plusOrMinus 1e-4)
        }

        test("each position says its likeliest class that is not nothing, and its probability") {
            writeBoxes(base)
            val model = finder(2, 1, 6, 4, 2)
            Engine.portable(Precision.FLOAT).use { engine ->
                val runnable = RunnableModel.initialized(model, engine, 1)
                val tensors = runnable.weights().tensors()
                tensors.getValue("label/weight").assign(0.0)
                tensors.getValue("box/1/weight").assign(0.0)
                // Probabilities 0.1, 0.3 and 0.6 of a cat, a dog and nothing, and the box of the dog of two.png.
                listOf(0.1, 0.3, 0.6).forEachIndexed { at, share ->
                    tensors.getValue("label/bias").putScalar(at.toLong(), ln(share))
                }
                listOf(0.5, 0.375, 0.5, 0.75).forEachIndexed { at, share ->
                    tensors.getValue("box/1/bias").putScalar(at.toLong(), ln(share / (1 - share)))
                }
                val total = measured(runnable)
                for (said in total.said().map { it.single() }) {
                    said.kind() shouldBe "dog"
                    said.score() shouldBe (0.3 plusOrMinus 1e-6)
                    val box = said.box()
                    listOf(box.left(), box.top(), box.right(), box.bottom()).zip(listOf(1.5, 0.0, 4.5, 3.0)).forEach {
                        (found, said) ->
                        found shouldBe (said plusOrMinus 1e-5)
                    }
                }
                // Of the cat there is no answer. Of the dogs the first is overlapped by 0.3125 / 0.72917, less than a
                // half, and the second wholly: at recalls of 0, 0.01, ... 0.5 one of two is right, and nothing is found
                // beyond.
                val expected = 100 * (0.0 + 51 * 0.5 / 101) / 2
                total.of(Measure.MEAN_AVERAGE_PRECISION) shouldBe (expected plusOrMinus 1e-9)
                total.of(Measure.MEAN_AVERAGE_PRECISION_AT_HALF) shouldBe (expected plusOrMinus 1e-9)
            }
        }
    })

/** mAP50 of the mean box, said of each picture. */
private fun blind(recipe: Recipe): Double {
    val said = recipe.data as Data.BoxedPictures
    val size = PictureSize(12, 12, 1)
    val data = BoxedData.open(said, Path.of(""), said.validation, "validation", size, 16)
    val boxes =
        List(data.size()) { data.pad(intArrayOf(it), 1).real(Batch.BOXES).values().map { share -> share.toDouble() } }
    fun box(x: Double, y: Double, width: Double, height: Double) =
        Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    val (x, y, width, height) = List(4) { side -> boxes.map { it[side] }.average() }
    return MeanAveragePrecision.at(0.5)
        .score(
            boxes.map { listOf(MeanAveragePrecision.Said("square", 1.0, box(x, y, width, height))) },
            boxes.map { (a, b, c, d) -> listOf(MeanAveragePrecision.Real("square", box(a, b, c, d))) },
        )
}
