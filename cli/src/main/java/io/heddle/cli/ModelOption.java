package io.heddle.cli;

import io.heddle.model.Model;
import io.heddle.recipe.Recipe;
import io.heddle.script.Choice;
import io.heddle.script.ChosenVariant;
import io.heddle.script.Described;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which of the models that a file describes is meant. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The model of this name, where there are several.")
    private String name;

    @Option(
            names = "--variant",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The model that an experiment compares under this name.")
    private String variant;

    /** Whether one was named. */
    boolean isGiven() {
        return !name.isEmpty() || !variant.isEmpty();
    }

    /**
     * The model that is meant.
     *
     * @throws io.heddle.check.ProblemsException when there is none, or more than one
     */
    Model choose(Described described) {
        return variant.isEmpty() ? Choice.model(described, name) : variant(described).getModel();
    }

    /** What is described, without the models that are not meant, and without recipes, which may be theirs. */
    Described only(Described described) {
        if (!variant.isEmpty()) return Choice.only(described, variant(described));
        return isGiven() ? Choice.only(described, name) : described;
    }

    /** What a folder for it is called. */
    String called(Described described) {
        return variant.isEmpty() ? choose(described).getName() : variant(described).getName();
    }

    /** How the experiment trains it that compares it, before anything is varied; empty when no variant was named. */
    Optional<Recipe> recipe(Described described) {
        return variant.isEmpty()
                ? Optional.empty()
                : Optional.of(Choice.trainedVariant(described, variant, name).getRecipe());
    }

    private ChosenVariant variant(Described described) {
        return Choice.variant(described, variant, name);
    }
}
