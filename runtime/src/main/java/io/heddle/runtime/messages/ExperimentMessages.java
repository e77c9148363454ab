package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of experiments that cannot be run as they were asked to. */
public final class ExperimentMessages {
    private ExperimentMessages() {}

    /**
     * Successive halving would judge before anything was measured.
     *
     * @param configuration a variant with a setting
     * @param steps of the first round
     * @param every after how many steps held-out data is looked at
     */
    public static Problem judgedTooEarly(String configuration, long steps, int every) {
        return new Problem(
                configuration,
                "the first round of --halving ends before held-out data is looked at",
                List.of(
                        new Fact("steps of the first round", Counts.of(steps)),
                        new Fact("held-out data is looked at every", Counts.of(every) + " steps")),
                "Look at it sooner: evaluate(every = " + steps + "), or oftener. Or train for more steps.");
    }

    /**
     * Successive halving would judge before what is to be judged has begun.
     *
     * @param configuration a variant with a setting
     * @param steps of the first round
     * @param after how many steps sequences are rewarded
     */
    public static Problem judgedBeforeRewards(String configuration, long steps, int after) {
        return new Problem(
                configuration,
                "the first round of --halving ends before rewards begin",
                List.of(
                        new Fact("steps of the first round", Counts.of(steps)),
                        new Fact("rewards begin after", Counts.of(after) + " steps")),
                "Until then it is what it would be without them. Let rewards begin at once (after = 0) with the weights "
                        + "of another run, or leave --halving out.");
    }

    /** The steps of a variant cannot be timed: it diverges before its weights have changed. */
    public static Problem neverTimed(String configuration) {
        return new Problem(
                configuration,
                "its steps cannot be timed, because it diverges at once",
                "match(time) needs a step of each. Begin with smaller weights, or say rescale(operations).");
    }
}
