@file:JvmName("ExperimentJudging")

package io.heddle.experiment

import io.heddle.describe.SerialValues
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput

/**
 * Whether losses of trials may be held against each other: all are of the same words, those of the same data. What is
 * written a word after another, all at once, and into masks has losses of its own.
 */
public val Experiment.hasComparableLosses: Boolean
    get() = otherLosses.isEmpty()

/** The first two configurations whose losses are of other words, and of which each is; empty where there are none. */
internal val Experiment.otherLosses: List<Pair<Configuration, String>>
    get() {
        val both = configurations.distinctBy { it.learned }.take(2)
        if (both.size < 2) return emptyList()
        val data = SerialValues.apart(Data.serializer(), both.map { it.setting.recipe.data })
        return both.zip(data) { configuration, named ->
            configuration to "${configuration.learned.second.words} of $named"
        }
    }

private val Configuration.learned: Pair<Data, Labelled>
    get() = setting.recipe.run { data to labelled(decoderInput) }

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
