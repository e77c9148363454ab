@file:JvmName("ExperimentChecks")

package io.heddle.experiment

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.describe.cost
import io.heddle.describe.grouped
import io.heddle.messages.ExperimentMessages
import io.heddle.messages.Message
import io.heddle.messages.NameMessages
import io.heddle.messages.OwnRecipeMessages
import io.heddle.recipe.BestBy
import io.heddle.recipe.Recipe
import io.heddle.rules.check
import io.heddle.rules.isPrintable
import io.heddle.rules.measures
import io.heddle.rules.printed
import io.heddle.rules.word
import java.math.BigInteger

/**
 * Everything that is wrong with the experiment, with any of its variants, and with any recipe that one is trained by.
 * Nothing is to be trained before there is nothing to tell.
 */
public fun Experiment.check(): List<Problem> = ExperimentRules(this).problems()

private class ExperimentRules(private val experiment: Experiment) {
    private val found = mutableListOf<Problem>()

    fun problems(): List<Problem> {
        names()
        variants()
        found += VariationRules(experiment).problems()
        seeds()
        numbers()
        val illegal = experiment.variants.associateWith { it.model.check() }.filterValues { it.isNotEmpty() }
        illegal.forEach { (variant, problems) -> found += problems.map { told(variant, it) } }
        recipes(experiment.variants - illegal.keys)
        if (found.isEmpty()) {
            parity()
            planned()
            judge()
        }
        return found
    }

    private fun tell(message: Message, vararg facts: Fact) {
        found += message.at(printed(experiment.name), *facts)
    }

    /** They stand in lines, tables and folders. */
    private fun names() {
        printable("experiment", experiment.name, "")
        experiment.variants.forEachIndexed { number, variant ->
            printable("variant", variant.name, variantPlace(number))
        }
    }

    private fun printable(what: String, name: String, path: String) {
        if (!isPrintable(name))
            found += NameMessages.notPrintable().at(what, fact("name", "\"${printed(name)}\"", path))
    }

    private fun fact(name: String, value: Any, path: String): Fact = experiment.fact(name, value, path)

    /** A problem of a variant says which one it is of. */
    private fun told(variant: Variant, problem: Problem): Problem =
        if (problem.place == variant.model.name) problem.copy(place = printed(variant.name))
        else problem.copy(place = "${printed(variant.name)}: ${problem.place}")

    private fun variants() {
        val variants = experiment.variants
        if (variants.isEmpty()) tell(ExperimentMessages.noVariants(), fact("variants", 0, "variants"))
        repeated(variants.map { it.name }).forEach { name ->
            val called = variants.indices.filter { variants[it].name == name }
            tell(ExperimentMessages.sameNames(name), *facts(called))
        }
        variants.forEachIndexed { number, variant ->
            val same = variants.take(number).indexOfFirst { areAlike(it, variant) }
            if (same >= 0 && variants[same].name != variant.name)
                tell(ExperimentMessages.sameModels(variants[same].name, variant.name), *facts(listOf(same, number)))
        }
    }

    private fun areAlike(one: Variant, other: Variant) =
        one.model.called("") == other.model.called("") && experiment.recipeOf(one) == experiment.recipeOf(other)

    private fun facts(variants: List<Int>): Array<Fact> =
        variants.map { fact("variant", experiment.variants[it].name, variantPlace(it)) }.toTypedArray()

    /** Losses are compared where all are of the same words, and other figures where all have them. */
    private fun judge() {
        val judge = experiment.judge
        val isMissing = experiment.configurations.any { !it.setting.recipe.measures(judge) }
        fun tellMissing(message: Message, figure: String) =
            if (isMissing) tell(message, fact("judge", figure, "judge")) else Unit
        when (judge) {
            is BestBy.Loss -> {
                val losses = experiment.otherLosses
                val isOfOtherData = losses.distinctBy { (one, _) -> one.setting.recipe.data }.size > 1
                val others =
                    losses.map { (one, words) ->
                        val said = one.setting.recipe.origins[if (isOfOtherData) "data" else "decoderInput"]
                        Fact(printed(one.name), words, said.says, said.where)
                    }
                if (others.isNotEmpty()) tell(OwnRecipeMessages.lossesOfOtherWords(), *others.toTypedArray())
            }
            is BestBy.Accuracy -> tellMissing(OwnRecipeMessages.judgedWithoutLabels(), word(judge))
            is BestBy.Measured ->
                tellMissing(OwnRecipeMessages.judgedByWhatIsNotMeasured(word(judge)), "${judge.metric}")
        }
    }

    private fun seeds() {
        if (experiment.seeds.isEmpty()) tell(ExperimentMessages.noSeeds(), fact("seeds", "none", "seeds"))
        repeated(experiment.seeds).forEach { tell(ExperimentMessages.repeatedSeed(), fact("seed", it, "seeds")) }
    }

    private fun numbers() {
        when (val divergence = experiment.divergence) {
            is Divergence.NotANumber -> Unit
            is Divergence.LossAbove ->
                if (divergence.loss.isNaN() || divergence.loss <= 0.0)
                    tell(ExperimentMessages.notALoss(), fact("diverged above", divergence.loss, "divergence"))
        }
        when (val parity = experiment.parity) {
            is Parity.None -> Unit
            is Parity.Required -> {
                if (parity.within.isNaN() || parity.within < 0.0 || parity.within >= 1.0)
                    tell(ExperimentMessages.notAShare(), fact("within", parity.within, "parity"))
                if (parity.resource == Resource.Time)
                    tell(ExperimentMessages.timeIsNotKnown(), fact("match", "time", "parity"))
            }
            is Parity.Rescaled -> rescaled(parity.resource)
        }
    }

    private fun rescaled(resource: Resource): Unit =
        when (resource) {
            Resource.Parameters ->
                tell(ExperimentMessages.parametersCannotBeRescaled(), fact("rescale", "parameters", "parity"))
            Resource.Operations -> Unit
            Resource.Time -> {
                val recipes = experiment.configurations.map { it.setting.recipe }
                val later = recipes.filter { it.rewards.after in 1..<it.steps }
                later
                    .distinctBy { it.rewards.after }
                    .forEach {
                        val said = it.origins["rewards"]
                        tell(
                            ExperimentMessages.stepsChange(),
                            Fact("rewards", "after ${it.rewards.after} steps", said.says, said.where),
                            fact("match", "time", "parity"),
                        )
                    }
            }
        }

    private fun recipes(legal: List<Variant>) {
        val before = found.size
        val alone = experiment.variants.associateWith { variant -> inSettings(variant) { it.check() } }
        val common = alone.values.reduceOrNull { all, more -> all.filter { it in more } } ?: experiment.recipe.check()
        found += common
        alone.forEach { (variant, problems) -> found += (problems - common.toSet()).map { told(variant, it) } }
        if (found.size > before) return
        legal.forEach { variant -> found += inSettings(variant) { it.check(variant.model) }.map { told(variant, it) } }
    }

    /**
     * What is wrong with every setting is told once; what is wrong with all that have a value, once with that value;
     * what is wrong with others, with the name of each.
     */
    private fun inSettings(variant: Variant, check: (Recipe) -> List<Problem>): List<Problem> {
        val recipes = experiment.configurationsOf(variant).map { it.setting.recipe }
        val problems = recipes.ifEmpty { listOf(experiment.recipeOf(variant)) }.map(check)
        val places =
            problems.flatten().distinct().associateWith { problem ->
                problems.indices.filter { problem in problems[it] }
            }
        val (common, others) = places.entries.partition { it.value.size == problems.size }
        return common.map { it.key } +
            others.flatMap { (problem, settings) ->
                named(settings).map { problem.copy(place = "$it: ${problem.place}") }
            }
    }

    /**
     * The values that these [settings] have and no other; the names of all of them, where no values tell them apart.
     */
    private fun named(settings: List<Int>): List<String> {
        val values =
            experiment.variations.fold(listOf(emptyList<String>())) { before, variation ->
                before.flatMap { all -> variation.told.map { all + "${variation.word} $it" } }
            }
        val shared = settings.map { values[it] }.reduce { all, more -> all.filter { it in more } }
        val isTheirs = values.count { it.containsAll(shared) } == settings.size
        return if (isTheirs) listOf(shared.joinToString()) else settings.map { values[it].joinToString() }
    }

    private fun parity() {
        val parity = experiment.parity as? Parity.Required ?: return
        val measured =
            when (parity.resource) {
                Resource.Parameters -> experiment.variants.associateWith { it.model.cost().run { trained + fixed } }
                Resource.Operations ->
                    experiment.variants.associateWith { operationsOfStep(experiment.configurationsOf(it).first()) }
                Resource.Time -> return
            }
        val first = experiment.variants.first()
        experiment.variants.drop(1).forEach { variant ->
            val apart = apart(measured.getValue(first), measured.getValue(variant))
            if (apart > parity.within) {
                val facts = listOf(first, variant).map { Fact(it.name, grouped("${measured[it]}")) }
                val message =
                    when (parity.resource) {
                        Resource.Parameters ->
                            ExperimentMessages.otherParameters(variant.name, first.name, apart, parity.within)
                        Resource.Operations,
                        Resource.Time ->
                            ExperimentMessages.otherOperations(variant.name, first.name, apart, parity.within)
                    }
                found += message.at(experiment.name, facts + fact("match", parity.resource.name.lowercase(), "parity"))
            }
        }
    }

    /** What is wrong with a recipe once it is known how many steps it has. */
    private fun planned() {
        val parity = experiment.parity as? Parity.Rescaled ?: return
        if (parity.resource != Resource.Operations) return
        val said = fact("rescale", "operations", "parity")
        experiment
            .rescaledByOperations()
            .map { it.configuration }
            .distinct()
            .forEach { configuration ->
                found +=
                    configuration.setting.recipe.check().map { problem ->
                        val place = "${printed(configuration.name)}: ${problem.place}"
                        problem.copy(place = place, facts = problem.facts + said)
                    }
            }
    }

    private fun apart(first: BigInteger, other: BigInteger): Double =
        (other - first).abs().toDouble() / maxOf(first, BigInteger.ONE).toDouble()
}

/** Where the variant of a [number] is said. */
internal fun variantPlace(number: Int): String = "variants.$number"

/** What was said at a [path], and where. */
internal fun Experiment.fact(name: String, value: Any, path: String): Fact =
    origins[path].let { Fact(name, "$value", it.says, it.where) }

internal fun <Kind> repeated(values: List<Kind>): Set<Kind> =
    values.groupingBy { it }.eachCount().filterValues { it > 1 }.keys
