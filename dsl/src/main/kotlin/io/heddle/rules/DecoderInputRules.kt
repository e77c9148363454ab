package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.messages.AllAtOnceMessages
import io.heddle.messages.ScheduledSamplingMessages
import io.heddle.model.Copying
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.OwnWord
import io.heddle.recipe.Recipe
import io.heddle.recipe.SampledShare

/** What a decoder reads fits the data, and its numbers are in their ranges. */
internal class DecoderInputRules(private val recipe: Recipe, private val findings: RecipeFindings) {
    fun check() =
        when (val input = recipe.decoderInput) {
            is DecoderInput.TeacherForcing -> Unit
            is DecoderInput.ScheduledSampling -> sampling(input)
            is DecoderInput.Blanks -> answers("Blanks")
            is DecoderInput.Masked -> answers("Masked")
        }

    /** How many words there are is foretold from a source. */
    private fun answers(word: String) {
        val fine =
            when (recipe.data) {
                is Data.Pairs,
                is Data.ReverseTask -> true
                is Data.Text,
                is Data.Recordings,
                is Data.MaskedText,
                is Data.LabelledTexts,
                is Data.TaggedWords,
                is Data.Pictures,
                is Data.BoxedPictures,
                is Data.BlockGraphs -> false
            }
        findings.require(fine, Said("decoderInput"), word, AllAtOnceMessages.onlyAnswersAreWrittenAtOnce())
    }

    private fun sampling(sampling: DecoderInput.ScheduledSampling) {
        val said = Said("decoderInput")
        findings.require(writes(recipe.data), said, "scheduledSampling", ScheduledSamplingMessages.nothingIsWritten())
        findings.positive(Said("passes", "decoderInput.passes"), sampling.passes)
        share(sampling.share)
        when (val choice = sampling.choice) {
            is OwnWord.Likeliest -> Unit
            is OwnWord.Drawn ->
                findings.amount(Said("temperature", "decoderInput.choice.temperature"), choice.temperature)
        }
    }

    private fun share(share: SampledShare) =
        when (share) {
            is SampledShare.Constant -> highest(share.share)
            is SampledShare.Linear -> {
                findings.positive(Said("steps", "decoderInput.share.steps"), share.steps)
                highest(share.highest)
            }
            is SampledShare.Exponential -> {
                val fine = share.base > 0.0 && share.base < 1.0
                val said = Said("base", "decoderInput.share.base")
                findings.require(fine, said, share.base, ScheduledSamplingMessages.notABase())
            }
            is SampledShare.InverseSigmoid -> {
                val fine = share.speed >= 1.0 && share.speed.isFinite()
                val said = Said("speed", "decoderInput.share.speed")
                findings.require(fine, said, share.speed, ScheduledSamplingMessages.tooFast())
            }
        }

    private fun highest(share: Double) {
        val said = Said("share", "decoderInput.share")
        findings.require(share in 0.0..1.0, said, share, ScheduledSamplingMessages.notAShare())
    }
}

/** What keeps a model from reading words of its own while it learns. */
internal fun Recipe.ownWords(model: Model): List<Problem> =
    when (decoderInput) {
        is DecoderInput.TeacherForcing -> emptyList()
        is DecoderInput.ScheduledSampling ->
            model.remembering(ScheduledSamplingMessages.textIsRemembered()) + copied(model)
        // Told by `blanked`, before anything else.
        is DecoderInput.Blanks,
        is DecoderInput.Masked -> emptyList()
    }

private fun Recipe.copied(model: Model): List<Problem> =
    model
        .all<Logits>()
        .filter { head ->
            when (head.copying) {
                is Copying.None -> false
                is Copying.From -> true
            }
        }
        .map { head ->
            ScheduledSamplingMessages.wordsAreCopied()
                .at(head.name, fact("decoderInput", "scheduledSampling", "decoderInput"))
        }
