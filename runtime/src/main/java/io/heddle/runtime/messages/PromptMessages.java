package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of what a model is asked. */
public final class PromptMessages {
    private PromptMessages() {}

    /** There is nothing to go on with. */
    public static Problem nothingToGoOn(String place) {
        return empty(place, "Give the model something to go on with, such as \"The \".");
    }

    /** There is nothing to answer. */
    public static Problem nothingToAnswer(String place) {
        return empty(place, "Give the model something to answer: a source like those that it was trained on.");
    }

    private static Problem empty(String place, String mend) {
        return new Problem(place, "the prompt is empty", mend);
    }

    /** A prompt is longer than its input has positions. */
    public static Problem longerThanPositions(String place, int length, String input, int positions) {
        return new Problem(
                place,
                "the prompt is longer than the model has positions",
                List.of(
                        new Fact("tokens", length + ", the end token included"),
                        new Fact("positions of " + input, String.valueOf(positions))),
                "Give a shorter one.");
    }

    /**
     * The same of a model that reads it, too: one that scores answers, or writes ahead.
     *
     * @param model its name
     */
    public static Problem longerThanBeside(String place, int length, String model, String input, int positions) {
        return new Problem(
                place,
                "it is longer than the model beside has positions",
                List.of(
                        new Fact("tokens", length + ", the end token included"),
                        new Fact("model beside", model),
                        new Fact("positions of " + input, String.valueOf(positions))),
                "Give a shorter one, or name a model that was trained with more positions.");
    }
}
