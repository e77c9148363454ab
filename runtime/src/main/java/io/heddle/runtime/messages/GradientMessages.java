package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of graphs that cannot be differentiated. */
public final class GradientMessages {
    private static final int SHOWN = 8;

    private GradientMessages() {}

    /** A gradient is asked for of what is not there. */
    public static Problem unknown(String output, String name, List<String> known) {
        return new Problem(
                output, "no parameter or input is named \"" + name + "\"", "There are: " + listed(known));
    }

    /** A gradient is asked for of whole numbers. */
    public static Problem whole(String output, String name) {
        return new Problem(
                output,
                "\"" + name + "\" holds whole numbers, which have no gradient",
                "Ask for parameters and for inputs of real numbers.");
    }

    /** A gradient is asked for twice. */
    public static Problem twice(String output, String name) {
        return new Problem(output, "\"" + name + "\" is asked for twice", "Name it once.");
    }

    /** The graph has gradients. */
    public static Problem again(String output) {
        return new Problem(output, "the graph has this output already", "Differentiate the forward graph, once.");
    }

    /** The loss is not there. */
    public static Problem noLoss(String output, List<String> known) {
        return new Problem(
                "output " + output,
                "the graph has no output of this name to differentiate",
                "There are: " + listed(known));
    }

    /** The loss is more than a number. */
    public static Problem noNumber(String output, String type, List<String> known) {
        return new Problem(
                "output " + output,
                "a loss is one real number, and this is " + type,
                "Sum it, or choose another output: " + listed(known));
    }

    /**
     * The loss depends on what is only saved for the backward pass.
     *
     * @param last the last output that has a gradient
     */
    public static Problem saved(String path, String op, String name, int output, int last) {
        return new Problem(
                path,
                "the loss depends on output " + output + " of " + name
                        + ", which is saved for the backward pass and has no gradient",
                List.of(new Fact("op", op)),
                "Compute the loss from output " + last + ".");
    }

    /** The loss depends on rows that are written into a state. */
    public static Problem rowsOfState(String path, String op, String name) {
        return state(path, op, name, "It is for decoding: differentiate the graph of training.");
    }

    /** The loss depends on what is blended into a state. */
    public static Problem blended(String path, String op, String name) {
        return state(path, op, name, "Compute with what the state was, or with what is blended into it.");
    }

    /** The loss depends on what a state remembers. */
    public static Problem remembered(String path, String op, String name) {
        return state(path, op, name, "Compute with what the state was, and with what is fresh.");
    }

    private static Problem state(String path, String op, String name, String mend) {
        return new Problem(path, name + " has no gradient", List.of(new Fact("op", op)), mend);
    }

    /** The loss depends on a gradient. */
    public static Problem second(String path, String op, String name) {
        return new Problem(
                path,
                name + " has no gradient of its own",
                List.of(new Fact("op", op)),
                "Second derivatives are not computed: differentiate the forward graph.");
    }

    private static String listed(List<String> names) {
        int others = names.size() - SHOWN;
        return names.isEmpty()
                ? "none."
                : String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                        + (others > 0 ? " and " + others + " more." : ".");
    }
}
