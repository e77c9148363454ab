package io.heddle.script

import io.heddle.check.ProblemsException
import io.heddle.experiment.Experiment
import io.heddle.model.Model
import io.heddle.recipe.Recipe
import io.heddle.script.messages.ChoiceMessages
import io.heddle.script.messages.ChoiceMessages.Kind

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

    /**
     * The variant called [wanted], in whichever experiment it is: `pre-norm`, or `letters/pre-norm` where several
     * experiments have other variants of that name.
     *
     * @param model what a model was called beside it: only one of both can be meant
     * @throws ProblemsException when there is none, or when it is another one in another experiment
     */
    @JvmStatic
    public fun variant(described: Described, wanted: String, model: String): ChosenVariant =
        variant(described, wanted, model) { it.model }

    /** The same where it is also asked how it is trained: when that differs between experiments, too, it throws. */
    @JvmStatic
    public fun trainedVariant(described: Described, wanted: String, model: String): ChosenVariant =
        variant(described, wanted, model) { it.model to it.recipe }

    private fun variant(
        described: Described,
        wanted: String,
        model: String,
        what: (ChosenVariant) -> Any,
    ): ChosenVariant {
        val file = "${described.file}"
        if (model.isNotEmpty()) throw ProblemsException(ChoiceMessages.modelAndVariant(file, model, wanted))
        val all = variants(described)
        val found = all.filter { it.name == wanted }.ifEmpty { all.filter { it.path == wanted } }
        return when {
            found.isEmpty() -> throw ProblemsException(ChoiceMessages.noVariant(file, wanted, names(all)))
            found.distinctBy(what).size > 1 ->
                throw ProblemsException(ChoiceMessages.severalVariants(file, wanted, found.map { it.path }))
            else -> found.first()
        }
    }

    /** [variant] as if it were a model alone in its file. */
    @JvmStatic
    public fun only(described: Described, variant: ChosenVariant): Described =
        described.copy(
            models = listOf(Named(variant.name, variant.model)),
            recipes = emptyList(),
            experiments = emptyList(),
        )

    /** The model called [wanted], as [model] finds it, or else the variant of that name. */
    @JvmStatic
    public fun modelOrVariant(described: Described, wanted: String): Model {
        val isModel = described.models.any { (property, model) -> wanted == model.name || wanted == property }
        val isVariant = variants(described).any { wanted == it.name || wanted == it.path }
        return if (isVariant && !isModel) variant(described, wanted, "").model else model(described, wanted)
    }

    private fun variants(described: Described) =
        described.experiments.flatMap { (_, one) -> one.variants.map { ChosenVariant(one, it) } }

    private fun names(variants: List<ChosenVariant>) = variants.map { it.name }.distinct()

    private fun named(described: Described, wanted: String): Named<Model> {
        val names = described.models.map { (property, model) -> listOf(model.name, property) }
        return choose(described, Kind.Model, names, wanted).let { described.models[it] }
    }

    /**
     * The recipe that a property called [wanted] holds; the only one where [wanted] is empty.
     *
     * @throws ProblemsException when there is none, or more than one
     */
    @JvmStatic
    public fun recipe(described: Described, wanted: String): Recipe {
        val names = described.recipes.map { (property, _) -> listOf(property) }
        return choose(described, Kind.Recipe, names, wanted).let { described.recipes[it].value }
    }

    /**
     * The experiment called [wanted], by its own name or by its property's; the only one where [wanted] is empty.
     *
     * @throws ProblemsException when there is none, or more than one
     */
    @JvmStatic
    public fun experiment(described: Described, wanted: String): Experiment {
        val names = described.experiments.map { (property, experiment) -> listOf(experiment.name, property) }
        return choose(described, Kind.Experiment, names, wanted).let { described.experiments[it].value }
    }

    private fun choose(described: Described, kind: Kind, names: List<List<String>>, wanted: String): Int {
        val file = "${described.file}"
        if (names.isEmpty()) {
            throw ProblemsException(
                when (kind) {
                    Kind.Model ->
                        if (described.recipes.isEmpty())
                            ChoiceMessages.onlyExperiments(file, names(variants(described)))
                        else ChoiceMessages.onlyRecipes(file)
                    Kind.Recipe -> ChoiceMessages.noRecipe(file)
                    Kind.Experiment -> ChoiceMessages.noExperiment(file)
                }
            )
        }
        // A property's name is its own, while variants may share a model's.
        val found =
            names.indices
                .filter { names[it].last() == wanted }
                .ifEmpty { names.indices.filter { wanted.isEmpty() || wanted in names[it] } }
        val choices = names.map { told(it) }
        if (found.size == 1) return found.single()
        if (wanted.isNotEmpty() && found.isEmpty()) {
            throw ProblemsException(ChoiceMessages.noneCalled(file, kind, wanted, names.flatten(), choices))
        }
        val first = names[found.first()].last()
        throw ProblemsException(ChoiceMessages.several(file, kind, found.map { choices[it] }, first))
    }

    private fun told(names: List<String>) = names.distinct().let { if (it.size == 1) it[0] else "${it[0]} (${it[1]})" }
}
