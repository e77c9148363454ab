package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.messages.RecipeMessages
import io.heddle.messages.RewardMessages
import io.heddle.model.Copying
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.recipe.Baseline
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Recipe
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards

/** Rewards fit the data, and their numbers are in their ranges. */
internal class RewardRules(private val recipe: Recipe, private val findings: RecipeFindings) {
    fun check() {
        if (recipe.rewards !is Rewards.None) fits(recipe.rewards.word)
        when (val rewards = recipe.rewards) {
            is Rewards.None -> Unit
            is Rewards.Reinforce -> {
                drawn(rewards.reward, rewards.samples)
                baseline(rewards.baseline, rewards.samples)
            }
            is Rewards.Mixer -> {
                reward(rewards.reward)
                findings.positive(Said("words", "rewards.words"), rewards.words)
                findings.positive(Said("fewer", "rewards.fewer"), rewards.fewer)
                findings.positive(Said("every", "rewards.every"), rewards.every)
                baseline(rewards.baseline, 1)
            }
            is Rewards.MinimumRisk -> {
                drawn(rewards.reward, rewards.samples)
                findings.amount(Said("sharpness", "rewards.sharpness"), rewards.sharpness)
            }
        }
    }

    private fun fits(word: String) {
        val said = Said("rewards")
        findings.require(comparesTargets(recipe.data), said, word, RewardMessages.nothingIsCompared())
        val forced = recipe.decoderInput is DecoderInput.TeacherForcing
        findings.require(forced, said, word, RewardMessages.wordsAreItsOwn())
        val after = recipe.rewards.after
        findings.notNegative(Said("after", "rewards.after"), after)
        val inTime = after < recipe.steps || recipe.steps <= 0
        findings.require(inTime, Said("after", "rewards.after"), after, RewardMessages.nothingIsRewarded(recipe.steps))
    }

    private fun drawn(reward: Reward, samples: Int) {
        reward(reward)
        findings.positive(Said("samples", "rewards.samples"), samples)
    }

    private fun reward(reward: Reward) =
        when (reward) {
            is Reward.Bleu,
            is Reward.ChrF,
            is Reward.ExactMatch -> Unit
            is Reward.Function -> {
                val said = Said("name", "rewards.reward.name")
                findings.require(reward.name.isNotBlank(), said, "\"${reward.name}\"", RewardMessages.nothingIsCalled())
            }
        }

    private fun baseline(baseline: Baseline, samples: Int) =
        when (baseline) {
            is Baseline.None,
            is Baseline.SelfCritical -> Unit
            is Baseline.Learned -> {
                val fine = baseline.rate > 0.0 && baseline.rate <= 1.0
                val said = Said("rate", "rewards.baseline.rate")
                findings.require(fine, said, baseline.rate, RecipeMessages.notAShare("rate"))
            }
            is Baseline.MeanOfOthers -> {
                val said = Said("baseline", "rewards.baseline")
                findings.require(samples != 1, said, "meanOfOthers", RewardMessages.noOthers())
            }
        }
}

/** Whether what is written for [data] is compared with a target. */
private fun comparesTargets(data: Data): Boolean =
    when (data) {
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

/** What keeps a model from being rewarded for what it writes. */
internal fun Recipe.rewarded(model: Model): List<Problem> =
    if (rewards is Rewards.None) emptyList()
    else
        model
            .all<Logits>()
            .filter { it.copying is Copying.From }
            .map { RewardMessages.wordsAreCopied().at(it.name, fact("rewards", rewards.word, "rewards")) }

/** What recipes call it. */
private val Rewards.word: String
    get() =
        when (this) {
            is Rewards.None -> "none"
            is Rewards.Reinforce -> "reinforce"
            is Rewards.Mixer -> "mixer"
            is Rewards.MinimumRisk -> "minimumRisk"
        }
