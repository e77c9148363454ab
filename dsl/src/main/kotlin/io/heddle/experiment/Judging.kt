@file:JvmName("ExperimentJudging")

package io.heddle.experiment

import io.heddle.describe.SerialValues
import io.heddle.model.Copying
import io.heddle.model.Logits
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput

/**
 * Whether losses of trials may be held against each other: all are of the same words, those of the same data. What is
 * written a word after another, all at once, and into masks has losses of its own, and so has a word that can be
 * copied, where others read `<unk>`.
 */
public val Experiment.hasComparableLosses: Boolean
    get() = otherLosses.isEmpty()

/** Of which [words] the loss of a [configuration] is. */
internal data class ComparedLoss(val configuration: Configuration, val words: String)

/** The first two configurations whose losses are of other words; empty where there are none. */
internal val Experiment.otherLosses: List<ComparedLoss>
    get() {
        val both = configurations.distinctBy { it.learned }.take(2)
        if (both.size < 2) return emptyList()
        val data = SerialValues.apart(Data.serializer(), both.map { it.setting.recipe.data })
        return both.zip(data) { configuration, named ->
            ComparedLoss(configuration, "${configuration.learned.words} of $named")
        }
    }

/** Of which words of which data a loss is. */
private data class Learned(val data: Data, val labelled: Labelled, val known: Known) {
    val words: String
        get() = labelled.words + known.words
}

private val Configuration.learned: Learned
    get() {
        val copies = variant.model.components.filterIsInstance<Logits>().any { it.copying is Copying.From }
        val known = if (copies) Known.OfVocabularyAndSource else Known.OfVocabulary
        return setting.recipe.run { Learned(data, labelled(decoderInput), known) }
    }

/** Which words are words of their own, and not all the unknown one. */
private enum class Known(val words: String) {
    OfVocabulary(""),
    OfVocabularyAndSource(", copied ones among them,"),
}

/** Which words of a held-out target have labels, and what is known of the others. */
private enum class Labelled(val words: String) {
    AfterAllBefore("each word after those before it"),
    AllAtOnce("each word, all at once"),
    Masked("masked words beside the others"),
}

private fun labelled(input: DecoderInput): Labelled =
    when (input) {
        is DecoderInput.TeacherForcing,
        is DecoderInput.ScheduledSampling -> Labelled.AfterAllBefore
        is DecoderInput.Blanks -> Labelled.AllAtOnce
        is DecoderInput.Masked -> Labelled.Masked
    }
