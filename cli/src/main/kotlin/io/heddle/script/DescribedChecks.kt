package io.heddle.script

import io.heddle.check.Problem
import io.heddle.describe.cost
import io.heddle.model.Model
import io.heddle.recipe.Recipe
import io.heddle.rules.check

/** Looks at descriptions before anything is computed. */
public object DescribedChecks {
    /**
     * Everything that is wrong with the models and recipes of a file, and with every recipe that fits none of its
     * models.
     */
    @JvmStatic
    public fun problems(described: Described): List<Problem> {
        val alone = described.models.flatMap { it.value.check() } + described.recipes.flatMap { it.value.check() }
        return alone.ifEmpty { described.recipes.flatMap { misfits(it.value, described.models) } }
    }

    /** Everything that keeps [recipe] from training [model]. */
    @JvmStatic
    public fun problems(model: Model, recipe: Recipe): List<Problem> =
        (model.check() + recipe.check()).ifEmpty { recipe.check(model) }

    /**
     * How many numbers the weights of [model] are, those with them that are not trained; it must be without problems.
     */
    @JvmStatic public fun parameters(model: Model): Long = model.cost().run { trained + fixed }.toLong()

    private fun misfits(recipe: Recipe, models: List<Named<Model>>): List<Problem> {
        val found = models.map { recipe.check(it.value) }
        return if (found.any { it.isEmpty() }) emptyList() else found.firstOrNull().orEmpty()
    }
}
