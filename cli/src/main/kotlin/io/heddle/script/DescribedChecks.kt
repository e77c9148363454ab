package io.heddle.script

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.describe.cost
import io.heddle.experiment.check
import io.heddle.model.Model
import io.heddle.recipe.Recipe
import io.heddle.rules.check
import io.heddle.script.messages.ChoiceMessages

/** Looks at descriptions before anything is computed. */
public object DescribedChecks {
    /**
     * Everything that is wrong with the models and recipes of a file, and with every recipe that fits none of its
     * models. Of several models, each problem says which it is of; it says the file, too, where that is [oneOfSeveral].
     */
    @JvmStatic
    public fun problems(described: Described, oneOfSeveral: Boolean): List<Problem> {
        val owners = owners(described, oneOfSeveral)
        val models = described.models.zip(owners)
        val alone =
            sameNames(described) +
                models.flatMap { (model, owner) -> owner.told(model.value.check()) } +
                described.recipes.flatMap { it.value.check() } +
                described.experiments.flatMap { it.value.check() }
        return alone.ifEmpty { described.recipes.flatMap { misfits(it.value, models) } }
    }

    /** Everything that keeps [recipe] from training [model]. */
    @JvmStatic
    public fun problems(model: Model, recipe: Recipe): List<Problem> =
        (model.check() + recipe.check()).ifEmpty { recipe.check(model) }

    /**
     * How many numbers the weights of [model] are, those with them that are not trained; it must be without problems.
     */
    @JvmStatic public fun parameters(model: Model): Long = model.cost().run { trained + fixed }.toLong()

    private fun misfits(recipe: Recipe, models: List<Pair<Named<Model>, Owner>>): List<Problem> {
        val found = models.map { (model, owner) -> owner.told(recipe.check(model.value)) }
        return if (found.any { it.isEmpty() }) emptyList() else found.firstOrNull().orEmpty()
    }

    /** Says of which model a problem is; nothing where there is only one. */
    private class Owner(private val model: String, private val told: String) {
        fun told(problems: List<Problem>): List<Problem> =
            problems.map { problem ->
                when {
                    told.isEmpty() -> problem
                    // What is wrong with a model as a whole is told of its name already.
                    problem.place == model -> problem.copy(place = told)
                    else -> problem.copy(place = "$told: ${problem.place}")
                }
            }
    }

    /** Models are called by their names, as far as these tell them apart, and by their properties otherwise. */
    private fun owners(described: Described, oneOfSeveral: Boolean): List<Owner> {
        val often = described.models.groupingBy { it.value.name }.eachCount()
        return described.models.map { (property, model) ->
            val name = if (often[model.name] == 1 && model.name.none { it.isISOControl() }) model.name else property
            Owner(
                model.name,
                when {
                    oneOfSeveral -> "${described.file}#$name"
                    described.models.size > 1 -> name
                    else -> ""
                },
            )
        }
    }

    private fun sameNames(described: Described): List<Problem> =
        described.models
            .groupBy { it.value.name }
            .filter { it.value.size > 1 }
            .map { (name, models) ->
                val facts =
                    models.map { (property, model) ->
                        val origin = model.origins[EDIT]
                        Fact(property, "\"$name\"", origin.says, origin.where)
                    }
                ChoiceMessages.sameNames("${described.file}", name, facts)
            }

    /** What made a variant is kept there; of what is no variant, it is what described it. */
    private const val EDIT = ":edit"
}
