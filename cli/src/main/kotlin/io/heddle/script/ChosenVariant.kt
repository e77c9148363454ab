package io.heddle.script

import io.heddle.experiment.Experiment
import io.heddle.experiment.Variant
import io.heddle.model.Model
import io.heddle.recipe.Recipe

/**
 * A model that an experiment compares.
 *
 * @property experiment that compares it
 */
public class ChosenVariant internal constructor(public val experiment: Experiment, private val variant: Variant) {
    /** What it is called there. */
    public val name: String
        get() = variant.name

    /** What is compared. */
    public val model: Model
        get() = variant.model

    /** How the experiment trains it, before anything is varied. */
    public val recipe: Recipe
        get() = experiment.recipeOf(variant)

    /** Its name behind that of its experiment. */
    internal val path: String
        get() = "${experiment.name}/$name"
}
