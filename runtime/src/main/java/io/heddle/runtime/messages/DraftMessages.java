package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of models that cannot write ahead of another. */
public final class DraftMessages {
    private static final String PLACE = "draft";

    private DraftMessages() {}

    /**
     * Its tokens are others.
     *
     * @param side which: {@code written} or {@code read}
     * @param difference what is another, by {@link #first} or {@link #cutOtherwise}
     */
    public static Problem otherVocabulary(String side, String difference, int draft, int model) {
        return new Problem(
                PLACE,
                "it has another vocabulary of what is " + side,
                List.of(
                        new Fact("tokens of the draft", String.valueOf(draft)),
                        new Fact("tokens of the model", String.valueOf(model)),
                        new Fact("first that differs", difference)),
                "Train the draft on the data of the model, so that both have the same tokens.");
    }

    /** A token that is another. */
    public static String first(int id, String draft, String model) {
        return id + ", which is \"" + draft + "\" to the draft and \"" + model + "\" to the model";
    }

    /** All that both have are alike. */
    public static String cutOtherwise(int both) {
        return "none of the first " + both + ": one has more, or cuts texts otherwise";
    }

    /** One of them reads a source. */
    public static Problem readsOtherwise(String draft, boolean draftReads, String model) {
        String reads = " reads a source";
        String writes = " goes on with text";
        return new Problem(
                PLACE,
                "it is not asked what the model is asked",
                List.of(
                        new Fact("draft", draft + (draftReads ? reads : writes)),
                        new Fact("model", model + (draftReads ? writes : reads))),
                "Choose a draft that was trained on the data of the model.");
    }

    /** Words of the source have other numbers, or none. */
    public static Problem copiesOtherwise(String draft, String model) {
        return new Problem(
                PLACE,
                "what is copied has other numbers in \"" + draft + "\" than in \"" + model + "\"",
                "Let both copy words of their sources, beside vocabularies of one size, or neither.");
    }
}
