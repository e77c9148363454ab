package io.heddle.runtime.train.optimizer;

import io.heddle.graph.Role;
import io.heddle.recipe.Decays;
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

    /** As few spans as there are changes between weights that decay and weights that do not. */
    static List<Span> byDecay(ParameterLayout layout, Decays decays) {
        List<Entry> entries = List.copyOf(layout.entries().values());
        List<Span> spans = new ArrayList<>();
        int first = 0;
        for (int next = 1; next <= entries.size(); next++) {
            boolean decaying = decays(entries.get(first).role(), decays);
            boolean ends = next == entries.size();
            if (ends || decays(entries.get(next).role(), decays) != decaying) {
                long from = entries.get(first).offset();
                long to = ends ? layout.elements() : entries.get(next).offset();
                spans.add(new Span(from, to - from, decaying));
                first = next;
            }
        }
        return List.copyOf(spans);
    }

    private static boolean decays(Role role, Decays decays) {
        return switch (decays) {
            case Everything -> role != Role.Fixed;
            case Matrices -> role == Role.Matrix;
            case MatricesAndTables -> role == Role.Matrix || role == Role.Embedding;
        };
    }

    Tensor of(ParameterBuffer buffer) {
        return buffer.span(from, count);
    }
}
