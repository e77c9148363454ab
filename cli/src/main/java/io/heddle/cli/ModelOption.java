package io.heddle.cli;

import io.heddle.model.Model;
import io.heddle.script.Choice;
import io.heddle.script.Described;
import picocli.CommandLine.Option;

/** Which of the models that a file describes is meant. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The model of this name, where there are several.")
    private String name;

    /** Whether one was named. */
    boolean isGiven() {
        return !name.isEmpty();
    }

    /**
     * The model that is meant.
     *
     * @throws io.heddle.check.ProblemsException when there is none, or more than one
     */
    Model choose(Described described) {
        return Choice.model(described, name);
    }

    /** What is described, without the models that are not meant, and without recipes, which may be theirs. */
    Described only(Described described) {
        return isGiven() ? Choice.only(described, name) : described;
    }
}
