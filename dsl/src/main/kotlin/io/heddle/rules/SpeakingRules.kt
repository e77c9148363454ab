package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.RecipeOfModelMessages
import io.heddle.messages.SpeakingMessages
import io.heddle.model.Model
import io.heddle.model.Position
import io.heddle.model.Speech
import io.heddle.model.SpokenInput
import io.heddle.model.TokenInput
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Recipe

/** What keeps [model] from learning to say what is written beside recordings. */
internal fun Recipe.spoken(model: Model, data: Data.Recordings): List<Problem> {
    val texts = model.all<TokenInput>()
    val before = model.all<SpokenInput>()
    val heads = model.all<Speech>()
    if (texts.size != 1 || before.size != 1 || heads.size != 1) {
        val facts =
            listOf(
                Fact("tokens inputs", "${texts.size}"),
                Fact("spoken inputs", "${before.size}"),
                Fact("speech", "${heads.size}"),
            )
        return listOf(SpeakingMessages.modelSaysNothing().at(model.name, facts))
    }
    val given = setOf(texts.single(), before.single(), heads.single())
    val unread = model.components.filter { it !in given && it.isUnread() }
    return unread.map { RecipeOfModelMessages.readsMore().at(it.name) } +
        otherBands(model, before.single(), data) +
        listOfNotNull(tooLong(model, texts.single()), tooLong(model, before.single(), data)) +
        Folding.fold(model, model.notCausal() + forgets(model)) +
        trueFrames(model) +
        measured(model) +
        (if (unread.isEmpty()) otherSpoken(model, heads.single().name) else emptyList())
}

private fun Recipe.otherBands(model: Model, input: SpokenInput, data: Data.Recordings): List<Problem> {
    val bands = data.features.bands
    if (input.features == bands) return emptyList()
    val facts = listOf(model.fact("features", input.features, input.name), fact("bands", bands, "data.features"))
    return listOf(SpeakingMessages.otherBands(bands).at(input.name, facts))
}

/** Each position says so many frames. */
private fun Recipe.tooLong(model: Model, input: SpokenInput, data: Data.Recordings): Problem? {
    val learned = input.position as? Position.Learned ?: return null
    val longest = (longestFrames(data) + input.reduction - 1) / input.reduction
    if (learned.length >= longest) return null
    val facts = listOf(model.fact("positions", learned.length, input.name), fact("longest sequence", longest, "data"))
    return RecipeOfModelMessages.tooFewPositions(longest).at(input.name, facts)
}

/** What a decoder reads that learns to say frames are the true ones. */
private fun Recipe.trueFrames(model: Model): List<Problem> =
    when (decoderInput) {
        is DecoderInput.TeacherForcing -> emptyList()
        is DecoderInput.ScheduledSampling ->
            listOf(
                SpeakingMessages.readsTrueFrames()
                    .at(model.name, fact("decoderInput", "scheduledSampling", "decoderInput"))
            )
        // Told before, of recordings.
        is DecoderInput.Blanks,
        is DecoderInput.Masked -> emptyList()
    }

private fun Recipe.measured(model: Model): List<Problem> =
    if (evaluation.metrics.isEmpty()) emptyList()
    else {
        val said = fact("metrics", evaluation.metrics.size, "evaluation.metrics")
        listOf(SpeakingMessages.nothingIsWritten().at(model.name, said))
    }
