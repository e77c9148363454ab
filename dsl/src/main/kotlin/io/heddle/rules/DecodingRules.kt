package io.heddle.rules

import io.heddle.messages.AllAtOnceMessages
import io.heddle.messages.DecodingMessages
import io.heddle.messages.RecipeMessages
import io.heddle.recipe.Coverage
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule

/** Numbers of a decoding are in their ranges, and its rules say something. */
internal class DecodingRules(private val findings: RecipeFindings) {
    fun check(decoding: Decoding): Unit =
        when (decoding) {
            is Decoding.Greedy -> Unit
            is Decoding.Sampling -> sampling(decoding)
            is Decoding.Beam -> {
                beam(decoding.size, decoding.lengthPenalty)
                coverage(decoding.coverage)
            }
            is Decoding.Contrastive -> {
                findings.positive(said("candidates"), decoding.candidates)
                findings.require(
                    decoding.penalty in 0.0..1.0,
                    said("penalty"),
                    decoding.penalty,
                    DecodingMessages.notAPenalty(),
                )
            }
            is Decoding.DiverseBeam -> {
                beam(decoding.size, decoding.lengthPenalty)
                findings.amountOrNone(said("diversity"), decoding.diversity)
                findings.positive(said("groups"), decoding.groups)
                val fine = decoding.groups < 1 || decoding.size < 1 || decoding.size % decoding.groups == 0
                findings.require(fine, said("groups"), decoding.groups, DecodingMessages.groupsAreUneven(decoding.size))
            }
            is Decoding.AllAtOnce -> {
                findings.positive(said("passes"), decoding.passes)
                findings.positive(said("lengths"), decoding.lengths)
            }
            is Decoding.Restricted -> restricted(decoding)
        }

    private fun sampling(sampling: Decoding.Sampling) {
        findings.amount(said("temperature"), sampling.temperature)
        findings.notNegative(said("topK"), sampling.topK)
        share("topP", sampling.topP)
        findings.rate(said("minP"), sampling.minP)
        share("typical", sampling.typical)
    }

    private fun share(word: String, value: Double) =
        findings.require(value > 0.0 && value <= 1.0, said(word), value, RecipeMessages.notAShare(word))

    private fun beam(size: Int, lengthPenalty: Double) {
        findings.positive(Said("beam size", "sample.decoding.size"), size)
        findings.amountOrNone(said("lengthPenalty"), lengthPenalty)
    }

    private fun coverage(coverage: Coverage) =
        when (coverage) {
            is Coverage.None -> Unit
            is Coverage.Penalty -> {
                text("attention", coverage.attention)
                findings.amountOrNone(said("weight"), coverage.weight)
            }
        }

    private fun restricted(decoding: Decoding.Restricted) {
        val nested = decoding.way is Decoding.Restricted
        findings.require(!nested, said("way"), "Restricted", DecodingMessages.restrictedTwice())
        findings.require(decoding.rules.isNotEmpty(), said("rules"), "none", DecodingMessages.noRules())
        val atOnce = decoding.way is Decoding.AllAtOnce
        findings.require(!atOnce, said("way"), "AllAtOnce", AllAtOnceMessages.noRulesAtOnce())
        if (!nested) check(decoding.way)
        val searched = decoding.way is Decoding.Beam || decoding.way is Decoding.DiverseBeam
        val required = decoding.rules.filterIsInstance<DecodingRule.Required>()
        findings.require(
            searched || required.isEmpty(),
            said("required"),
            required.joinToString { "\"${it.text}\"" },
            DecodingMessages.requiredNeedsABeam(),
        )
        decoding.rules.forEach { rule ->
            when (rule) {
                is DecodingRule.NoRepeat -> findings.positive(said("noRepeat"), rule.length)
                is DecodingRule.RepetitionPenalty -> findings.amount(said("repetitionPenalty"), rule.factor)
                is DecodingRule.Beginning -> text("beginning", rule.text)
                is DecodingRule.Stop -> text("stop", rule.text)
                is DecodingRule.Required -> text("required", rule.text)
            }
        }
    }

    private fun text(word: String, text: String) =
        findings.require(text.isNotEmpty(), said(word), "\"\"", DecodingMessages.emptyText(word))

    private fun said(word: String) = Said(word, "sample.decoding.$word")
}
