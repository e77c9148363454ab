package io.heddle.runtime.program;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares weights that are given with weights that are wanted. */
final class ParameterProblems {
    private ParameterProblems() {}

    /** Refuses missing, left over and misshapen weights, all at once. */
    static void check(ParameterLayout layout, Map<String, List<Long>> given, String source) {
        List<Problem> problems = new ArrayList<>();
        layout.entries().forEach((name, entry) -> {
            List<Long> shape = given.get(name);
            if (shape == null) {
                List<Fact> facts = List.of(new Fact("model", entry.shape().toString()));
                problems.add(new Problem(source, "weight \"" + name + "\" is missing", facts, ""));
            } else if (!shape.equals(entry.shape())) {
                problems.add(shapes(source, name, entry.shape(), shape));
            }
        });
        given.forEach((name, shape) -> {
            if (layout.find(name).isEmpty()) {
                List<Fact> facts = List.of(new Fact("given", shape.toString()));
                problems.add(new Problem(source, "weight \"" + name + "\" is not one of the model's", facts, ""));
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    /** The weights that a graph reads are among those that there are. */
    static void checkRead(ParameterLayout read, ParameterLayout held) {
        List<Problem> problems = new ArrayList<>();
        read.entries().forEach((name, entry) -> held.find(name).ifPresentOrElse(
                found -> {
                    if (!found.shape().equals(entry.shape())) {
                        problems.add(shapes("compile", name, entry.shape(), found.shape()));
                    }
                },
                () -> {
                    List<Fact> facts = List.of(new Fact("graph", entry.shape().toString()));
                    String mend = "Compile the graph with the weights of the model that it belongs to.";
                    problems.add(new Problem("compile", "weight \"" + name + "\" is missing", facts, mend));
                }));
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private static Problem shapes(String source, String name, List<Long> wanted, List<Long> given) {
        List<Fact> facts = List.of(new Fact("model", wanted.toString()), new Fact("given", given.toString()));
        return new Problem(source, "weight \"" + name + "\" has another shape than the model's", facts, "");
    }
}
