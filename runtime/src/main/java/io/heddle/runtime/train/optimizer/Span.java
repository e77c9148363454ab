package io.heddle.runtime.train.optimizer;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.graph.Role;
import io.heddle.recipe.Decays;
import io.heddle.runtime.messages.TrainingMessages;
import io.heddle.runtime.program.ParameterBuffer;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.program.ParameterLayout.Entry;
import io.heddle.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring weights that are updated alike.
 *
 * @param from the first number
 * @param count how many numbers, those between weights included
 * @param decays whether they decay
 */
record Span(long from, long count, boolean decays) {
    /** All weights as one span that does not decay. */
    static List<Span> whole(ParameterLayout layout) {
        return layout.elements() == 0 ? List.of() : List.of(new Span(0, layout.elements(), false));
    }

    /**
     * As few spans as there are changes between weights that decay and weights that do not.
     *
     * @throws ProblemsException when a pattern means no weight
     */
    static List<Span> byDecay(ParameterLayout layout, Decays decays) {
        List<Entry> entries = List.copyOf(layout.entries().values());
        requireMatches(entries, decays);
        List<Span> spans = new ArrayList<>();
        int first = 0;
        for (int next = 1; next <= entries.size(); next++) {
            boolean decaying = decays(entries.get(first), decays);
            boolean ends = next == entries.size();
            if (ends || decays(entries.get(next), decays) != decaying) {
                long from = entries.get(first).offset();
                long to = ends ? layout.elements() : entries.get(next).offset();
                spans.add(new Span(from, to - from, decaying));
                first = next;
            }
        }
        return List.copyOf(spans);
    }

    private static boolean decays(Entry entry, Decays decays) {
        Role role = entry.role();
        return switch (decays) {
            case Decays.Everything _ -> role != Role.Fixed;
            case Decays.Matrices _ -> role == Role.Matrix;
            case Decays.MatricesAndTables _ -> role == Role.Matrix || role == Role.Embedding;
            case Decays.Matching matching -> matching.getPatterns().stream()
                    .anyMatch(pattern -> Decays.Matching.matches(pattern, entry.name()));
        };
    }

    /** A pattern that means nothing is a slip of the pen, and would go unseen. */
    private static void requireMatches(List<Entry> entries, Decays decays) {
        if (!(decays instanceof Decays.Matching matching)) {
            return;
        }
        List<Problem> problems = matching.getPatterns().stream()
                .filter(pattern -> entries.stream().noneMatch(entry -> Decays.Matching.matches(pattern, entry.name())))
                .map(pattern -> TrainingMessages.noWeight(
                        pattern, entries.getLast().name()))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    Tensor of(ParameterBuffer buffer) {
        return buffer.span(from, count);
    }
}
