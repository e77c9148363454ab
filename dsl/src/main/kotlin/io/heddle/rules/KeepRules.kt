package io.heddle.rules

import io.heddle.messages.RecipeMessages
import io.heddle.recipe.BestBy
import io.heddle.recipe.Data
import io.heddle.recipe.Keep
import io.heddle.recipe.Metric
import io.heddle.recipe.Recipe

/** What decides which weights are kept is measured. */
internal class KeepRules(private val recipe: Recipe, private val findings: RecipeFindings) {
    fun check() =
        when (val keep = recipe.evaluation.keep) {
            is Keep.Last -> Unit
            is Keep.Best -> by(keep.by)
        }

    private fun by(by: BestBy) {
        val message =
            when (by) {
                is BestBy.Loss,
                is BestBy.Accuracy -> RecipeMessages.nothingIsLabelled()
                is BestBy.Measured -> RecipeMessages.notMeasured(word(by))
            }
        findings.require(recipe.measures(by), Said("keep", "evaluation.keep"), "best by ${word(by)}", message)
    }
}

/** Whether every look at the held-out data of this recipe gives the figure. */
internal fun Recipe.measures(figure: BestBy): Boolean =
    when (figure) {
        is BestBy.Loss -> true
        is BestBy.Accuracy -> isLabelled(data)
        is BestBy.Measured -> figure.metric in evaluation.metrics
    }

private fun isLabelled(data: Data): Boolean =
    when (data) {
        is Data.Text,
        is Data.Pairs,
        is Data.BoxedPictures,
        is Data.Recordings,
        is Data.ReverseTask -> false
        is Data.MaskedText,
        is Data.LabelledTexts,
        is Data.TaggedWords,
        is Data.Pictures,
        is Data.BlockGraphs -> true
    }

/** The word of a recipe that asks for the figure. */
internal fun word(figure: BestBy): String =
    when (figure) {
        is BestBy.Loss -> "loss"
        is BestBy.Accuracy -> "accuracy"
        is BestBy.Measured -> word(figure.metric)
    }

private fun word(metric: Metric): String =
    when (metric) {
        is Metric.Bleu -> "bleu"
        is Metric.ChrF -> "chrF"
        is Metric.ChrFWithWords -> "chrFWithWords"
        is Metric.TranslationEditRate -> "translationEditRate"
        is Metric.Rouge -> "rouge"
        is Metric.WordErrorRate -> "wordErrorRate"
        is Metric.CharacterErrorRate -> "characterErrorRate"
        is Metric.ExactMatch -> "exactMatch"
        is Metric.Entities -> "entities"
        is Metric.MeanAveragePrecision -> "meanAveragePrecision"
    }
