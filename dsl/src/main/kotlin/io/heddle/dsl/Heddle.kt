@file:JvmName("Descriptions")

package io.heddle.dsl

import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.Recipe
import java.util.function.Consumer
import kotlin.jvm.JvmName
import kotlin.jvm.JvmSynthetic

/**
 * Describes a model.
 *
 * Nothing is thrown for a model that does not fit together: ask it with `check()`, which tells everything at once.
 *
 * @param width how many numbers describe a token where a component does not say otherwise
 */
@JvmSynthetic
public fun model(name: String, width: Int, describe: ModelScope.() -> Unit): Model {
    val scope = ModelScope(name, width, Caller.origin("model(\"$name\", width = $width)"))
    scope.describe()
    return scope.build()
}

/** Another model: this one, changed as [change] says. */
@JvmSynthetic public fun Model.edit(change: EditScope.() -> Unit): Model = EditScope(this).apply(change).build()

/** The same for Java. */
public object Heddle {
    /** Describes a model; see [io.heddle.dsl.model]. */
    @JvmStatic
    public fun model(name: String, width: Int, describe: Consumer<ModelScope>): Model =
        io.heddle.dsl.model(name, width) { describe.accept(this) }

    /** Another model: [model], changed as [change] says. */
    @JvmStatic public fun edit(model: Model, change: Consumer<EditScope>): Model = model.edit { change.accept(this) }

    /** Describes a training; see [io.heddle.dsl.recipe]. */
    @JvmStatic
    public fun recipe(data: Data, steps: Int, describe: Consumer<RecipeScope>): Recipe =
        io.heddle.dsl.recipe(data, steps) { describe.accept(this) }
}
