package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.Collection;
import java.util.List;

/** What is told of programs whose weights, inputs or states do not fit. */
public final class ProgramMessages {
    private ProgramMessages() {}

    /** A weight of the model is not among those that {@code source} gives. */
    public static Problem missingWeight(String source, String name, String shape) {
        return new Problem(source, weight(name) + "is missing", List.of(new Fact("model", shape)), "");
    }

    /** A weight is given that the model does not have. */
    public static Problem unknownWeight(String source, String name, String shape) {
        return new Problem(source, weight(name) + "is not one of the model's", List.of(new Fact("given", shape)), "");
    }

    /** A weight is given in another shape. */
    public static Problem otherWeight(String source, String name, String wanted, String given) {
        return new Problem(
                source,
                weight(name) + "has another shape than the model's",
                List.of(new Fact("model", wanted), new Fact("given", given)),
                "");
    }

    /** A graph reads a weight that there is not. */
    public static Problem unheldWeight(String source, String name, String shape) {
        return new Problem(
                source,
                weight(name) + "is missing",
                List.of(new Fact("graph", shape)),
                "Compile the graph with the weights of the model that it belongs to.");
    }

    /** A graph with states is run without any. */
    public static Problem noMemory(String path, String state) {
        return new Problem(
                path,
                state(state) + "has no memory",
                "Make some with engine.states(graph, sizes) and bind with them.");
    }

    /** A state of the graph is not among those that are given. */
    public static Problem missingState(String path, String state, String shape) {
        return new Problem(path, state(state) + "is missing", List.of(new Fact("graph", shape)), "");
    }

    /** A state is given in another shape. */
    public static Problem otherState(String path, String state, String wanted, String given) {
        return new Problem(
                path,
                state(state) + "has another shape than the graph's",
                List.of(new Fact("graph", wanted), new Fact("given", given)),
                "");
    }

    /** Inputs have no value yet. */
    public static Problem neverSet(Collection<String> inputs) {
        return new Problem(
                "inputs", "never set: " + String.join(", ", inputs), "Set every input before the first run.");
    }

    /** An input of real numbers is given whole ones. */
    public static Problem wholeForReal(String input) {
        return otherKind(input, "real numbers", "whole numbers");
    }

    /** An input of whole numbers is given real ones. */
    public static Problem realForWhole(String input) {
        return otherKind(input, "whole numbers", "real numbers");
    }

    private static Problem otherKind(String input, String wanted, String given) {
        return new Problem(
                "input " + input,
                "takes another kind of number",
                List.of(new Fact("input", wanted), new Fact("given", given)),
                "");
    }

    /** An input is given as many numbers as it does not have. */
    public static Problem otherCount(String input, String shape, long elements, long given) {
        return otherInput(input, shape, elements, given + " numbers");
    }

    /** An input is given another shape. */
    public static Problem otherInput(String input, String shape, long elements, String given) {
        return new Problem(
                "input " + input,
                "takes another shape",
                List.of(new Fact("input", shape + ", " + elements + " numbers"), new Fact("given", given)),
                "A program has fixed sizes: bind another one for other sizes.");
    }

    private static String weight(String name) {
        return "weight \"" + name + "\" ";
    }

    private static String state(String name) {
        return "state \"" + name + "\" ";
    }
}
