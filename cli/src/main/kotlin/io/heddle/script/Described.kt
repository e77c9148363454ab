package io.heddle.script

import io.heddle.experiment.Experiment
import io.heddle.model.Model
import io.heddle.recipe.Recipe
import java.nio.file.Path

/**
 * What a file describes.
 *
 * @property file where it stands; relative paths in recipes are relative to its folder
 * @property models in the order in which they are written
 * @property recipes in the order in which they are written
 * @property experiments in the order in which they are written
 * @property warnings what the compiler has against the script, which keeps nobody from running it
 */
public data class Described(
    public val file: Path,
    public val models: List<Named<Model>>,
    public val recipes: List<Named<Recipe>>,
    public val experiments: List<Named<Experiment>>,
    public val warnings: List<String>,
)

/**
 * A value with the name that a file gives it.
 *
 * @property name the property's in a script, with a number in brackets where it is an element of a list
 */
public data class Named<out Value>(public val name: String, public val value: Value)
