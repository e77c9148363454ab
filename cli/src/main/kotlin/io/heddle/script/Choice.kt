package io.heddle.script

import io.heddle.check.Fact
import io.heddle.check.Nearest
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.model.Model
import io.heddle.recipe.Recipe

/** Chooses among what a file describes. */
public object Choice {
    /**
     * The model called [wanted], by its own name or by its property's; the only one where [wanted] is empty.
     *
     * @throws ProblemsException when there is none, or more than one
     */
    @JvmStatic public fun model(described: Described, wanted: String): Model = named(described, wanted).value

    /**
     * The model called [wanted] as if it were alone in its file: the recipes beside it may be for others.
     *
     * @throws ProblemsException when there is none, or more than one
     */
    @JvmStatic
    public fun only(described: Described, wanted: String): Described =
        described.copy(models = listOf(named(described, wanted)), recipes = emptyList())

    private fun named(described: Described, wanted: String): Named<Model> {
        val names = described.models.map { (property, model) -> listOf(model.name, property) }
        val none = if (described.recipes.isEmpty()) "" else "It describes a recipe; a model is wanted here."
        return choose(described, Kind("model", "models", "--model", none), names, wanted).let { described.models[it] }
    }

    /**
     * The recipe that a property called [wanted] holds; the only one where [wanted] is empty.
     *
     * @throws ProblemsException when there is none, or more than one
     */
    @JvmStatic
    public fun recipe(described: Described, wanted: String): Recipe {
        val names = described.recipes.map { (property, _) -> listOf(property) }
        return choose(described, Kind("recipe", "recipes", "--recipe", NO_RECIPE), names, wanted).let {
            described.recipes[it].value
        }
    }

    private fun choose(described: Described, kind: Kind, names: List<List<String>>, wanted: String): Int {
        val file = "${described.file}"
        if (names.isEmpty()) throw ProblemsException(Problem(file, "it describes no ${kind.one}", kind.none))
        // A property's name is its own, while variants may share a model's.
        val found =
            names.indices
                .filter { names[it].last() == wanted }
                .ifEmpty { names.indices.filter { wanted.isEmpty() || wanted in names[it] } }
        val choices = names.map { told(it) }
        if (found.size == 1) return found.single()
        if (wanted.isNotEmpty() && found.isEmpty()) {
            val near = Nearest.of(wanted, names.flatten())?.let { "Did you mean ${kind.option} $it?" }
            val mend = near ?: "It describes ${choices.joinToString()}."
            throw ProblemsException(Problem(file, "it describes no ${kind.one} called $wanted", mend))
        }
        val facts = found.map { Fact(kind.one, choices[it]) }
        val mend = "Choose one: ${kind.option} ${names[found.first()].last()}"
        throw ProblemsException(
            Problem(file, "it describes ${found.size} ${kind.many}, and one is wanted", facts, mend)
        )
    }

    private fun told(names: List<String>) = names.distinct().let { if (it.size == 1) it[0] else "${it[0]} (${it[1]})" }

    private class Kind(val one: String, val many: String, val option: String, val none: String)

    private const val NO_RECIPE =
        "Training needs one beside the model:\n" +
            "  val training = recipe(text(\"input.txt\", context = 64), steps = 2_000)\n" +
            "or in a file of its own: --recipe FILE"
}
