package io.heddle.specs.train

import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.recipe.Batch
import io.heddle.recipe.Clipping
import io.heddle.recipe.Sgd
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.data.Batch as Segment
import io.heddle.runtime.data.ContinuedSegments
import io.heddle.runtime.data.EvaluationBatches
import io.heddle.runtime.data.OrderedSegments
import io.heddle.runtime.data.Position
import io.heddle.runtime.data.TextData
import io.heddle.runtime.data.TokenStream
import io.heddle.runtime.data.text.TextFile
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.generate.DecodingSession
import io.heddle.runtime.model.ModelRoles
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.Executable
import io.heddle.runtime.program.States
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.LossMeasure
import io.heddle.runtime.train.TrainingListener
import io.heddle.runtime.train.data.BatchFeed
import io.heddle.runtime.train.data.TrainingData
import io.heddle.specs.golden.Setting
import io.heddle.specs.golden.Stored
import io.heddle.specs.golden.shouldAgree
import io.heddle.specs.support.numbers
import io.heddle.terms.BatchNorm
import io.heddle.terms.Causal
import io.heddle.terms.LayerNorm
import io.heddle.terms.Norm
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.abs
import kotlin.math.exp
import kotlin.math.ln
import org.nd4j.linalg.factory.Nd4j

/** A model that remembers its text reads it in order, and trains on what it remembers (arXiv 1901.02860). */
class TextMemorySpec :
    FunSpec({
        val base = tempdir().toPath()
        writeRhyme(base)

        for (context in listOf(3, 5, 16)) {
            for (setting in Setting.entries) {
                test("segments of $context tokens lose what the whole text at once loses, on $setting") {
                    setting.engine().use { engine ->
                        val remembering = RunnableModel.initialized(remembering(reach = 7), engine, 3)
                        val forgetting = RunnableModel.initialized(remembering(reach = 7, memory = 0), engine, 3)
                        val text = rhyme(41)
                        val segments = OrderedSegments.of(text, 2, context)
                        val whole = OrderedSegments.of(text, 2, 20)
                        whole.count() shouldBe 1
                        val expected = loss(forgetting, whole)
                        loss(remembering, segments) shouldBe (expected plusOrMinus setting.stored64 * expected)
                    }
                }
            }
        }

        val segments = ContinuedSegments(rhyme(61), 3, 1, 5)
        val batches =
            generateSequence(Position.START) { segments.after(it) }.take(3).map { segments.batch(it) }.toList()
        val differences by lazy { differences(batches.last(), batches.dropLast(1)) }
        for (setting in Setting.entries) {
            test("gradients are those of a loss in which what is remembered is a constant, on $setting") {
                setting.engine().use { engine ->
                    val training = SegmentTraining(engine, batches.first())
                    batches.forEach { training.take(it) }
                    differences.forEach { (name, slopes) ->
                        val gradient = training.gradient(name).numbers().data
                        val ours = slopes.keys.map { gradient[it.toInt()] }.toDoubleArray()
                        val theirs = Nd4j.createFromArray(*slopes.values.toDoubleArray())
                        val stored = Stored(theirs, gradient.maxOf { abs(it) })
                        shouldAgree(name, Nd4j.createFromArray(*ours), stored, maxOf(setting.stored64, DIFFERENCES))
                    }
                }
            }
        }

        test("accumulated batches make the step that one large batch makes, and remember what it remembers") {
            fun weightsAfter(rows: Int, accumulation: Int): FloatArray {
                val recipe =
                    smallRecipe(3)
                        .copy(
                            batch = Batch.Sequences(rows),
                            accumulation = accumulation,
                            optimizer = Sgd(1e-1),
                            clipping = Clipping.None,
                        )
                return train(remembering(), recipe, base, tempdir().toPath()).model().weights().array().toFloatVector()
            }
            val large = weightsAfter(rows = 6, accumulation = 1)
            weightsAfter(rows = 3, accumulation = 2).forEachIndexed { at, weight ->
                weight shouldBe (large[at] plusOrMinus 1e-6f)
            }
        }

        test("an evaluation begins with nothing remembered, and leaves what training remembers alone") {
            fun trainingLosses(every: Int): List<String> {
                val run = tempdir().toPath()
                val recipe = smallRecipe(9).let { it.copy(evaluation = it.evaluation.copy(every = every)) }
                train(remembering(), recipe, base, run)
                return losses(run).values.map { it.substringBefore(' ') }
            }
            trainingLosses(every = 1) shouldBe trainingLosses(every = 9)
            Engine.portable(Precision.FLOAT).use { engine ->
                val model = RunnableModel.initialized(remembering(), engine, 3)
                val measure = LossMeasure(model, BatchFeed.of(ModelRoles.of(model.model())))
                val segments = OrderedSegments.of(rhyme(41), 2, 5)
                val first = measure.of(segments) { false }.get()
                measure.of(segments) { false }.get() shouldBe first
            }
        }

        for (norm in listOf(LayerNorm(), BatchNorm())) {
            test("what was trained with $norm goes on token by token as it was measured in segments") {
                val run = tempdir().toPath()
                train(remembering(reach = 7, norm = norm), smallRecipe(12), base, run)
                Engine.portable(Precision.DOUBLE).use { engine ->
                    val checkpoint = Checkpoint.open(run)
                    val model = RunnableModel.blank(checkpoint.model(), engine)
                    checkpoint.loadWeights(model.weights())
                    val text = rhyme(31)
                    val session = DecodingSession.of(model, 1)
                    val written =
                        (0 until 30).sumOf { at ->
                            val scores = session.read(arrayOf(intArrayOf(text.id(at)))).numbers().data
                            ln(scores.sumOf { exp(it) }) - scores[text.id(at + 1)]
                        }
                    loss(model, OrderedSegments.of(text, 1, 4)) shouldBe (written plusOrMinus 1e-9 * written)
                }
            }
        }

        test("the data tells that rows go on") {
            val told = mutableListOf<String>()
            val listener =
                object : TrainingListener by Quiet {
                    override fun started(data: TrainingData, parameters: Long, done: Long, steps: Long) {
                        told += data.remarks()
                    }
                }
            train(remembering(), smallRecipe(1), base, tempdir().toPath(), listener = listener)
            told shouldBe
                listOf(
                    "706 tokens to learn from, 79 held out, 9 different ones",
                    "the model remembers up to 8 tokens: 3 rows of 235 tokens go on from batch to batch",
                )
        }
    })

/** How near central differences come. */
private const val DIFFERENCES = 1e-6

/** A Transformer-XL in which a token sees [reach] tokens before it. */
fun remembering(reach: Int = 8, memory: Int = reach, rate: Double = 0.0, norm: Norm = LayerNorm()): Model =
    model("remembering", width = 8) {
        this.norm = norm
        dropout = rate
        val text by tokens(vocab = 12) { scaled() }
        val decoder by
            stack(text, layers = 2) {
                attention(heads = 2) {
                    mask = Causal and Window(reach)
                    relativeSinusoidal()
                    if (memory > 0) memory(memory)
                    bias = false
                }
                addNorm()
                feedForward(hidden = 12)
                addNorm()
            }
        val next by logits(decoder, tiedTo = text)
        check(next.name == "next")
    }

private fun rhyme(tokens: Int): TokenStream {
    val text = "a cat sat on a mat, a mat\n".repeat(9)
    val tokenizer = CharacterTokenizer.of(text)
    return TextData.split(listOf(TextFile("rhyme.txt", text.take(tokens))), tokenizer, 1.0).training
}

private fun loss(model: RunnableModel, batches: EvaluationBatches): Double =
    LossMeasure(model, BatchFeed.of(ModelRoles.of(model.model()))).of(batches) { false }.get().loss()

/** Steps of training without a change of the weights. */
private class SegmentTraining(engine: Engine, first: Segment) {
    private val model = RunnableModel.initialized(remembering(), engine, 3)
    private val training = TrainingProgram.of(model)
    private val feed = BatchFeed.of(ModelRoles.of(model.model()))
    private val states = feed.states(training.executable(), first)
    val weights = model.weights()

    fun take(batch: Segment) = take(training.executable(), states, batch)

    private fun take(executable: Executable, states: States, batch: Segment): Double {
        val program = feed.bind(executable, states, batch, 1.0 / batch.labelCount)
        program.run()
        return program.scalar(Names.LOSS)
    }

    fun gradient(name: String) = training.gradients().tensor(name)

    /** What [batch] loses next, as often as it is asked for: what is remembered stays as it is now. */
    fun losses(batch: Segment): () -> Double {
        val remembered = states.tensors().mapValues { (_, tensor) -> tensor.dup() }
        val executable = model.executable(Purpose.Evaluation)
        val own = feed.states(executable, batch)
        return {
            own.load(remembered, "the segments before")
            take(executable, own, batch)
        }
    }
}

/** Slopes of a loss at some places of each weight. */
private typealias Slopes = Map<String, Map<Long, Double>>

/** Central differences of the loss of [batch], what is remembered of those [before] held fixed. */
private fun differences(batch: Segment, before: List<Segment>): Slopes =
    Engine.portable(Precision.DOUBLE).use { engine ->
        val training = SegmentTraining(engine, batch)
        before.forEach { training.take(it) }
        val loss = training.losses(batch)
        training.weights.tensors().mapValues { (_, weight) ->
            val flat = weight.reshape(weight.length())
            val places = (0 until weight.length()).filter { it % (weight.length() / PLACES + 1) == 0L }
            places.associateWith { at ->
                val was = flat.getDouble(at)
                fun with(value: Double) = flat.putScalar(at, value).let { loss() }
                val slope = (with(was + STEP) - with(was - STEP)) / (2 * STEP)
                flat.putScalar(at, was)
                slope
            }
        }
    }

private const val STEP = 1e-5

/** At how many places of a weight its gradient is compared. */
private const val PLACES = 8
