@file:JvmName("RecipeChecks")

package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.BlockGraphMessages
import io.heddle.messages.BoxDataMessages
import io.heddle.messages.LabelMessages
import io.heddle.messages.Message
import io.heddle.messages.PictureDataMessages
import io.heddle.messages.RecipeMessages
import io.heddle.messages.RecipeOfModelMessages
import io.heddle.messages.SoundDataMessages
import io.heddle.model.Attention
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Position
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.model.word
import io.heddle.recipe.Adam
import io.heddle.recipe.AdamW
import io.heddle.recipe.Batch
import io.heddle.recipe.Clipping
import io.heddle.recipe.Constant
import io.heddle.recipe.Cosine
import io.heddle.recipe.Data
import io.heddle.recipe.Decays
import io.heddle.recipe.EvaluationBatches
import io.heddle.recipe.InverseSquareRoot
import io.heddle.recipe.Linear
import io.heddle.recipe.Metric
import io.heddle.recipe.Recipe
import io.heddle.recipe.Sample
import io.heddle.recipe.Sgd

/** Everything that is wrong with the recipe by itself. */
public fun Recipe.check(): List<Problem> = RecipeRules(this).problems()

/** Everything that keeps the recipe from training [model], as far as it shows before the data is read. */
public fun Recipe.check(model: Model): List<Problem> =
    when (data) {
        is Data.Text -> written(model, 1)
        is Data.MaskedText -> filledIn(model)
        is Data.Pairs -> answered(model) + unlearned(model, data.training)
        is Data.ReverseTask -> answered(model)
        is Data.LabelledTexts -> labelled(model, Labelled.texts(model, data.classes.size))
        is Data.TaggedWords -> labelled(model, Labelled.words(model, data.tags.size))
        is Data.Pictures -> labelled(model, Labelled.pictures(model, data.classes.size))
        is Data.BoxedPictures -> boxed(model, data)
        is Data.BlockGraphs -> labelled(model, Labelled.graphs(model, data.blocks)) + features(model, data)
        is Data.Recordings -> if (model.speaks) spoken(model, data) else heard(model, data)
    }

/** What keeps a model from learning to answer a source. */
private fun Recipe.answered(model: Model): List<Problem> =
    when (val writing = model.writing) {
        is Writing.WordByWord -> written(model, 2)
        is Writing.AllAtOnce -> writtenAtOnce(model, writing)
    }

/** What keeps a model from learning to fill in words. */
private fun Recipe.filledIn(model: Model): List<Problem> {
    val tokens = model.all<TokenInput>()
    val heads = model.all<Logits>()
    if (tokens.size != 1 || heads.size != 1) {
        val facts = listOf(Fact("tokens inputs", "${tokens.size}"), Fact("logits", "${heads.size}"))
        return listOf(RecipeOfModelMessages.modelHasNoMaskedText().at(model.name, facts))
    }
    return tokens.mapNotNull { tooLong(model, it) } +
        Folding.fold(model, forgets(model)) +
        otherObjectives(model, heads.single().name)
}

/** What keeps a model from learning to write the last of [wanted] token inputs. */
private fun Recipe.written(model: Model, wanted: Int): List<Problem> {
    val unforetold = blanked(model)
    if (unforetold.isNotEmpty()) return unforetold
    val tokens = model.all<TokenInput>()
    val heads = model.all<Logits>()
    if (tokens.size != wanted || heads.size != 1) {
        val facts = listOf(Fact("tokens inputs", "${tokens.size}"), Fact("logits", "${heads.size}"))
        val message =
            if (wanted == 1) RecipeOfModelMessages.modelHasNoText() else RecipeOfModelMessages.modelHasNoPairs()
        return listOf(message.at(model.name, facts))
    }
    return model.all<FrameInput>().map { RecipeOfModelMessages.readsMore().at(it.name) } +
        tokens.mapNotNull { input -> tooLong(model, input) } +
        Folding.fold(model, model.notCausal() + forgets(model) + ownWords(model) + rewarded(model)) +
        sampled(model) +
        otherObjectives(model, heads.single().name)
}

/** What keeps the model from writing the recipe's sample. */
internal fun Recipe.sampled(model: Model): List<Problem> =
    when (val said = sample) {
        is Sample.None -> emptyList()
        is Sample.Text -> said.decoding.check(model)
    }

/** Attentions that remember, where no batch goes on with what was read before it. */
internal fun Recipe.forgets(model: Model): List<Problem> =
    when (data) {
        is Data.Text -> emptyList()
        is Data.Pairs,
        is Data.ReverseTask,
        is Data.LabelledTexts,
        is Data.TaggedWords,
        is Data.Pictures,
        is Data.BoxedPictures,
        is Data.BlockGraphs,
        is Data.Recordings,
        is Data.MaskedText -> model.remembering(RecipeOfModelMessages.nothingIsRemembered())
    }

/** Tells [message] of every attention that remembers what was read before. */
internal fun Model.remembering(message: Message): List<Problem> =
    all<Stack>().flatMap { stack ->
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts
                .filterIsInstance<Attention>()
                .filter { it.memory > 0 }
                .map { part ->
                    val path = "${stack.name}/$number/${part.name}"
                    message.at(path, fact("memory", part.memory, path))
                }
        }
    }

/**
 * How many tokens a sequence may have, the begin or end token included; more than an int holds for absurd recipes. A
 * picture counts as one: how large it is, its model says. Of recordings, what is written counts.
 */
internal fun longest(data: Data): Long =
    when (data) {
        is Data.Text -> data.context.toLong()
        is Data.MaskedText -> data.context.toLong()
        is Data.Pairs -> data.maximumLength + 1L
        is Data.ReverseTask -> data.maximumLength.toLong() + data.longer + 1
        is Data.LabelledTexts -> data.maximumLength.toLong()
        is Data.TaggedWords -> data.maximumLength.toLong()
        is Data.Pictures,
        is Data.BoxedPictures -> 1
        is Data.BlockGraphs -> data.maximumNodes.toLong()
        is Data.Recordings -> data.maximumLength + 1L
    }

/** Whether a model that learns from [data] writes words. */
internal fun writes(data: Data): Boolean =
    when (data) {
        is Data.Text,
        is Data.Pairs,
        is Data.Recordings,
        is Data.ReverseTask -> true
        is Data.MaskedText,
        is Data.LabelledTexts,
        is Data.TaggedWords,
        is Data.Pictures,
        is Data.BoxedPictures,
        is Data.BlockGraphs -> false
    }

/** Tells that sequences are [longest] tokens long, and why where that is more than the recipe says. */
private fun tooFewPositions(data: Data, longest: Long): Message =
    when (data) {
        is Data.Text,
        is Data.MaskedText,
        is Data.LabelledTexts,
        is Data.TaggedWords,
        is Data.Pictures,
        is Data.BoxedPictures,
        is Data.BlockGraphs -> RecipeOfModelMessages.tooFewPositions(longest)
        is Data.Pairs,
        is Data.Recordings -> RecipeOfModelMessages.tooFewPositionsForAnEnd(longest)
        is Data.ReverseTask ->
            if (data.longer == 0) RecipeOfModelMessages.tooFewPositionsForAnEnd(longest)
            else RecipeOfModelMessages.tooFewPositionsForHeldOut(data.maximumLength, data.longer, longest)
    }

internal fun Recipe.tooLong(model: Model, input: InputComponent): Problem? {
    if (input is ImageInput) return tooLarge(model, input)
    val learned = input.position as? Position.Learned ?: return null
    val longest = longest(data)
    if (learned.length >= longest) return null
    val positions = model.fact("positions", learned.length, input.name.word("position"))
    val facts = listOf(positions, fact("longest sequence", longest, "data"))
    return tooFewPositions(data, longest).at(input.name, facts)
}

/** The pixels of a batch are one tensor, and lie in one array. */
private fun Recipe.tooLarge(model: Model, input: ImageInput): Problem? {
    val pictures = (batch as? Batch.Sequences)?.count ?: return null
    val each = input.rows.toLong() * input.columns * input.channels
    if (each <= 0 || pictures <= MOST_NUMBERS / each) return null
    val facts =
        listOf(
            fact("batch", pictures, "batch.count"),
            model.fact("picture", "${input.rows} x ${input.columns} x ${input.channels}", input.name),
        )
    return PictureDataMessages.batchIsTooLarge(each, MOST_NUMBERS).at(name, facts)
}

/** Numbers of a recipe are in their ranges. */
private class RecipeRules(private val recipe: Recipe) {
    private companion object {
        val ENTITY = Regex("[BI]-.+")
    }

    private val findings = RecipeFindings(recipe)

    fun problems(): List<Problem> {
        findings.positive(Said("steps"), recipe.steps)
        findings.positive(Said("accumulation"), recipe.accumulation)
        findings.positive(Said("checkpoint every", "checkpointEvery"), recipe.checkpointEvery)
        findings.positive(Said("evaluate every", "evaluation.every"), recipe.evaluation.every)
        (recipe.evaluation.batches as? EvaluationBatches.Drawn)?.let {
            findings.positive(Said("evaluate batches", "evaluation.batches.count"), it.count)
        }
        (recipe.clipping as? Clipping.GlobalNorm)?.let { findings.amount(Said("clip", "clipping.norm"), it.norm) }
        (recipe.sample as? Sample.Text)?.let { sample ->
            findings.require(
                writes(recipe.data),
                Said("sample"),
                "asked for",
                RecipeMessages.nothingIsWritten("sample"),
            )
            val hears = recipe.data is Data.Recordings
            findings.require(!hears, Said("sample"), "asked for", SoundDataMessages.noSample())
            findings.positive(Said("sample tokens", "sample.tokens"), sample.tokens)
            DecodingRules(findings).check(sample.decoding)
        }
        batch(recipe.batch)
        tensorSize()
        metrics()
        KeepRules(recipe, findings).check()
        StartingRules(recipe, findings).check()
        optimizer()
        schedule()
        DecoderInputRules(recipe, findings).check()
        RewardRules(recipe, findings).check()
        DataRules(recipe, findings).check()
        return findings.problems
    }

    private fun batch(batch: Batch) =
        when (batch) {
            is Batch.Sequences -> findings.positive(Said("batch", "batch.count"), batch.count)
            is Batch.Tokens -> {
                findings.positive(Said("batchTokens", "batch.count"), batch.count)
                equallyLong()?.let { findings.require(false, Said("batchTokens", "batch.count"), batch.count, it) }
            }
        }

    /** Why batches of tokens are not for this data; null where they are. */
    private fun equallyLong(): Message? =
        when (recipe.data) {
            is Data.Text,
            is Data.MaskedText -> RecipeMessages.textHasNoTokenBatches()
            is Data.Pictures,
            is Data.BoxedPictures -> PictureDataMessages.noTokenBatches()
            is Data.Pairs,
            is Data.ReverseTask,
            is Data.LabelledTexts,
            is Data.TaggedWords,
            is Data.Recordings,
            is Data.BlockGraphs -> null
        }

    /** The tokens of a batch are one tensor, and lie in one array. */
    private fun tensorSize() {
        val rows = (recipe.batch as? Batch.Sequences)?.count ?: return
        val longest = longest(recipe.data)
        if (rows <= 0 || longest <= 0) return
        val said = Said("batch", "batch.count")
        val data = recipe.data
        if (data is Data.Recordings) {
            val each = longestFrames(data) * data.features.bands
            val fine = each <= 0 || rows <= MOST_NUMBERS / each
            findings.require(fine, said, rows, SoundDataMessages.batchIsTooLarge(each, MOST_NUMBERS))
        }
        if (data is Data.BlockGraphs) {
            val pairs = longest * longest
            val fine = rows <= MOST_NUMBERS / pairs
            findings.require(fine, said, rows, BlockGraphMessages.batchIsTooLarge(pairs, MOST_NUMBERS))
        } else {
            val tooLarge = RecipeMessages.batchIsTooLarge(longest, rows * longest, MOST_NUMBERS)
            findings.require(rows * longest <= MOST_NUMBERS, said, rows, tooLarge)
        }
    }

    private fun metrics() =
        recipe.evaluation.metrics.forEach { metric ->
            when (metric) {
                is Metric.Bleu -> ofWhatIsWritten("bleu", metric.tokenization)
                is Metric.ChrF -> ofWhatIsWritten("chrF")
                is Metric.ChrFWithWords -> ofWhatIsWritten("chrFWithWords")
                is Metric.TranslationEditRate -> ofWhatIsWritten("translationEditRate")
                is Metric.Rouge -> ofWhatIsWritten("rouge")
                is Metric.WordErrorRate -> ofWhatIsWritten("wordErrorRate")
                is Metric.CharacterErrorRate -> ofWhatIsWritten("characterErrorRate")
                is Metric.ExactMatch -> ofWhatIsWritten("exactMatch")
                is Metric.Entities -> entities()
                is Metric.MeanAveragePrecision -> boxes()
            }
        }

    private fun ofWhatIsWritten(word: String, value: Any = "asked for") {
        val said = Said(word, "evaluation.metrics.$word")
        when (recipe.data) {
            is Data.Pairs,
            is Data.Recordings,
            is Data.ReverseTask -> Unit
            is Data.Text -> findings.require(false, said, value, RecipeMessages.textHasNoTargets(word))
            is Data.MaskedText,
            is Data.LabelledTexts,
            is Data.TaggedWords,
            is Data.Pictures,
            is Data.BoxedPictures,
            is Data.BlockGraphs -> findings.require(false, said, value, RecipeMessages.nothingIsWritten(word))
        }
    }

    private fun entities() {
        val said = Said("entities", "evaluation.metrics.entities")
        when (val data = recipe.data) {
            is Data.Text,
            is Data.MaskedText,
            is Data.Pairs,
            is Data.ReverseTask,
            is Data.Pictures,
            is Data.BoxedPictures,
            is Data.BlockGraphs,
            is Data.Recordings,
            is Data.LabelledTexts -> findings.require(false, said, "asked for", LabelMessages.entitiesAreTagged())
            is Data.TaggedWords -> {
                val other = data.tags.firstOrNull { it != "O" && !it.matches(ENTITY) } ?: return
                findings.require(false, said, other, LabelMessages.noEntity())
            }
        }
    }

    private fun boxes() {
        val said = Said("meanAveragePrecision", "evaluation.metrics.meanAveragePrecision")
        findings.require(recipe.data is Data.BoxedPictures, said, "asked for", BoxDataMessages.noMatching())
    }

    private fun optimizer() {
        findings.amount(Said("learningRate", "optimizer.learningRate"), recipe.optimizer.learningRate)
        when (val optimizer = recipe.optimizer) {
            is Sgd -> findings.rate(Said("momentum", "optimizer.momentum"), optimizer.momentum)
            is Adam -> moments(optimizer.beta1, optimizer.beta2, optimizer.epsilon)
            is AdamW -> {
                moments(optimizer.beta1, optimizer.beta2, optimizer.epsilon)
                findings.amountOrNone(Said("weightDecay", "optimizer.weightDecay"), optimizer.weightDecay)
                (optimizer.decays as? Decays.Matching)?.let { patterns(it.patterns) }
            }
        }
    }

    private fun patterns(patterns: List<String>) {
        val said = Said("decays", "optimizer.decays")
        findings.require(patterns.isNotEmpty(), said, "none", RecipeMessages.nothingDecays())
        patterns.forEach { pattern ->
            val fine = pattern.split('/').none { it.isEmpty() || ('*' in it && it != "*" && it != "**") }
            findings.require(fine, said, pattern, RecipeMessages.notAPattern("decays"))
        }
    }

    private fun moments(beta1: Double, beta2: Double, epsilon: Double) {
        findings.rate(Said("beta1", "optimizer.beta1"), beta1)
        findings.rate(Said("beta2", "optimizer.beta2"), beta2)
        findings.amount(Said("epsilon", "optimizer.epsilon"), epsilon)
    }

    private fun schedule() {
        findings.notNegative(Said("warmup", "schedule.warmup"), recipe.schedule.warmup)
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
        findings.require(fits, Said("floor", "schedule.floor"), floor, RecipeMessages.floorIsOutOfRange(highest))
    }
}
