package io.heddle.experiment

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.ExperimentMessages
import io.heddle.messages.Message
import io.heddle.messages.OwnRecipeMessages
import io.heddle.recipe.AdamW
import io.heddle.rules.printed

/** What is wrong with the words of the recipe that an experiment varies, and with those that are a variant's own. */
internal class VariationRules(private val experiment: Experiment) {
    private val found = mutableListOf<Problem>()

    fun problems(): List<Problem> {
        varied()
        if (found.isEmpty()) settings()
        experiment.variants.forEachIndexed(::own)
        return found
    }

    private fun varied() {
        val variations = experiment.variations
        val twice = repeated(variations.map { it.word })
        variations.filter { it.told.isEmpty() }.forEach { tell(ExperimentMessages.noValues(it.word), said(it, VARIED)) }
        twice.forEach { tell(ExperimentMessages.wordTwice(it), experiment.fact(it, "twice", "$VARIED.$it")) }
        vain(variations, emptyList()).forEach { tell(ExperimentMessages.changesNothing(it.word), said(it, VARIED)) }
    }

    private fun settings() {
        val settings = experiment.settings
        settings.forEachIndexed { number, setting ->
            val same = settings.take(number).firstOrNull { it.recipe == setting.recipe } ?: return@forEachIndexed
            val words = experiment.variations.map { said(it, VARIED) }
            tell(ExperimentMessages.sameSettings(setting.name, same.name), *words.toTypedArray())
        }
    }

    /** What is a variant's own has one value, is said once, and is not tried with all variants, too. */
    private fun own(number: Int, variant: Variant) {
        val place = variantPlace(number)
        fun tellOwn(message: Message, vararg facts: Fact) {
            found += message.at(printed(variant.name), *facts)
        }
        repeated(variant.changes.map { it.word }).forEach {
            tellOwn(OwnRecipeMessages.saidTwice(it), experiment.fact(it, "twice", "$place.$it"))
        }
        variant.changes.forEach { change ->
            if (change.told.isEmpty()) tellOwn(OwnRecipeMessages.noValue(change.word), said(change, place))
            if (change.told.size > 1) tellOwn(OwnRecipeMessages.severalValues(change.word), said(change, place))
            experiment.variations
                .filter { it.word == change.word }
                .forEach { tellOwn(OwnRecipeMessages.ownAndVaried(it.word), said(change, place), said(it, VARIED)) }
        }
        vain(variant.changes, experiment.variations).forEach {
            tellOwn(ExperimentMessages.changesNothing(it.word), said(it, place))
        }
    }

    /** Those that have values, are said once, and change nothing, whatever is said [after] all of them. */
    private fun vain(variations: List<Variation>, after: List<Variation>): List<Variation> {
        val twice = repeated(variations.map { it.word })
        val own = after.map { it.word }
        return variations
            .filter { it.told.isNotEmpty() && it.word !in twice && it.word !in own }
            .filter { changesNothing(it, variations + after) }
    }

    /**
     * Whether all settings are what they are without it: another word overwrites it, or the optimizer has no such
     * thing.
     */
    private fun changesNothing(variation: Variation, beside: List<Variation>): Boolean {
        fun recipes(variations: List<Variation>) = experiment.copy(variations = variations).settings.map { it.recipe }
        val all = recipes(beside)
        if (all.toSet() != recipes(beside - variation).toSet()) return false
        val isSaidAnew = recipes(listOf(variation)) != listOf(experiment.recipe)
        return isSaidAnew || variation is Variation.WeightDecay && all.none { it.optimizer is AdamW }
    }

    private fun said(variation: Variation, place: String): Fact =
        experiment.fact(variation.word, variation.told.joinToString().ifEmpty { "none" }, "$place.${variation.word}")

    private fun tell(message: Message, vararg facts: Fact) {
        found += message.at(printed(experiment.name), *facts)
    }

    private companion object {
        const val VARIED = "variations"
    }
}
