package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of rewards that cannot be given. */
public final class RewardMessages {
    private RewardMessages() {}

    /** The recipe names a function and has none. */
    public static Problem functionIsMissing(String name) {
        return new Problem(
                "recipe",
                "the function that rewards is not here",
                List.of(new Fact("name", name)),
                "A recipe that was stored holds its name alone. Train from the script that says it.");
    }

    /** A function of the user throws, where it should give a number. */
    public static Problem functionThrows(String name, Throwable thrown, String written, String target) {
        return new Problem(
                "recipe",
                "the function that rewards has failed",
                List.of(
                        new Fact(name, thrown.toString()),
                        new Fact("written", "\"" + written + "\""),
                        new Fact("target", "\"" + target + "\"")),
                "Let the function give a number for every text, the empty one included.");
    }

    /** A reward is infinite, or not a number. */
    public static Problem notANumber(String name, double reward, String written, String target) {
        return new Problem(
                "recipe",
                "a reward is not a finite number",
                List.of(
                        new Fact(name, String.valueOf(reward)),
                        new Fact("written", "\"" + written + "\""),
                        new Fact("target", "\"" + target + "\"")),
                "Let the function give a number for every text, the empty one included.");
    }
}
