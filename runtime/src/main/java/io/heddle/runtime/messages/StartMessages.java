package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of trainings that begin with weights of another run, which do not fit. */
public final class StartMessages {
    private StartMessages() {}

    /** The run has a weight of another shape. */
    public static Problem otherShape(String file, String name, String model, String run) {
        return new Problem(
                file,
                "weight \"" + name + "\" has another shape than the model's",
                List.of(new Fact("model", model), new Fact("run", run)),
                "Give the model the sizes of the run, or leave the weight out: without = listOf(\"" + name + "\").");
    }

    /** The run has a weight that the model has not. */
    public static Problem notOfTheModel(String file, String name, String run) {
        return new Problem(
                file,
                "weight \"" + name + "\" is not one of the model's",
                List.of(new Fact("run", run)),
                "Name the model's parts as in the run, or leave the weight out: without = listOf(\"" + name + "\").");
    }

    /** A pattern of weights that are left out fits none. */
    public static Problem nothingLeftOut(String file, String pattern, String weight) {
        return new Problem(
                file,
                "no weight is meant by a pattern of those that are left out",
                List.of(new Fact("pattern", pattern), new Fact("a weight", weight)),
                "Write the words of its path, * for any word, ** for any number of words.");
    }

    /** All weights are left out. */
    public static Problem nothingTaken(String file) {
        return new Problem(
                file, "no weight is taken", "Leave out fewer of them, or say startingWeights = StartingWeights.Drawn.");
    }

    /** Tables of tokens are taken, and the tokens of the data are others. */
    public static Problem otherTokens(Path folder, int run, int data) {
        return new Problem(
                folder.toString(),
                "its tokens are not those of the data",
                List.of(new Fact("tokens of the run", String.valueOf(run)),
                        new Fact("tokens of the data", String.valueOf(data))),
                "Read the data by the tokenizer of the run: Tokenization.File(\"" + folder.resolve("tokenizer")
                        + "\").");
    }
}
