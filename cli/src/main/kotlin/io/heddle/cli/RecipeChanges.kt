package io.heddle.cli

import io.heddle.recipe.Recipe
import io.heddle.recipe.StartingWeights
import java.util.OptionalInt
import java.util.OptionalLong

/** What a command line says otherwise than a recipe. */
internal object RecipeChanges {
    /** [recipe] with other [steps] or another [seed], where they are given. */
    @JvmStatic
    fun apply(recipe: Recipe, steps: OptionalInt, seed: OptionalLong): Recipe =
        recipe
            .copy(steps = steps.orElse(recipe.steps), seed = seed.orElse(recipe.seed))
            .toldAs(recipe.name, recipe.origins)

    /** [recipe], beginning with the weights of [run] but for those that [without] means. */
    @JvmStatic
    fun startingWith(recipe: Recipe, run: String, without: List<String>): Recipe =
        recipe.copy(startingWeights = StartingWeights.Of(run, without)).toldAs(recipe.name, recipe.origins)
}
