package io.heddle.dsl

import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.recipe.AdamW
import io.heddle.recipe.Batch
import io.heddle.recipe.BleuTokenization
import io.heddle.recipe.Clipping
import io.heddle.recipe.Constant
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Decoding
import io.heddle.recipe.Evaluation
import io.heddle.recipe.EvaluationBatches
import io.heddle.recipe.Keep
import io.heddle.recipe.Metric
import io.heddle.recipe.Optimizer
import io.heddle.recipe.PairFiles
import io.heddle.recipe.Recipe
import io.heddle.recipe.Rewards
import io.heddle.recipe.Sample
import io.heddle.recipe.Schedule
import io.heddle.recipe.StartingWeights
import io.heddle.recipe.Tokenization
import kotlin.jvm.JvmSynthetic

/**
 * Describes how a model is trained on [data], as `text(...)` or `labelledTexts(...)` say it, for a number of [steps].
 */
@JvmSynthetic
public fun recipe(data: Data, steps: Int, describe: RecipeScope.() -> Unit = {}): Recipe {
    val scope = RecipeScope(data, steps)
    scope.says("", "recipe(..., steps = $steps)")
    return scope.apply(describe).build()
}

/** Running text from UTF-8 [files], in sequences of [context] tokens. */
@JvmSynthetic
public fun text(
    vararg files: String,
    context: Int,
    tokenizer: Tokenization = Tokenization.Characters,
    validation: Double = 0.1,
): Data = Data.Text(files.toList(), context, tokenizer, validation)

/** Sentence pairs from files; one tokenizer for both sides unless [target] says otherwise. */
@JvmSynthetic
public fun pairs(
    training: PairFiles,
    validation: PairFiles,
    tokenizer: Tokenization,
    target: Tokenization = tokenizer,
    maximumLength: Int = 256,
): Data = Data.Pairs(training, validation, tokenizer, target, maximumLength)

/** Two files whose lines belong together. */
@JvmSynthetic public fun files(source: String, target: String): PairFiles = PairFiles.TwoFiles(source, target)

/** Two files whose lines belong together, and a third one that says which of their words do: `0-0 1-2`. */
@JvmSynthetic
public fun files(source: String, target: String, alignments: String): PairFiles =
    PairFiles.Aligned(source, target, alignments)

/** One file with a tab in each line. */
@JvmSynthetic public fun tabSeparated(file: String): PairFiles = PairFiles.TabSeparated(file)

/**
 * Number sequences to be reversed, written by Heddle itself; the defaults are those of JoeyNMT's generator. Held-out
 * sequences may be [longer] than those to learn from.
 */
@JvmSynthetic
public fun reverseTask(
    pairs: Int = 50_000,
    validationPairs: Int = 1_000,
    maximumLength: Int = 25,
    symbols: Int = 50,
    seed: Long = 42,
    longer: Int = 5,
): Data = Data.ReverseTask(pairs, validationPairs, maximumLength, symbols, seed, longer)

/** What may be said of a training. */
@HeddleDsl
public class RecipeScope internal constructor(private val data: Data, private val steps: Int) {
    private var batch: Batch = Batch.Sequences(DEFAULT_BATCH)
    private var clipping: Clipping = Clipping.None
    private var evaluation =
        Evaluation(maxOf(1, steps / DEFAULT_EVALUATIONS), EvaluationBatches.All, emptyList(), Keep.Last)
    private var checkpointEvery = maxOf(1, steps / DEFAULT_EVALUATIONS)
    private var sample: Sample = Sample.None
    private val origins = LinkedHashMap<String, Origin>()

    /** How a gradient changes the weights. */
    public var optimizer: Optimizer = AdamW(learningRate = 1e-3)
        @JvmName("optimizer")
        set(value) {
            says("optimizer", "optimizer = ${value::class.simpleName}(...)")
            field = value
        }

    /** Which learning rate each step has. */
    public var schedule: Schedule = Constant()
        @JvmName("schedule")
        set(value) {
            says("schedule", "schedule = ${value::class.simpleName}(...)")
            field = value
        }

    /** What a decoder reads of what it writes: the truth, words of its own, or blanks to fill in. */
    public var decoderInput: DecoderInput = DecoderInput.TeacherForcing
        @JvmName("decoderInput")
        set(value) {
            says("decoderInput", "decoderInput = ${value::class.simpleName}(...)")
            field = value
        }

    /** Which weights are left in the end: the last, or those of the best evaluation. */
    public var keep: Keep
        @JvmName("keep")
        set(value) {
            says("evaluation.keep", "keep = ${value::class.simpleName}" + if (value is Keep.Best) "(...)" else "")
            evaluation = evaluation.copy(keep = value)
        }
        get() = evaluation.keep

    /** Whether the model also learns from what it writes itself, as a whole. */
    public var rewards: Rewards = Rewards.None
        @JvmName("rewards")
        set(value) {
            says("rewards", "rewards = ${value::class.simpleName}(...)")
            field = value
        }

    /** How many passes make one step. */
    public var accumulation: Int = 1
        @JvmName("accumulation")
        set(value) {
            says("accumulation", "accumulation = $value")
            field = value
        }

    /** Decides initialization, order, dropout and samples. */
    @set:JvmName("seed") public var seed: Long = 1

    /** The weights that the first step begins with: drawn, or those of another run. */
    public var startingWeights: StartingWeights = StartingWeights.Drawn
        @JvmName("startingWeights")
        set(value) {
            val words = if (value is StartingWeights.Of) "Of(\"${value.run}\")" else "Drawn"
            says("startingWeights", "startingWeights = $words")
            field = value
        }

    /** Notes that the script says [path] by [words], in the line that is speaking. */
    internal fun says(path: String, words: String) {
        origins[path] = Caller.origin(words)
    }

    /** A pass over [sequences] sequences, or pairs. */
    public fun batch(sequences: Int) {
        says("batch", "batch($sequences)")
        batch = Batch.Sequences(sequences)
    }

    /** A pass over as many pairs of similar length as have no more than [tokens] on either side, padding included. */
    public fun batchTokens(tokens: Int) {
        says("batch", "batchTokens($tokens)")
        batch = Batch.Tokens(tokens)
    }

    /** Scales gradients down so that together they are no longer than [norm]. */
    public fun clip(norm: Double) {
        says("clipping", "clip(norm = $norm)")
        clipping = Clipping.GlobalNorm(norm)
    }

    /** Looks at all held-out data after each [every] steps, or at [batches] drawn batches of it. */
    @JvmOverloads
    public fun evaluate(every: Int, batches: Int = 0) {
        says("evaluation", "evaluate(every = $every" + if (batches == 0) ")" else ", batches = $batches)")
        val share = if (batches == 0) EvaluationBatches.All else EvaluationBatches.Drawn(batches)
        evaluation = evaluation.copy(every = every, batches = share)
    }

    /** Measures BLEU of what is written for the held-out sources, too. */
    @JvmOverloads
    public fun bleu(tokenization: BleuTokenization = BleuTokenization.Mteval13a) {
        measure("bleu", Metric.Bleu(tokenization))
    }

    /** Measures chrF2 of what is written for the held-out sources, too. */
    public fun chrF(): Unit = measure("chrF", Metric.ChrF)

    /** Measures chrF2++ of what is written for the held-out sources, too: of words beside characters. */
    public fun chrFWithWords(): Unit = measure("chrFWithWords", Metric.ChrFWithWords)

    /** Measures TER of what is written for the held-out sources, too; less is better. */
    public fun translationEditRate(): Unit = measure("translationEditRate", Metric.TranslationEditRate)

    /** Measures ROUGE-1, ROUGE-2 and ROUGE-L of what is written for the held-out sources, too. */
    public fun rouge(): Unit = measure("rouge", Metric.Rouge)

    /** Measures the word error rate of what is written for the held-out sources, too; less is better. */
    public fun wordErrorRate(): Unit = measure("wordErrorRate", Metric.WordErrorRate)

    /** Measures the character error rate of what is written for the held-out sources, too; less is better. */
    public fun characterErrorRate(): Unit = measure("characterErrorRate", Metric.CharacterErrorRate)

    /** Measures for how many of the held-out sources exactly the target is written, too. */
    public fun exactMatch(): Unit = measure("exactMatch", Metric.ExactMatch)

    /** Measures precision, recall and F1 of the entities that tags of the form `B-kind`, `I-kind` and `O` mark, too. */
    public fun entities(): Unit = measure("entities", Metric.Entities)

    /** Measures the mean average precision of boxes, over overlaps from 0.5 to 0.95 and at 0.5, too. */
    public fun meanAveragePrecision(): Unit = measure("meanAveragePrecision", Metric.MeanAveragePrecision)

    private fun measure(word: String, metric: Metric) {
        listOf("evaluation.metrics", "evaluation.metrics.$word").forEach { says(it, "$word()") }
        evaluation = evaluation.copy(metrics = evaluation.metrics + metric)
    }

    /** Saves everything after each [every] steps. */
    public fun checkpoint(every: Int) {
        says("checkpointEvery", "checkpoint(every = $every)")
        checkpointEvery = every
    }

    /** Lets the model write [tokens] tokens after [prompt] when it has been trained. */
    @JvmOverloads
    public fun sample(prompt: String, tokens: Int, decoding: Decoding = Decoding.Sampling()) {
        says("sample", "sample(\"${prompt.lineSequence().first()}\", tokens = $tokens)")
        sample = Sample.Text(prompt, tokens, decoding)
    }

    internal fun build(): Recipe =
        Recipe(
                data,
                batch,
                accumulation,
                steps,
                optimizer,
                schedule,
                clipping,
                evaluation,
                checkpointEvery,
                seed,
                startingWeights,
                sample,
                decoderInput,
                rewards,
            )
            .toldAs(Recipe.UNNAMED, Origins(origins.toMap()))

    private companion object {
        const val DEFAULT_BATCH = 32
        const val DEFAULT_EVALUATIONS = 10
    }
}
