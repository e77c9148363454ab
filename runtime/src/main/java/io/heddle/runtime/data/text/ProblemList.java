package io.heddle.runtime.data.text;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.DataMessages;
import java.util.ArrayList;
import java.util.List;

/**
 * The problems of one piece of data, in the order found; a file of a million bad lines shows the first
 * {@value #SHOWN} of them and the number of the others.
 */
public final class ProblemList {
    /** How many problems are told one by one. */
    public static final int SHOWN = 20;

    private final List<Problem> problems = new ArrayList<>();
    private int hidden = 0;

    /** Notes a problem. */
    public void add(Problem problem) {
        if (problems.size() < SHOWN) {
            problems.add(problem);
        } else {
            hidden++;
        }
    }

    /** Notes all problems that {@code thrown} carries. */
    public void addAll(ProblemsException thrown) {
        thrown.getProblems().forEach(this::add);
    }

    /** Whether nothing was noted. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /**
     * Returns when there is no problem.
     *
     * @throws ProblemsException with what was noted
     */
    public void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        List<Problem> told = new ArrayList<>(problems);
        if (hidden > 0) {
            told.add(DataMessages.more(hidden));
        }
        throw new ProblemsException(told);
    }
}
