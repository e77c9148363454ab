package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of trainings that cannot begin, or cannot go on. */
public final class TrainingMessages {
    private TrainingMessages() {}

    /**
     * The checkpoint is of another training.
     *
     * @param what differs: {@code model}
     * @param there the first line that does, there
     */
    public static Problem otherDescription(Path folder, String what, String there, String now) {
        return new Problem(
                folder.toString(),
                "the checkpoint is of another " + what,
                List.of(new Fact("there", there), new Fact("now", now)),
                "Train into another folder with --out, or begin anew there with --fresh.");
    }

    /** The checkpoint was trained on other data. */
    public static Problem otherData(Path folder, String there, String now) {
        return other(folder, "the checkpoint is of other data", there, now);
    }

    /** The checkpoint was trained on other data, whose tokens have another meaning. */
    public static Problem otherTokens(Path folder, String there, String now) {
        return other(folder, "the checkpoint is of other data, whose tokens are not the same", there, now);
    }

    /** The run whose weights shall be begun with knows other tokens. */
    public static Problem otherTokensBefore(Path folder) {
        return new Problem(
                folder.toString(),
                "the tokens of this run are not those of the data",
                "A token would have the weights of another one. Begin with a run of the same tokenizer, or leave --from out.");
    }

    private static Problem other(Path folder, String title, String there, String now) {
        return new Problem(
                folder.toString(),
                title,
                List.of(new Fact("there", there), new Fact("now", now)),
                "Give the data back as it was, train into another folder with --out, or begin anew there with --fresh.");
    }

    /** The loss is infinite, or not a number. */
    public static Problem diverged(long step, double loss, double gradientNorm, double rate, Path folder) {
        return new Problem(
                "step " + step,
                "the loss is not a number any more",
                List.of(
                        new Fact("loss", String.valueOf(loss)),
                        new Fact("norm of the gradient", String.valueOf(gradientNorm)),
                        new Fact("learning rate", String.valueOf(rate))),
                "Lower the learning rate, lengthen the warm-up, or clip the gradient: clip(norm = 1.0). The last checkpoint is in "
                        + folder + ".");
    }

    /**
     * A pattern of weights that decay fits none.
     *
     * @param weight the name of one that does not decay by it
     */
    public static Problem noWeight(String pattern, String weight) {
        return new Problem(
                "recipe",
                "no weight is meant by a pattern of those that decay",
                List.of(new Fact("pattern", pattern), new Fact("a weight", weight)),
                "Write the words of its path, * for any word, ** for any number of words. heddle summary lists the parts.");
    }

    /** The model has fewer rows than the data has tokens. */
    public static Problem smallVocabulary(String input, int known, int wanted) {
        return new Problem(
                input,
                "the model knows fewer tokens than its data has",
                List.of(
                        new Fact("vocab", String.valueOf(known)),
                        new Fact("tokens of the data", String.valueOf(wanted))),
                "Say tokens(vocab = " + wanted + "), or choose another tokenizer.");
    }
}
