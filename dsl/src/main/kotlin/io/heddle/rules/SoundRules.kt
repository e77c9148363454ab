package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.RecipeOfModelMessages
import io.heddle.messages.SoundDataMessages
import io.heddle.model.FrameInput
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Position
import io.heddle.model.Speech
import io.heddle.model.TokenInput
import io.heddle.recipe.Data
import io.heddle.recipe.Recipe

/** Whether the model says frames. */
internal val Model.speaks: Boolean
    get() = all<Speech>().isNotEmpty()

/** How many frames the longest recording has that is learned from. */
internal fun longestFrames(data: Data.Recordings): Long {
    val samples = (data.maximumSeconds * data.features.rate).toLong()
    val more = samples - data.features.window
    return if (more < 0 || data.features.hop < 1) 0 else more / data.features.hop + 1
}

/** What keeps [model] from learning to write what is said in recordings. */
internal fun Recipe.heard(model: Model, data: Data.Recordings): List<Problem> {
    val frames = model.all<FrameInput>()
    val tokens = model.all<TokenInput>()
    val heads = model.all<Logits>()
    if (frames.size != 1 || tokens.size != 1 || heads.size != 1) {
        val facts =
            listOf(
                Fact("frames inputs", "${frames.size}"),
                Fact("tokens inputs", "${tokens.size}"),
                Fact("logits", "${heads.size}"),
            )
        return listOf(SoundDataMessages.modelHearsNothing().at(model.name, facts))
    }
    val given = setOf(frames.single(), tokens.single(), heads.single())
    val unread = model.components.filter { it !in given && it.isUnread() }
    return unread.map { RecipeOfModelMessages.readsMore().at(it.name) } +
        otherBands(model, frames.single(), data) +
        listOfNotNull(tooLong(model, tokens.single()), tooLong(model, frames.single(), data)) +
        Folding.fold(model, model.notCausal() + forgets(model) + ownWords(model)) +
        (if (unread.isEmpty()) otherObjectives(model, heads.single().name) else emptyList())
}

private fun Recipe.otherBands(model: Model, input: FrameInput, data: Data.Recordings): List<Problem> {
    val bands = data.features.bands
    if (input.features == bands) return emptyList()
    val facts = listOf(model.fact("features", input.features, input.name), fact("bands", bands, "data.features"))
    return listOf(SoundDataMessages.otherBands(bands).at(input.name, facts))
}

/** Positions are counted behind the convolutions. */
private fun Recipe.tooLong(model: Model, input: FrameInput, data: Data.Recordings): Problem? {
    val learned = input.position as? Position.Learned ?: return null
    val longest =
        input.convolutions.fold(longestFrames(data)) { frames, next -> (frames + next.stride - 1) / next.stride }
    if (learned.length >= longest) return null
    val facts = listOf(model.fact("positions", learned.length, input.name), fact("longest sequence", longest, "data"))
    return RecipeOfModelMessages.tooFewPositions(longest).at(input.name, facts)
}
