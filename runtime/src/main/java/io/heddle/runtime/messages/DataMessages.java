package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of data as tokens. */
public final class DataMessages {
    private DataMessages() {}

    /** A size of data is not positive. */
    public static Problem notPositive(String name, int value) {
        return new Problem("data", "the " + name + " is " + value, "Give a number from 1 on.");
    }

    /** More or less than all text is to train on. */
    public static Problem otherFraction(double fraction) {
        return new Problem(
                "data",
                "the fraction to train on is " + fraction,
                "Give a number above 0 and at most 1: 0.9 trains on the first nine tenths.");
    }

    /**
     * There are too few tokens.
     *
     * @param part of what: {@code training}
     * @param why what needs them
     */
    public static Problem tooShort(String place, String part, int tokens, int needed, String why) {
        return new Problem(
                place,
                "the " + part + " part is too short",
                List.of(
                        new Fact("tokens there", Counts.of(tokens)),
                        new Fact("tokens needed", Counts.of(needed), why, "")),
                "Give more text, a larger share of it for " + part + ", or a shorter context.");
    }

    /** What needs tokens: a window. */
    public static String context(int tokens) {
        return "a context of " + tokens + " and the token after it";
    }

    /** What needs tokens: rows that go on from batch to batch. */
    public static String rows(int rows, int tokens) {
        return Counts.of(rows, "row", "rows") + " of a context of " + tokens + " and the token after them";
    }

    /** What needs tokens: a label. */
    public static String label() {
        return "one token to read and one to predict";
    }

    /**
     * Data holds tokens that the model has no row for.
     *
     * @param token the first of them, which stands at {@code place}
     * @param largest the largest of them
     * @param outside how many they are
     */
    public static Problem outsideModel(String place, int token, int vocabulary, int largest, long outside) {
        return new Problem(
                place,
                "token " + token + " is outside the model's vocabulary",
                List.of(
                        new Fact("vocabulary", Counts.of(vocabulary, "token", "tokens")),
                        new Fact("largest token", Integer.toString(largest)),
                        new Fact("tokens outside", Counts.of(outside))),
                "Give the model tokens(vocab = " + (largest + 1) + "), or use the tokenizer it was made for.");
    }

    /** There are problems that are not told. */
    public static Problem more(int problems) {
        return new Problem(
                "data",
                Counts.of(problems, "more problem was", "more problems were") + " found",
                "Mend those above, then run again to see the others.");
    }
}
