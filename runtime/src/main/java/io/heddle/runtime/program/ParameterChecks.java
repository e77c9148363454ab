package io.heddle.runtime.program;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ProgramMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares weights that are given with weights that are wanted. */
final class ParameterChecks {
    private ParameterChecks() {}

    /** Refuses missing, left over and misshapen weights, all at once. */
    static void check(ParameterLayout layout, Map<String, List<Long>> given, String source) {
        List<Problem> problems = new ArrayList<>();
        layout.entries().forEach((name, entry) -> {
            List<Long> shape = given.get(name);
            if (shape == null) {
                problems.add(ProgramMessages.missingWeight(source, name, entry.shape().toString()));
            } else if (!shape.equals(entry.shape())) {
                problems.add(shapes(source, name, entry.shape(), shape));
            }
        });
        given.forEach((name, shape) -> {
            if (layout.find(name).isEmpty()) {
                problems.add(ProgramMessages.unknownWeight(source, name, shape.toString()));
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
                    problems.add(ProgramMessages.unheldWeight("compile", name, entry.shape().toString()));
                }));
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private static Problem shapes(String source, String name, List<Long> wanted, List<Long> given) {
        return ProgramMessages.otherWeight(source, name, wanted.toString(), given.toString());
    }
}
