package io.heddle.cli

import io.heddle.recipe.Recipe
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
}
