@file:JvmName("DecodingChecks")

package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.AllAtOnceMessages
import io.heddle.messages.Message
import io.heddle.model.CopiesInput
import io.heddle.model.Copying
import io.heddle.model.Labels
import io.heddle.model.Model
import io.heddle.model.Structure
import io.heddle.model.TokenInput
import io.heddle.model.word
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.recipe.PairFiles
import io.heddle.recipe.Recipe
import io.heddle.terms.Pooling

/** What keeps [model] from writing by this decoding. */
public fun Decoding.check(model: Model): List<Problem> =
    listOfNotNull(refused(model.writing)?.at(model.name, Fact("decoding", word)), ruled(model))

/** That words which do not follow each other are to follow rules. */
private fun Decoding.ruled(model: Model): Problem? {
    if (this !is Decoding.Restricted || model.writing !is Writing.AllAtOnce) return null
    return AllAtOnceMessages.noRulesAtOnce().at(model.name, listOf(Fact("decoding", word)) + rules.map { it.fact })
}

/** Why a model that writes so cannot write by this decoding; null where it can. */
private fun Decoding.refused(writing: Writing): Message? =
    when (writing) {
        is Writing.WordByWord ->
            when (this) {
                is Decoding.AllAtOnce -> AllAtOnceMessages.writesWordByWord()
                is Decoding.Greedy,
                is Decoding.Sampling,
                is Decoding.Beam,
                is Decoding.DiverseBeam,
                is Decoding.Contrastive -> null
                is Decoding.Restricted -> way.refused(writing)
            }
        is Writing.AllAtOnce ->
            when (this) {
                is Decoding.Greedy -> null
                is Decoding.AllAtOnce ->
                    when {
                        passes <= 1 -> null
                        writing.blanks !is TokenInput -> AllAtOnceMessages.nothingToRefine(lengths)
                        writing.words.structure is Structure.Chain -> AllAtOnceMessages.chainIsWhole(lengths)
                        else -> null
                    }
                is Decoding.Sampling,
                is Decoding.Beam,
                is Decoding.DiverseBeam,
                is Decoding.Contrastive -> AllAtOnceMessages.writesAtOnce()
                is Decoding.Restricted -> way.refused(writing)
            }
    }

/** What scripts call it. */
private val Decoding.word: String
    get() =
        when (this) {
            is Decoding.Greedy -> "Greedy"
            is Decoding.Sampling -> "Sampling"
            is Decoding.Beam -> "Beam"
            is Decoding.DiverseBeam -> "DiverseBeam"
            is Decoding.Contrastive -> "Contrastive"
            is Decoding.AllAtOnce -> "AllAtOnce(passes = $passes, lengths = $lengths)"
            is Decoding.Restricted -> way.word
        }

private val DecodingRule.fact: Fact
    get() =
        when (this) {
            is DecodingRule.NoRepeat -> Fact("noRepeat", "$length")
            is DecodingRule.RepetitionPenalty -> Fact("repetitionPenalty", "$factor")
            is DecodingRule.Beginning -> Fact("beginning", "\"$text\"")
            is DecodingRule.Stop -> Fact("stop", "\"$text\"")
            is DecodingRule.Required -> Fact("required", "\"$text\"")
        }

/** That the decoder is to fill in blanks, and the model does not foretell how many. */
internal fun Recipe.blanked(model: Model): List<Problem> {
    val word =
        when (decoderInput) {
            is DecoderInput.TeacherForcing,
            is DecoderInput.ScheduledSampling -> return emptyList()
            is DecoderInput.Blanks -> "Blanks"
            is DecoderInput.Masked -> "Masked"
        }
    return listOf(
        AllAtOnceMessages.nothingForetellsHowMany().at(model.name, fact("decoderInput", word, "decoderInput"))
    )
}

/** What keeps a model from learning to write all words of a target at once. */
internal fun Recipe.writtenAtOnce(model: Model, writing: Writing.AllAtOnce): List<Problem> =
    listOfNotNull(readsBlanks(model, writing), tooLong(model, writing.read), tooLong(model, writing.blanks)) +
        Folding.fold(model, forgets(model)) +
        model.copiesAtOnce(writing) +
        lengths(model, writing) +
        sampled(model) +
        otherObjectives(model, writing.words.name, writing.length.name)

private fun Recipe.readsBlanks(model: Model, writing: Writing.AllAtOnce): Problem? {
    val word =
        when (decoderInput) {
            is DecoderInput.Blanks -> return null
            is DecoderInput.Masked -> {
                val chained = writing.words.structure is Structure.Chain
                if (writing.blanks is TokenInput && !chained) return null
                "Masked"
            }
            is DecoderInput.TeacherForcing -> "TeacherForcing"
            is DecoderInput.ScheduledSampling -> "ScheduledSampling"
        }
    val said = fact("decoderInput", word, "decoderInput")
    val message =
        when {
            writing.blanks is CopiesInput -> AllAtOnceMessages.decoderReadsCopies()
            writing.words.structure is Structure.Chain -> AllAtOnceMessages.chainNeedsAllWords()
            else -> AllAtOnceMessages.decoderReadsMasks()
        }
    return message.at(model.name, said)
}

/** A head that copies words, which stand at no place that was known before. */
internal fun Model.copiesAtOnce(writing: Writing.AllAtOnce): List<Problem> =
    when (val copying = writing.words.copying) {
        is Copying.None -> emptyList()
        is Copying.From ->
            listOf(
                AllAtOnceMessages.copiesAtOnce()
                    .at(writing.words.name, fact("copyFrom", copying.source, writing.words.name.word("copying")))
            )
    }

/** The classifier of the length has a class for each that the data may have. */
private fun Recipe.lengths(model: Model, writing: Writing.AllAtOnce): List<Problem> = buildList {
    val length = writing.length
    val longest = longest(data)
    if (length.labels == Labels.Many) {
        add(AllAtOnceMessages.oneLength().at(length.name, model.fact("labels", length.labels, length.name)))
    }
    // How many words each word of a source makes shows when the data is read.
    if (length.pooling != Pooling.Each && length.classes <= longest) {
        val facts = listOf(model.fact("classes", length.classes, length.name), fact("longest target", longest, "data"))
        add(AllAtOnceMessages.tooFewLengths(longest + 1).at(length.name, facts))
    }
}

/** Alignments of which nothing is learned. */
internal fun Recipe.unlearned(model: Model, files: PairFiles): List<Problem> {
    val fertile = (model.writing as? Writing.AllAtOnce)?.length?.pooling == Pooling.Each
    if (fertile || !files.aligned) return emptyList()
    return listOf(AllAtOnceMessages.nothingFertile().at(model.name, fact("training", files.word, "data.training")))
}

/** Whether the words of pairs are linked. */
internal val PairFiles.aligned: Boolean
    get() =
        when (this) {
            is PairFiles.Aligned -> true
            is PairFiles.TwoFiles,
            is PairFiles.TabSeparated -> false
        }

/** What scripts call it. */
internal val PairFiles.word: String
    get() =
        when (this) {
            is PairFiles.Aligned -> "files(\"$source\", \"$target\", \"$alignments\")"
            is PairFiles.TwoFiles -> "files(\"$source\", \"$target\")"
            is PairFiles.TabSeparated -> "tabSeparated(\"$file\")"
        }
