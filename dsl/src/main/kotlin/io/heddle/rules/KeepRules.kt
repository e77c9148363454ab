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
        val said = Said("keep", "evaluation.keep")
        when (by) {
            is BestBy.Loss -> Unit
            is BestBy.Accuracy ->
                findings.require(isLabelled(recipe.data), said, "best by accuracy", RecipeMessages.nothingIsLabelled())
            is BestBy.Measured -> {
                val word = word(by.metric)
                val fine = by.metric in recipe.evaluation.metrics
                findings.require(fine, said, "best by $word", RecipeMessages.notMeasured(word))
            }
        }
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
}
