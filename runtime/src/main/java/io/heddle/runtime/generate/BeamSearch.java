package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Keeps the likeliest sequences side by side, in one group or in several that shun what the others choose. */
final class BeamSearch {
    private final int size;
    private final int groups;
    private final double diversity;
    private final double lengthPenalty;
    private final OptionalInt end;
    private final TokenRules rules;
    private final int known;

    private BeamSearch(
            int size,
            int groups,
            double diversity,
            double lengthPenalty,
            OptionalInt end,
            TokenRules rules,
            int known) {
        this.size = size;
        this.groups = groups;
        this.diversity = diversity;
        this.lengthPenalty = lengthPenalty;
        this.end = end;
        this.rules = rules;
        this.known = known;
    }

    /**
     * A search in one group.
     *
     * @param known how many tokens may be written: the ids below this
     */
    static BeamSearch of(Decoding.Beam beam, OptionalInt end, TokenRules rules, int known) {
        return new BeamSearch(beam.getSize(), 1, 0, beam.getLengthPenalty(), end, rules, known);
    }

    /**
     * A search in several groups.
     *
     * @param known how many tokens may be written: the ids below this
     */
    static BeamSearch of(Decoding.DiverseBeam beam, OptionalInt end, TokenRules rules, int known) {
        return new BeamSearch(
                beam.getSize(),
                beam.getGroups(),
                beam.getDiversity(),
                beam.getLengthPenalty(),
                end,
                rules,
                known);
    }

    /** How many sequences are kept side by side. */
    int rows() {
        return size;
    }

    /**
     * Finds the best sequences, the best one first.
     *
     * @param session empty, with as many rows as there are beams
     * @param start the tokens that every sequence begins with
     * @param longest how many tokens a sequence may have, those of the start included
     * @param atLongest why a sequence that is so long ends
     * @return as many as there are beams, or as were found
     */
    List<Written> search(DecodingSession session, int[] start, int longest, Written.End atLongest) {
        int each = size / groups;
        List<BeamGroup> searched = new ArrayList<>();
        for (int number = 0; number < groups; number++) {
            searched.add(new BeamGroup(each, lengthPenalty, end, rules, start));
        }
        int[][] reading = new int[size][];
        Arrays.fill(reading, start);
        int length = start.length;
        while (length < longest) {
            INDArray logits = session.read(reading);
            Map<Integer, Integer> chosen = new HashMap<>();
            int[] rows = new int[size];
            for (int number = 0; number < groups; number++) {
                step(searched.get(number), number * each, session, logits, chosen, rows);
                for (int beam = 0; beam < each; beam++) {
                    reading[number * each + beam] = new int[] {searched.get(number).tokens(beam).getLast()};
                }
            }
            if (searched.stream().allMatch(BeamGroup::isDone)) {
                break;
            }
            session.reorder(rows);
            length++;
        }
        return searched.stream()
                .flatMap(group -> group.results(atLongest).stream())
                .sorted(Comparator.comparingDouble(Written::score).reversed())
                .toList();
    }

    private void step(
            BeamGroup group,
            int first,
            DecodingSession session,
            INDArray logits,
            Map<Integer, Integer> chosen,
            int[] rows) {
        int each = size / groups;
        if (group.isDone()) {
            // Its rows are read on with the others; what they say does not count.
            for (int beam = 0; beam < each; beam++) {
                rows[first + beam] = first + beam;
            }
            return;
        }
        double[][] scores = new double[each][];
        for (int beam = 0; beam < each; beam++) {
            scores[beam] = session.writable(logits.getRow(first + beam), first + beam, known);
        }
        int[] from = group.step(scores, chosen, diversity);
        for (int beam = 0; beam < each; beam++) {
            rows[first + beam] = first + from[beam];
        }
    }
}
