package io.heddle.specs.train

import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.dsl.text
import io.heddle.model.Model
import io.heddle.recipe.AdamW
import io.heddle.recipe.Cosine
import io.heddle.recipe.Recipe
import io.heddle.runtime.program.Engine
import io.heddle.runtime.record.MetricsLog
import io.heddle.runtime.train.TrainingListener
import io.heddle.runtime.train.TrainingOutcome
import io.heddle.runtime.train.TrainingRun
import io.heddle.runtime.train.TrainingStart
import io.heddle.runtime.train.data.TrainingData
import io.heddle.terms.Gelu
import io.heddle.terms.Pooling
import io.heddle.terms.Pooling.Mean
import io.heddle.terms.PreNorm
import io.heddle.terms.Self
import java.nio.file.Path
import java.util.function.BooleanSupplier
import kotlin.io.path.writeText

/** A listener that hears nothing. */
object Quiet : TrainingListener {
    override fun started(data: TrainingData, parameters: Long, done: Long, steps: Long) = Unit

    override fun begunFrom(run: Path, taken: Int, drawn: List<String>) = Unit

    override fun step(report: TrainingListener.StepReport) = Unit

    override fun evaluated(report: TrainingListener.EvaluationReport) = Unit

    override fun saved(run: Path, step: Long) = Unit
}

/** A decoder so small that a step takes a moment. */
fun smallDecoder(rate: Double = 0.0, width: Int = 8, positions: Int = 8): Model =
    model("small", width) {
        layout = PreNorm
        dropout = rate
        val text by tokens(vocab = 12) { learnedPositions(positions) }
        val decoder by
            stack(text, layers = 1) {
                attention(heads = 2) { causal() }
                addNorm()
                feedForward { activation = Gelu }
                addNorm()
            }
        val next by logits(decoder, tiedTo = text)
        check(next.name == "next")
    }

/** An encoder and a decoder for the reverse task of 8 symbols. */
fun smallReverser(): Model =
    model("reverser", width = 16) {
        val source by tokens(vocab = 12) { sinusoidal() }
        val target by tokens(tiedTo = source) { sinusoidal() }
        val encoder by
            stack(source, layers = 1) {
                attention(heads = 2)
                addNorm()
                feedForward()
                addNorm()
            }
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 2) { causal() }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
                feedForward()
                addNorm()
            }
        val next by logits(decoder, tiedTo = target)
        check(next.name == "next")
    }

/** The same task written all at once: 8 symbols, four special ones and the mask; targets of up to 12 tokens. */
fun smallFiller(weight: Double = 1.0, rate: Double = 0.0): Model =
    model("filler", width = 16) {
        dropout = rate
        val source by tokens(vocab = 13) { sinusoidal() }
        val target by tokens(tiedTo = source) { sinusoidal() }
        val encoder by
            stack(source, layers = 1) {
                attention(heads = 2)
                addNorm()
                feedForward()
                addNorm()
            }
        val length by classify(encoder, Mean, classes = 13)
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 2)
                addNorm()
                crossAttention(from = encoder)
                addNorm()
                feedForward()
                addNorm()
            }
        val words by logits(decoder, tiedTo = target)
        objective {
            crossEntropy(words)
            crossEntropy(length, weight = weight)
        }
    }

/** The same from copies of the source, whose words are a chain. */
fun smallCopier(beam: Int = 4, lengths: Pooling = Mean): Model =
    model("copier", width = 16) {
        val source by tokens(vocab = 12) { sinusoidal() }
        val encoder by
            stack(source, layers = 1) {
                attention(heads = 2)
                addNorm()
            }
        val length by classify(encoder, lengths, classes = 13)
        val blanks by copies(source, length) { sinusoidal() }
        val decoder by
            stack(blanks, layers = 1) {
                attention(heads = 2) { mask = !Self }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
            }
        val words by logits(decoder, tiedTo = source) { crf(rank = 3, beam = beam) }
        check(words.name == "words")
    }

/** Nine different characters, over and over. */
fun writeRhyme(folder: Path) {
    folder.resolve("rhyme.txt").writeText("cons\n".repeat(5) + "a cat sat on a mat\n".repeat(40))
}

fun smallRecipe(steps: Int, rate: Double = 1e-2): Recipe =
    recipe(text("rhyme.txt", context = 8), steps = steps) {
        batch(sequences = 3)
        optimizer = AdamW(rate)
        schedule = Cosine(warmup = 2, floor = 1e-3)
        clip(norm = 1.0)
        evaluate(every = 4, batches = 2)
        checkpoint(every = 3)
        seed = 7
    }

fun reverseRecipe(steps: Int): Recipe =
    recipe(reverseTask(pairs = 40, validationPairs = 6, maximumLength = 5, symbols = 8), steps = steps) {
        batch(sequences = 4)
        evaluate(every = 5)
        checkpoint(every = 3)
    }

/** Trains on one thread, unless another [engine] is given. */
fun train(
    model: Model,
    recipe: Recipe,
    base: Path,
    out: Path,
    start: TrainingStart = TrainingStart.RESUME,
    listener: TrainingListener = Quiet,
    stop: BooleanSupplier = BooleanSupplier { false },
    engine: Engine = Engine.cpu(1),
): TrainingOutcome = engine.use { TrainingRun(model, recipe, base, out).run(it, start, stop, listener) }

/** The losses that were recorded, by step, exactly as they were. */
fun losses(run: Path): Map<Long, String> =
    MetricsLog.read(run).associate { row -> row.step() to "${row.metric("loss")} ${row.metric("validationLoss")}" }

/** What ends a training in the middle, as a kill does. */
internal class Ended : RuntimeException()

/** Ends a training after a step. */
internal class EndedAfter(private val step: Long) : TrainingListener by Quiet {
    override fun step(report: TrainingListener.StepReport) {
        if (report.step() == step) throw Ended()
    }
}
