@file:JvmName("RecipeChecks")

package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Position
import io.heddle.model.TokenInput
import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.Batch
import io.heddle.recipe.Clipping
import io.heddle.recipe.Constant
import io.heddle.recipe.Cosine
import io.heddle.recipe.Data
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
    return tokens.mapNotNull { input -> tooLong(input, data) } + model.notCausal()
}

/** How many tokens a sequence may have, the begin or end token included; more than an int holds for absurd recipes. */
private fun longest(data: Data): Long =
    when (data) {
        is Data.Text -> data.context.toLong()
        is Data.Pairs -> data.maximumLength + 1L
        is Data.ReverseTask -> data.maximumLength + Data.ReverseTask.HELD_OUT_LONGER + 1L
    }

private fun longestInWords(data: Data): String =
    when (data) {
        is Data.Text -> "${longest(data)}"
        is Data.Pairs -> "${longest(data)}, with its begin or end token"
        is Data.ReverseTask ->
            "${longest(data)}: held-out ones are up to ${Data.ReverseTask.HELD_OUT_LONGER} longer than " +
                "${data.maximumLength}, and have a begin or end token"
    }

private fun tooLong(input: TokenInput, data: Data): Problem? {
    val learned = input.position as? Position.Learned ?: return null
    val longest = longest(data)
    if (learned.length >= longest) return null
    val facts = listOf(Fact("positions", "${learned.length}"), Fact("longest sequence", longestInWords(data)))
    return Problem(
        input.name,
        "there are fewer learned positions than the data is long",
        facts,
        "Say learnedPositions($longest), or make the data shorter.",
    )
}

/** Numbers of a recipe are in their ranges. */
private class RecipeRules(private val recipe: Recipe) {
    private companion object {
        /** The longest array that the JVM grants on every platform, less what padding to a multiple may add. */
        const val MOST_TOKENS = 2_000_000_000L
    }

    private val problems = mutableListOf<Problem>()

    fun problems(): List<Problem> {
        positive("steps", recipe.steps)
        positive("accumulation", recipe.accumulation)
        positive("checkpoint every", recipe.checkpointEvery)
        positive("evaluate every", recipe.evaluation.every)
        (recipe.evaluation.batches as? EvaluationBatches.Drawn)?.let { positive("evaluate batches", it.count) }
        (recipe.clipping as? Clipping.GlobalNorm)?.let { amount("clip", it.norm) }
        (recipe.sample as? Sample.Text)?.let { sample ->
            positive("sample tokens", sample.tokens)
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

    private fun problem(name: String, value: Any, wrong: String, mend: String) {
        problems += Problem("recipe", "$name is $wrong", listOf(Fact(name, "$value")), mend)
    }

    private fun positive(name: String, value: Int) {
        if (value <= 0) problem(name, value, "not positive", "It must be 1 or more.")
    }

    private fun notNegative(name: String, value: Int) {
        if (value < 0) problem(name, value, "negative", "It must be 0 or more.")
    }

    private fun amount(name: String, value: Double) {
        if (value <= 0.0 || !value.isFinite()) problem(name, value, "not a positive number", "It must be above 0.")
    }

    private fun rate(name: String, value: Double) {
        if (!(value >= 0.0 && value < 1.0)) problem(name, value, "out of range", "It must be at least 0 and below 1.")
    }

    private fun batch(batch: Batch) =
        when (batch) {
            is Batch.Sequences -> positive("batch", batch.count)
            is Batch.Tokens -> {
                positive("batchTokens", batch.count)
                if (recipe.data is Data.Text)
                    problem(
                        "batchTokens",
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
            "batch",
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
                        "bleu",
                        metric.tokenization,
                        "not for text",
                        "It compares what is written with targets, and running text has none. Leave bleu() out.",
                    )
            }
        }
    }

    private fun optimizer() {
        amount("learningRate", recipe.optimizer.learningRate)
        when (val optimizer = recipe.optimizer) {
            is Sgd -> rate("momentum", optimizer.momentum)
            is Adam -> moments(optimizer.beta1, optimizer.beta2, optimizer.epsilon)
            is AdamW -> {
                moments(optimizer.beta1, optimizer.beta2, optimizer.epsilon)
                if (!(optimizer.weightDecay >= 0.0 && optimizer.weightDecay.isFinite())) {
                    problem("weightDecay", optimizer.weightDecay, "out of range", "It must be 0 or more.")
                }
            }
        }
    }

    private fun moments(beta1: Double, beta2: Double, epsilon: Double) {
        rate("beta1", beta1)
        rate("beta2", beta2)
        amount("epsilon", epsilon)
    }

    private fun schedule() {
        notNegative("warmup", recipe.schedule.warmup)
        val floor =
            when (val schedule = recipe.schedule) {
                is Constant,
                is InverseSquareRoot -> 0.0
                is Linear -> schedule.floor
                is Cosine -> schedule.floor
            }
        if (!(floor >= 0.0 && floor <= recipe.optimizer.learningRate)) {
            problem(
                "floor",
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
                amount("temperature", decoding.temperature)
                notNegative("topK", decoding.topK)
                if (!(decoding.topP > 0.0 && decoding.topP <= 1.0))
                    problem("topP", decoding.topP, "out of range", "It must be above 0 and at most 1.")
                else Unit
            }
            is Decoding.Beam -> {
                positive("beam size", decoding.size)
                if (!(decoding.lengthPenalty >= 0.0 && decoding.lengthPenalty.isFinite()))
                    problem("lengthPenalty", decoding.lengthPenalty, "out of range", "It must be 0 or more.")
                else Unit
            }
        }

    private fun data() =
        when (val data = recipe.data) {
            is Data.Text -> {
                positive("context", data.context)
                tokenization(data.tokenizer)
                if (data.files.isEmpty())
                    problem("files", "none", "not there", "Name a text file: text(\"data/input.txt\", context = 64).")
                if (!(data.validation > 0.0 && data.validation < 1.0))
                    problem("validation", data.validation, "out of range", "It must be above 0 and below 1.")
                else Unit
            }
            is Data.Pairs -> {
                positive("maximumLength", data.maximumLength)
                tokenization(data.source)
                tokenization(data.target)
            }
            is Data.ReverseTask -> {
                positive("pairs", data.pairs)
                positive("validationPairs", data.validationPairs)
                positive("maximumLength", data.maximumLength)
                positive("symbols", data.symbols)
            }
        }

    private fun tokenization(tokenization: Tokenization) =
        when (tokenization) {
            is Tokenization.Characters,
            is Tokenization.File -> Unit
            is Tokenization.Words -> positive("minimum", tokenization.minimum)
        }
}
