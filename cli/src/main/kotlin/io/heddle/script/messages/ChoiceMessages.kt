package io.heddle.script.messages

import io.heddle.check.Fact
import io.heddle.check.Nearest
import io.heddle.check.Problem

/** What is told of files that describe nothing, or more than one thing where one is wanted. */
internal object ChoiceMessages {
    /** What is looked for in a file, and the option that names one. */
    enum class Kind(val one: String, val many: String, val option: String) {
        Model("model", "models", "--model"),
        Recipe("recipe", "recipes", "--recipe"),
        Experiment("experiment", "experiments", "--experiment"),
    }

    fun nothing(file: String) =
        Problem(
            file,
            "it describes no model",
            "A model is a value at the top of the script: val gpt = model(\"gpt\", width = 128) { ... }",
        )

    fun onlyRecipes(file: String) =
        Problem(file, "it describes no model", "It describes a recipe; a model is wanted here.")

    /** @param variants all that there are */
    fun onlyExperiments(file: String, variants: List<String>) =
        Problem(
            file,
            "it describes no model",
            "It describes an experiment, which heddle compare trains; a model is wanted here." +
                if (variants.isEmpty()) ""
                else "\nTake one of its variants: --variant \"${variants.first()}\". ${compared(variants)}",
        )

    /** @param model what was said to be the model's name, and [variant] the variant's */
    fun modelAndVariant(file: String, model: String, variant: String) =
        Problem(
            file,
            "one model is wanted, and two are named",
            listOf(Fact("--model", model), Fact("--variant", variant)),
            "Leave one of both out.",
        )

    /** @param variants all that there are */
    fun noVariant(file: String, wanted: String, variants: List<String>): Problem {
        val near = Nearest.of(wanted, variants)
        val guess = if (near == null) "" else "Did you mean --variant \"$near\"? "
        return Problem(file, "it describes no variant called $wanted", guess + compared(variants))
    }

    private fun compared(variants: List<String>): String {
        val all = variants.joinToString { "\"$it\"" }
        return if (variants.isEmpty()) "It compares nothing." else "It compares $all."
    }

    /** @param variants those of this name, each behind its experiment */
    fun severalVariants(file: String, wanted: String, variants: List<String>) =
        Problem(
            file,
            "${variants.size} experiments have other variants called $wanted",
            variants.map { Fact("variant", it) },
            "Choose one: --variant \"${variants.first()}\"",
        )

    fun noRecipe(file: String) =
        Problem(
            file,
            "it describes no recipe",
            "Training needs one beside the model:\n" +
                "  val training = recipe(text(\"input.txt\", context = 64), steps = 2_000)\n" +
                "or in a file of its own: --recipe FILE",
        )

    fun noExperiment(file: String) =
        Problem(
            file,
            "it describes no experiment",
            "One says what is compared, and how all are trained:\n" +
                "  val comparison = experiment(\"pre-vs-post\") {\n" +
                "      variants(base, base.edit { layout = PreNorm })\n" +
                "      recipe(training)\n" +
                "      seeds(1, 2, 3)\n" +
                "  }",
        )

    /** @param choices what there is, as it is told; [names] are all of their names */
    fun noneCalled(file: String, kind: Kind, wanted: String, names: List<String>, choices: List<String>): Problem {
        val near = Nearest.of(wanted, names)
        return Problem(
            file,
            "it describes no ${kind.one} called $wanted",
            if (near == null) "It describes ${choices.joinToString()}." else "Did you mean ${kind.option} $near?",
        )
    }

    fun several(file: String, kind: Kind, choices: List<String>, first: String) =
        Problem(
            file,
            "it describes ${choices.size} ${kind.many}, and one is wanted",
            choices.map { Fact(kind.one, it) },
            "Choose one: ${kind.option} $first",
        )

    /** @param models each with its property, and with what set its name */
    fun sameNames(file: String, name: String, models: List<Fact>) =
        Problem(
            file,
            "${models.size} models are called \"$name\"",
            models,
            "Give each its own: edit { name = \"${models.last().name}\" }",
        )
}
