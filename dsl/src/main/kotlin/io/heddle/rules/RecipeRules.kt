@file:JvmName("RecipeChecks")

package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.Message
import io.heddle.messages.RecipeMessages
import io.heddle.model.Attention
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Origin
import io.heddle.model.Position
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.Batch
import io.heddle.recipe.Clipping
import io.heddle.recipe.Columns
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
public fun Recipe.check(model: Model): List<Problem> =
    when (data) {
        is Data.Text -> written(model, 1)
        is Data.MaskedText -> filledIn(model)
        is Data.Pairs,
        is Data.ReverseTask -> written(model, 2)
        is Data.LabelledTexts,
        is Data.TaggedWords -> labelled(model)
    }

/** What keeps a model from learning to fill in words. */
private fun Recipe.filledIn(model: Model): List<Problem> {
    val tokens = model.all<TokenInput>()
    val heads = model.all<Logits>()
    if (tokens.size != 1 || heads.size != 1) {
        val facts = listOf(Fact("tokens inputs", "${tokens.size}"), Fact("logits", "${heads.size}"))
        return listOf(RecipeMessages.modelHasNoMaskedText().at(model.name, facts))
    }
    return tokens.mapNotNull { tooLong(model, it) } +
        Folding.fold(model, forgets(model)) +
        otherObjectives(model, heads.single().name)
}

/** What keeps a model from learning to write the last of [wanted] token inputs. */
private fun Recipe.written(model: Model, wanted: Int): List<Problem> {
    val tokens = model.all<TokenInput>()
    val heads = model.all<Logits>()
    if (tokens.size != wanted || heads.size != 1) {
        val facts = listOf(Fact("tokens inputs", "${tokens.size}"), Fact("logits", "${heads.size}"))
        val message = if (wanted == 1) RecipeMessages.modelHasNoText() else RecipeMessages.modelHasNoPairs()
        return listOf(message.at(model.name, facts))
    }
    return tokens.mapNotNull { input -> tooLong(model, input) } +
        Folding.fold(model, model.notCausal() + forgets(model)) +
        otherObjectives(model, heads.single().name)
}

/** Attentions that remember, where no batch goes on with what was read before it. */
internal fun Recipe.forgets(model: Model): List<Problem> =
    when (data) {
        is Data.Text -> emptyList()
        is Data.Pairs,
        is Data.ReverseTask,
        is Data.LabelledTexts,
        is Data.TaggedWords,
        is Data.MaskedText ->
            model.all<Stack>().flatMap { stack ->
                stack.layers.flatMapIndexed { number, layer ->
                    layer.parts
                        .filterIsInstance<Attention>()
                        .filter { it.memory > 0 }
                        .map { part ->
                            val path = "${stack.name}/$number/${part.name}"
                            RecipeMessages.nothingIsRemembered().at(path, model.fact("memory", part.memory, path))
                        }
                }
            }
    }

/** How many tokens a sequence may have, the begin or end token included; more than an int holds for absurd recipes. */
internal fun longest(data: Data): Long =
    when (data) {
        is Data.Text -> data.context.toLong()
        is Data.MaskedText -> data.context.toLong()
        is Data.Pairs -> data.maximumLength + 1L
        is Data.ReverseTask -> data.maximumLength + Data.ReverseTask.HELD_OUT_LONGER + 1L
        is Data.LabelledTexts -> data.maximumLength.toLong()
        is Data.TaggedWords -> data.maximumLength.toLong()
    }

/** Tells that sequences are [longest] tokens long, and why where that is more than the recipe says. */
private fun tooFewPositions(data: Data, longest: Long): Message =
    when (data) {
        is Data.Text,
        is Data.MaskedText,
        is Data.LabelledTexts,
        is Data.TaggedWords -> RecipeMessages.tooFewPositions(longest)
        is Data.Pairs -> RecipeMessages.tooFewPositionsForAnEnd(longest)
        is Data.ReverseTask ->
            RecipeMessages.tooFewPositionsForHeldOut(data.maximumLength, Data.ReverseTask.HELD_OUT_LONGER, longest)
    }

internal fun Recipe.tooLong(model: Model, input: TokenInput): Problem? {
    val learned = input.position as? Position.Learned ?: return null
    val longest = longest(data)
    if (learned.length >= longest) return null
    val facts = listOf(model.fact("positions", learned.length, input.name), fact("longest sequence", longest, "data"))
    return tooFewPositions(data, longest).at(input.name, facts)
}

/** A number of a recipe: what messages call it, and the path of what said it. */
private data class Said(val name: String, val path: String = name)

/** A value of the recipe, with the words that said it or what it is a part of. */
internal fun Recipe.fact(name: String, value: Any, path: String): Fact {
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

        val ENTITY = Regex("[BI]-.+")
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
            val writes =
                when (recipe.data) {
                    is Data.Text,
                    is Data.Pairs,
                    is Data.ReverseTask -> true
                    is Data.MaskedText,
                    is Data.LabelledTexts,
                    is Data.TaggedWords -> false
                }
            require(writes, Said("sample"), "asked for", RecipeMessages.nothingIsWritten("sample"))
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

    /** Tells [message] of the [value] of what was [said], unless it is [fine]. */
    private fun require(fine: Boolean, said: Said, value: Any, message: Message) {
        if (!fine) problems += message.at(recipe.name, recipe.fact(said.name, value, said.path))
    }

    private fun positive(said: Said, value: Int) =
        require(value > 0, said, value, RecipeMessages.notPositive(said.name))

    private fun notNegative(said: Said, value: Int) =
        require(value >= 0, said, value, RecipeMessages.negative(said.name))

    private fun amount(said: Said, value: Double) =
        require(value > 0.0 && value.isFinite(), said, value, RecipeMessages.notAPositiveNumber(said.name))

    private fun amountOrNone(said: Said, value: Double) =
        require(value >= 0.0 && value.isFinite(), said, value, RecipeMessages.notAnAmount(said.name))

    private fun rate(said: Said, value: Double) =
        require(value >= 0.0 && value < 1.0, said, value, RecipeMessages.notARate(said.name))

    private fun batch(batch: Batch) =
        when (batch) {
            is Batch.Sequences -> positive(Said("batch", "batch.count"), batch.count)
            is Batch.Tokens -> {
                positive(Said("batchTokens", "batch.count"), batch.count)
                val fits = recipe.data !is Data.Text && recipe.data !is Data.MaskedText
                require(fits, Said("batchTokens", "batch.count"), batch.count, RecipeMessages.textHasNoTokenBatches())
            }
        }

    /** The tokens of a batch are one tensor, and lie in one array. */
    private fun tensorSize() {
        val rows = (recipe.batch as? Batch.Sequences)?.count ?: return
        val longest = longest(recipe.data)
        if (rows <= 0 || longest <= 0) return
        val tooLarge = RecipeMessages.batchIsTooLarge(longest, rows * longest, MOST_TOKENS)
        require(rows * longest <= MOST_TOKENS, Said("batch", "batch.count"), rows, tooLarge)
    }

    private fun metrics() =
        recipe.evaluation.metrics.forEach { metric ->
            when (metric) {
                is Metric.Bleu -> bleu(metric)
                is Metric.Entities -> entities()
            }
        }

    private fun bleu(metric: Metric.Bleu) {
        val said = Said("bleu", "evaluation.metrics")
        when (recipe.data) {
            is Data.Pairs,
            is Data.ReverseTask -> Unit
            is Data.Text -> require(false, said, metric.tokenization, RecipeMessages.textHasNoBleu())
            is Data.MaskedText,
            is Data.LabelledTexts,
            is Data.TaggedWords -> require(false, said, metric.tokenization, RecipeMessages.nothingIsWritten("bleu"))
        }
    }

    private fun entities() {
        val said = Said("entities", "evaluation.metrics")
        when (val data = recipe.data) {
            is Data.Text,
            is Data.MaskedText,
            is Data.Pairs,
            is Data.ReverseTask,
            is Data.LabelledTexts -> require(false, said, "asked for", RecipeMessages.entitiesAreTagged())
            is Data.TaggedWords -> {
                val other = data.tags.firstOrNull { it != "O" && !it.matches(ENTITY) } ?: return
                require(false, said, other, RecipeMessages.noEntity())
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
                amountOrNone(Said("weightDecay", "optimizer.weightDecay"), optimizer.weightDecay)
                (optimizer.decays as? Decays.Matching)?.let { patterns(it.patterns) }
            }
        }
    }

    private fun patterns(patterns: List<String>) {
        val said = Said("decays", "optimizer.decays")
        require(patterns.isNotEmpty(), said, "none", RecipeMessages.nothingDecays())
        patterns.forEach { pattern ->
            val fine = pattern.split('/').none { it.isEmpty() || ('*' in it && it != "*" && it != "**") }
            require(fine, said, pattern, RecipeMessages.notAPattern())
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
        val highest = recipe.optimizer.learningRate
        // A learning rate that is none is told by itself.
        val fits = floor >= 0.0 && (floor <= highest || !(highest > 0.0))
        require(fits, Said("floor", "schedule.floor"), floor, RecipeMessages.floorIsOutOfRange(highest))
    }

    private fun decoding(decoding: Decoding) =
        when (decoding) {
            is Decoding.Greedy -> Unit
            is Decoding.Sampling -> {
                amount(Said("temperature", "sample.decoding.temperature"), decoding.temperature)
                notNegative(Said("topK", "sample.decoding.topK"), decoding.topK)
                val said = Said("topP", "sample.decoding.topP")
                val share = decoding.topP > 0.0 && decoding.topP <= 1.0
                require(share, said, decoding.topP, RecipeMessages.notAShare(said.name))
            }
            is Decoding.Beam -> {
                positive(Said("beam size", "sample.decoding.size"), decoding.size)
                amountOrNone(Said("lengthPenalty", "sample.decoding.lengthPenalty"), decoding.lengthPenalty)
            }
        }

    private fun data() =
        when (val data = recipe.data) {
            is Data.Text -> text(data.files, data.context, data.tokenizer, data.validation)
            is Data.MaskedText -> {
                text(data.files, data.context, data.tokenizer, data.validation)
                part(Said("share", "data.share"), data.share)
            }
            is Data.Pairs -> {
                positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                tokenization(data.source)
                tokenization(data.target)
            }
            is Data.LabelledTexts -> {
                positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                tokenization(data.tokenizer)
                classes(Said("classes", "data.classes"), data.classes)
                columns(data.columns)
                wordDropout(data.wordDropout, data.tokenizer)
            }
            is Data.TaggedWords -> {
                positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                tokenization(data.tokenizer)
                classes(Said("tags", "data.tags"), data.tags)
                columns(data.columns)
                wordDropout(data.wordDropout, data.tokenizer)
            }
            is Data.ReverseTask -> {
                positive(Said("pairs", "data.pairs"), data.pairs)
                positive(Said("validationPairs", "data.validationPairs"), data.validationPairs)
                positive(Said("maximumLength", "data.maximumLength"), data.maximumLength)
                positive(Said("symbols", "data.symbols"), data.symbols)
            }
        }

    private fun text(files: List<String>, context: Int, tokenizer: Tokenization, validation: Double) {
        positive(Said("context", "data.context"), context)
        tokenization(tokenizer)
        require(files.isNotEmpty(), Said("files", "data.files"), "none", RecipeMessages.noFiles())
        part(Said("validation", "data.validation"), validation)
    }

    private fun part(said: Said, value: Double) =
        require(value > 0.0 && value < 1.0, said, value, RecipeMessages.notAPart(said.name))

    private fun classes(said: Said, names: List<String>) {
        require(names.size > 1, said, names, RecipeMessages.fewClasses(said.name))
        val twice = names.groupingBy { it }.eachCount().filterValues { it > 1 }.keys.firstOrNull() ?: return
        require(false, said, twice, RecipeMessages.repeatedClass(said.name))
    }

    private fun wordDropout(share: Double, tokenizer: Tokenization) {
        val said = Said("wordDropout", "data.wordDropout")
        rate(said, share)
        val fine = share == 0.0 || tokenizer != Tokenization.Characters
        require(fine, said, share, RecipeMessages.lettersAreKnown())
    }

    private fun columns(columns: Columns) =
        when (columns) {
            is Columns.Named -> {
                val fine = columns.input != columns.label
                require(fine, Said("label", "data.columns"), columns.label, RecipeMessages.columnNotThere("label"))
            }
            is Columns.Numbered -> {
                val (input, label) = columns
                require(input > 0, Said("input", "data.columns"), input, RecipeMessages.columnNotThere("input"))
                val fine = label > 0 && label != input
                require(fine, Said("label", "data.columns"), label, RecipeMessages.columnNotThere("label"))
            }
        }

    private fun tokenization(tokenization: Tokenization) =
        when (tokenization) {
            is Tokenization.Characters,
            is Tokenization.File -> Unit
            is Tokenization.Words -> positive(Said("minimum", "data"), tokenization.minimum)
            is Tokenization.WordsAndEndings -> positive(Said("minimum", "data"), tokenization.minimum)
        }
}
