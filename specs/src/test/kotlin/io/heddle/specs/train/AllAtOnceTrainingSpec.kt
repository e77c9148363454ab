package io.heddle.specs.train

import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.lowering.Purpose
import io.heddle.recipe.AdamW
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Metric
import io.heddle.runtime.data.Batch
import io.heddle.runtime.data.HiddenTargets
import io.heddle.runtime.data.IntTensor
import io.heddle.runtime.model.ModelRoles
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.LengthMeasure
import io.heddle.runtime.train.LossMeasure
import io.heddle.runtime.train.Measure
import io.heddle.runtime.train.data.BatchFeed
import io.heddle.runtime.train.data.Normalizers
import io.heddle.terms.Pooling
import io.kotest.assertions.withClue
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.maps.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.ln

/** Words and their number are learned together, from masks and from copies. */
class AllAtOnceTrainingSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))

        "the loss is the mean over hidden words, and a share of the mean over lengths" {
            val model = RunnableModel.initialized(smallFiller(weight = 0.5), engine, 3)
            val (batch, feed) = filled() to BatchFeed.of(ModelRoles.of(model.model()))
            val evaluation = model.executable(Purpose.Evaluation)
            val read = feed.bind(evaluation, feed.states(evaluation, batch), batch, 1.0)
            read.run()
            fun losses(name: String, labels: IntArray, classes: Int) =
                read
                    .output(name)
                    .ravel()
                    .toDoubleVector()
                    .toList()
                    .chunked(classes)
                    .zip(labels.toList())
                    .filter { (_, label) -> label >= 0 }
                    .map { (scores, label) -> ln(scores.sumOf { exp(it) }) - scores[label] }
            val words = losses("words", batch.tensor(Batch.LABELS).values(), 13)
            val lengths = losses("length", batch.tensor(Batch.TARGET_LENGTHS).values(), 13)
            // what is measured is the words' alone
            LossMeasure(model, feed).of(listOf(batch)) { false }.get().mean() shouldBe
                (words.average() plusOrMinus 1e-9)
            loss(model, batch) shouldBe (words.average() + 0.5 * lengths.average() plusOrMinus 1e-9)
        }

        for ((kind, described) in
            listOf("masks" to smallFiller(0.5), "copies by fertility" to smallCopier(12, Pooling.Each))) {
            "gradients from $kind are what differences of the loss say" {
                val model = RunnableModel.initialized(described, engine, 3)
                val share = if (kind == "masks") HiddenTargets.Share.DRAWN else HiddenTargets.Share.ALL
                val batch = filled(share)
                val training = TrainingProgram.of(model)
                loss(model, batch, training)
                val weights = model.weights().tensors()
                val made =
                    weights.keys.associateWith { training.gradients().tensor(it).ravel().toDoubleVector().copyOf() }
                // Every third weight, the largest number of each.
                weights.entries
                    .filterIndexed { number, _ -> number % 3 == 0 }
                    .forEach { (name, weight) ->
                        val place = made.getValue(name).indices.maxBy { abs(made.getValue(name)[it]) }
                        val flat = weight.reshape(weight.length())
                        val was = flat.getDouble(place.toLong())
                        fun at(value: Double): Double {
                            flat.putScalar(place.toLong(), value)
                            return loss(model, batch, training)
                        }
                        val slope = (at(was + STEP) - at(was - STEP)) / (2 * STEP)
                        flat.putScalar(place.toLong(), was)
                        withClue(name) { made.getValue(name)[place] shouldBe (slope plusOrMinus 1e-7) }
                    }
            }
        }

        "a training goes on as if it had never ended, and measures what is written"
            .config(tags = setOf(NamedTag("Long"))) {
                for ((model, input) in
                    listOf(
                        smallFiller(rate = 0.1) to DecoderInput.Masked,
                        smallCopier(lengths = Pooling.Each) to DecoderInput.Blanks,
                    )) {
                    val recipe =
                        reverseRecipe(6).let { plan ->
                            plan.copy(
                                decoderInput = input,
                                evaluation = plan.evaluation.copy(metrics = listOf(Metric.ExactMatch)),
                            )
                        }
                    val (whole, halves) = List(2) { tempdir().toPath() }
                    val base = tempdir().toPath()
                    val outcome = train(model, recipe, base, whole)
                    (outcome.last().get().measure(Measure.EXACT_MATCH).asDouble in 0.0..100.0) shouldBe true
                    train(model, recipe.copy(steps = 3), base, halves)
                    train(model, recipe, base, halves)
                    losses(halves).filterKeys { it != 3L } shouldContainExactly losses(whole).filterKeys { it != 3L }
                }
            }

        // Of lengths that it never saw, a classifier of lengths knows nothing: half of what is usually held out is
        // longer.
        "a model learns from masks how many words there are, and which" {
            val recipe =
                recipe(
                    reverseTask(400, validationPairs = 40, maximumLength = 3, symbols = 6, longer = 0),
                    steps = 220,
                ) {
                    batch(16)
                    optimizer = AdamW(learningRate = 1e-2)
                    decoderInput = DecoderInput.Masked
                    evaluate(every = 220)
                    exactMatch()
                }
            val learned = train(smallFiller(), recipe, tempdir().toPath(), tempdir().toPath(), engine = Engine.cpu(1))
            learned.last().get().measure(Measure.EXACT_MATCH).asDouble shouldBeGreaterThan 80.0
        }

        "lengths are right where the likeliest one is the target's" {
            val model = RunnableModel.initialized(smallFiller(), engine, 3)
            val batch = filled()
            val evaluation = model.executable(Purpose.Evaluation)
            val feed = BatchFeed.of(ModelRoles.of(model.model()))
            val read = feed.bind(evaluation, feed.states(evaluation, batch), batch, 1.0)
            read.run()
            val scores = read.output("length").ravel().toDoubleVector().toList().chunked(13)
            val likeliest = scores.map { row -> row.indices.maxBy { row[it] } }
            val known = batch.with(Batch.TARGET_LENGTHS, IntTensor.of(intArrayOf(likeliest[0], 6), 2))
            LengthMeasure.of(model, listOf(known)).get() shouldBe LengthMeasure(if (likeliest[1] == 6) 2 else 1, 2)
            LengthMeasure.of(RunnableModel.initialized(smallReverser(), engine, 1), listOf(batch)).isEmpty shouldBe true
        }
    })

private const val STEP = 1e-5

/** Two pairs, of whose targets some words are hidden. */
private fun filled(share: HiddenTargets.Share = HiddenTargets.Share.DRAWN): Batch {
    val pairs =
        Batch(
            mapOf(
                Batch.SOURCE to IntTensor.of(intArrayOf(4, 5, 6, 7, 8, 3, 9, 3, 1, 1, 1, 1), 2, 6),
                Batch.SOURCE_LENGTHS to IntTensor.of(intArrayOf(6, 2), 2),
                Batch.TARGET to IntTensor.of(intArrayOf(2, 8, 7, 6, 5, 4, 2, 9, 1, 1, 1, 1), 2, 6),
                Batch.TARGET_LENGTHS to IntTensor.of(intArrayOf(6, 2), 2),
                Batch.LABELS to IntTensor.of(intArrayOf(8, 7, 6, 5, 4, 3, 9, 3, -1, -1, -1, -1), 2, 6),
            ),
            8,
        )
    return HiddenTargets(share, 12, 1, "training").`in`(pairs, 0, 0)
}

private fun loss(model: RunnableModel, batch: Batch, training: TrainingProgram = TrainingProgram.of(model)): Double {
    val feed = BatchFeed.of(ModelRoles.of(model.model()))
    val executable = training.executable()
    val shares = Normalizers(1.0 / batch.labelCount, 1.0 / feed.lengthLabels(batch))
    val program = feed.bind(executable, feed.states(executable, batch), batch, shares)
    program.run()
    return program.scalar("loss")
}
