@file:JvmName("RecipeChecks")

package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Origin
import io.heddle.model.Position
import io.heddle.model.TokenInput
import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.Batch
import io.heddle.recipe.Clipping
import io.heddle.recipe.Constant
import io.heddle.recipe.Cosine
import io.heddle.recipe.Data
import io.heddle.recipe.Decays
import io.heddle.recipe.Decoding
import io.heddle.recipe.EvaluationBatches
import io.heddle.recipe.InverseSquareRoot
import io.heddle.recipe.Linear
import io.heddle.recipe.Metric
import io.heddle.recipe.Recipe
import io.heddle.recipe.Sample
import io.heddle.recipe.Sgd
import io.heddle.recipe.Tokenization

/** Everything that is wrong with the recipe by itself. */
public fun Recipe.check(): List<Problem> = RecipeRules(this).problems()

/** Everything that keeps the recipe from training [model], as far as it shows before the data is read. */
public fun Recipe.check(model: Model): List<Problem> {
    val tokens = model.all<TokenInput>()
    val heads = model.all<Logits>()
    val wanted =
        when (data) {
            is Data.Text -> 1
            is Data.Pairs,
            is Data.ReverseTask -> 2
        }
    if (tokens.size != wanted || heads.size != 1) {
        val facts = listOf(Fact("tokens inputs", "${tokens.size}"), Fact("logits", "${heads.size}"))
        val mend =
            "This data needs $wanted and 1: " +
                if (wanted == 1) "a text to go on with." else "a source to read, and a target to write."
        return listOf(Problem(model.name, "the model does not fit the data of its recipe", facts, mend))
    }
    return tokens.mapNotNull { input -> tooLong(model, input) } + model.notCausal()
}

/** How many tokens a sequence may have, the begin or end token included; more than an int holds for absurd recipes. */
private fun longest(data: Data): Long =
    when (data) {
        is Data.Text -> data.context.toLong()
        is Data.Pairs -> data.maximumLength + 1L
        is Data.ReverseTask -> data.maximumLength + Data.ReverseTask.HELD_OUT_LONGER + 1L
    }

/** Why a sequence is longer than the recipe says, for those who wonder. */
private fun longerBecause(data: Data): String =
    when (data) {
        is Data.Text -> ""
        is Data.Pairs -> "One is for the begin or end token. "
        is Data.ReverseTask ->
            "Held-out sequences are up to ${Data.ReverseTask.HELD_OUT_LONGER} longer than ${data.maximumLength}, " +
                "and one is for the begin or end token.\n"
    }

private fun Recipe.tooLong(model: Model, input: TokenInput): Problem? {
    val learned = input.position as? Position.Learned ?: return null
    val longest = longest(data)
    if (learned.length >= longest) return null
    val facts = listOf(model.fact("positions", learned.length, input.name), fact("longest sequence", longest, "data"))
    return Problem(
        input.name,
        "there are fewer learned positions than the data is long",
        facts,
        longerBecause(data) + "Say learnedPositions($longest), or make the data shorter.",
    )
}

/** A number of a recipe: what messages call it, and the path of what said it. */
private data class Said(val name: String, val path: String = name)

/** A value of the recipe, with the words that said it or what it is a part of. */
private fun Recipe.fact(name: String, value: Any, path: String): Fact {
    val origin =
        generateSequence(path) { inner -> if (inner.isEmpty()) null else inner.substringBeforeLast('.', "") }
            .map { origins[it] }
            .firstOrNull { it != Origin.Unknown } ?: Origin.Unknown
    return Fact(name, "$value", origin.says, origin.where)
}

/** Numbers of a recipe are in their ranges. */
private class RecipeRules(private val recipe: Recipe) {
    private companion object {
        /** The longest array that the JVM grants on every platform, less what padding to a multiple may add. */
        const val MOST_TOKENS = 2_000_000_000L
    }

    private val problems = mutableListOf<Problem>()

    fun problems(): List<Problem> {
        positive(Said("steps"), recipe.steps)
        positive(Said("accumulation"), recipe.accumulation)
        positive(Said("checkpoint every", "checkpointEvery"), recipe.checkpointEvery)
        positive(Said("evaluate every", "evaluation.every"), recipe.evaluation.every)
        (recipe.evaluation.batches as? EvaluationBatches.Drawn)?.let {
            positive(Said("evaluate batches", "evaluation.batches.count"), it.count)
        }
        (recipe.clipping as? Clipping.GlobalNorm)?.let { amount(Said("clip", "clipping.norm"), it.norm) }
        (recipe.sample as? Sample.Text)?.let { sample ->
            positive(Said("sample tokens", "sample.tokens"), sample.tokens)
            decoding(sample.decoding)
        }
        batch(recipe.batch)
        tensorSize()
        metrics()
        optimizer()
        schedule()
        data()
        return problems
    }

    private fun problem(said: Said, value: Any, wrong: String, mend: String) {
        problems +=
            Problem(recipe.name, "${said.name} is $wrong", listOf(recipe.fact(said.name, value, said.path)), mend)
    }

    private fun positive(said: Said, value: Int) {
        if (value <= 0) problem(said, value, "not positive", "It must be 1 or more.")
    }

    private fun notNegative(said: Said, value: Int) {
        if (value < 0) problem(said, value, "negative", "It must be 0 or more.")
    }

    private fun amount(said: Said, value: Double) {
        if (value <= 0.0 || !value.isFinite()) problem(said, value, "not a positive number", "It must be above 0.")
    }

    private fun rate(said: Said, value: Double) {
        if (!(value >= 0.0 && value < 1.0)) problem(said, value, "out of range", "It must be at least 0 and below 1.")
    }

    private fun batch(batch: Batch) =
        when (batch) {
            is Batch.Sequences -> positive(Said("batch", "batch.count"), batch.count)
            is Batch.Tokens -> {
                positive(Said("batchTokens", "batch.count"), batch.count)
                if (recipe.data is Data.Text)
                    problem(
                        Said("batchTokens", "batch.count"),
                        batch.count,
                        "not for text",
                        "All its sequences are equally long. Say batch(12).",
                    )
                else Unit
            }
        }

    /** The tokens of a batch are one tensor, and lie in one array. */
    private fun tensorSize() {
        val rows = (recipe.batch as? Batch.Sequences)?.count ?: return
        val longest = longest(recipe.data)
        if (rows <= 0 || longest <= 0 || rows * longest <= MOST_TOKENS) return
        problem(
            Said("batch", "batch.count"),
            rows,
            "too large",
            "With sequences of $longest tokens it has ${rows * longest} of them, and $MOST_TOKENS is the most. " +
                "Say batch(${maxOf(1, MOST_TOKENS / longest)}) or less.",
        )
    }

    private fun metrics() {
        if (recipe.data !is Data.Text) return
        recipe.evaluation.metrics.forEach { metric ->
            when (metric) {
                is Metric.Bleu ->
                    problem(
                        Said("bleu", "evaluation.metrics"),
                        metric.tokenization,
                        "not for text",
                        "It compares what is written with targets, and running text has none. Leave bleu() out.",
                    )
            }
        }
    }

    private fun optimizer() {
        amount(Said("learningRate", "optimizer.learningRate"), recipe.optimizer.learningRate)
        when (val optimizer = recipe.optimizer) {
            is Sgd -> rate(Said("momentum", "optimizer.momentum"), optimizer.momentum)
            is Adam -> moments(optimizer.beta1, optimizer.beta2, optimizer.epsilon)
            is AdamW -> {
                moments(optimizer.beta1, optimizer.beta2, optimizer.epsilon)
                if (!(optimizer.weightDecay >= 0.0 && optimizer.weightDecay.isFinite())) {
                    problem(
                        Said("weightDecay", "optimizer.weightDecay"),
                        optimizer.weightDecay,
                        "out of range",
                        "It must be 0 or more.",
                    )
                }
                (optimizer.decays as? Decays.Matching)?.let { patterns(it.patterns) }
            }
        }
    }

    private fun patterns(patterns: List<String>) {
        val said = Said("decays", "optimizer.decays")
        if (patterns.isEmpty()) problem(said, "none", "not there", "Name the weights that decay: \"**/weight\".")
        patterns
            .filter { pattern -> pattern.split('/').any { it.isEmpty() || ('*' in it && it != "*" && it != "**") } }
            .forEach { pattern ->
                problem(
                    said,
                    pattern,
                    "no pattern",
                    "Write words between slashes; * is any word, ** any number of words.",
                )
            }
    }

    private fun moments(beta1: Double, beta2: Double, epsilon: Double) {
        rate(Said("beta1", "optimizer.beta1"), beta1)
        rate(Said("beta2", "optimizer.beta2"), beta2)
        amount(Said("epsilon", "optimizer.epsilon"), epsilon)
    }

    private fun schedule() {
        notNegative(Said("warmup", "schedule.warmup"), recipe.schedule.warmup)
        val floor =
            when (val schedule = recipe.schedule) {
                is Constant,
                is InverseSquareRoot -> 0.0
                is Linear -> schedule.floor
                is Cosine -> schedule.floor
            }
        if (!(floor >= 0.0 && floor <= recipe.optimizer.learningRate)) {
            problem(
                Said("floor", "schedule.floor"),
                floor,
                "out of range",
                "It must be at least 0 and at most the learning rate, ${recipe.optimizer.learningRate}.",
            )
        }
    }

    private fun decoding(decoding: Decoding) =
        when (decoding) {
            is Decoding.Greedy -> Unit
            is Decoding.Sampling -> {
                amount(Said("temperature", "sample.decoding.temperature"), decoding.temperature)
                notNegative(Said("topK", "sample.decoding.topK"), decoding.topK)
                if (!(decoding.topP > 0.0 && decoding.topP <= 1.0))
                    problem(
                        Said("topP", "sample.decoding.topP"),
                        decoding.topP,
                        "out of range",
                        "It must be above 0 and at most 1.",
                    )
                else Unit
            }
            is Decoding.Beam -> {
                positive(Said("beam size", "sample.decoding.size"), decoding.size)
                if (!(decoding.lengthPenalty >= 0.0 && decoding.lengthPenalty.isFinite()))
                    problem(
                        Said("lengthPenalty", "sample.decoding.lengthPenalty"),
                        decoding.lengthPenalty,
                        "out of range",
                        "It must be 0 or more.",
                    )
                else Unit
            }
        }

    private fun data() =
        when (val data = recipe.data) {
            is Data.Text -> {
                positive(Said("context", "data.context"), data.context)
                tokenization(data.tokenizer)
                if (data.files.isEmpty())
                    problem(
                        Said("files", "data.files"),
                        "none",
                        "not there",
                        "Name a text file: text(\"data/input.txt\", context = 64).",
                    )
                if (!(data.validation > 0.0 && data.validation < 1.0))
                    problem(
                        Said("validation", "data.validation"),
                        data.validation,
                        "out of range",
                        "It must be above 0 and below 1.",
                    )
                else Unit
            }
            is Data.Pairs -> {
                positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                tokenization(data.source)
                tokenization(data.target)
            }
            is Data.ReverseTask -> {
                positive(Said("pairs", "data.pairs"), data.pairs)
                positive(Said("validationPairs", "data.validationPairs"), data.validationPairs)
                positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                positive(Said("symbols", "data.symbols"), data.symbols)
            }
        }

    private fun tokenization(tokenization: Tokenization) =
        when (tokenization) {
            is Tokenization.Characters,
            is Tokenization.File -> Unit
            is Tokenization.Words -> positive(Said("minimum", "data"), tokenization.minimum)
        }
}
