package io.heddle.runtime.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Sequences that are searched together, and those that have ended; the steps and the score are those of Hugging Face
 * transformers 4.28 ({@code generation/beam_search.py}, {@code early_stopping = False}): of twice as many continuations as there
 * are beams, those that end become results when they are among the first {@code size}, and the search ends when no open beam can
 * become better than the worst result.
 *
 * <p>Where words are required, the beams are shared by how many tokens of them stand there already (see {@link BeamBanks}), and
 * no sequence ends without all of them.
 */
final class BeamGroup {
    private final int size;
    private final BeamShape shape;
    private final Settings settings;
    private final RequiredWords required;
    private final int start;

    private final List<Written> results = new ArrayList<>();
    private List<OpenBeam> open;
    private boolean done = false;

    BeamGroup(BeamShape shape, Settings settings, int[] start) {
        this.shape = shape;
        this.settings = settings;
        this.start = start.length;
        size = shape.each();
        required = settings.rules().required();
        List<Integer> tokens = Arrays.stream(start).boxed().toList();
        open = List.of(new OpenBeam(tokens, 0, new double[0], required.start()));
    }

    /** Whether no open beam can become better than the results. */
    boolean isDone() {
        return done;
    }

    /** The tokens of a beam that goes on; beams that are over repeat the last. */
    List<Integer> tokens(int beam) {
        return open.get(Math.min(beam, open.size() - 1)).tokens();
    }

    /** How many tokens its open sequences have. */
    int length() {
        return open.getFirst().tokens().size();
    }

    /**
     * Goes on by a token.
     *
     * @param logits by beam
     * @param looked by beam, what it has just looked at of its source; empty arrays where nobody asks
     * @param chosen how often groups before this one chose each token at this step; what this one chooses is added
     * @return which beam each beam goes on from
     */
    int[] step(double[][] logits, double[][] looked, Map<Integer, Integer> chosen) {
        List<Continuation> best = best(logits, looked, chosen);
        if (best.isEmpty() && results.isEmpty()) {
            throw TokenRules.nothingLeft(length() - start);
        }
        List<OpenBeam> next = new ArrayList<>();
        int[] from = new int[size];
        for (int place = 0; place < best.size() && next.size() < size; place++) {
            Continuation continuation = best.get(place);
            OpenBeam longer = continuation.longer();
            Written.End end = settings.endOf(longer.tokens(), start, Written.End.COUNT);
            if (end == Written.End.COUNT) {
                from[next.size()] = continuation.beam();
                next.add(longer);
            } else if (place < size && longer.isComplete()) {
                add(longer, longer.tokens().size() - (end == Written.End.TOKEN ? 1 : 0), end);
            }
        }
        double highest = best.stream()
                .mapToDouble(continuation -> continuation.longer().logProbability())
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        done = next.isEmpty()
                || (results.size() == size && results.getLast().score() >= shape.mostOf(highest, length() + 1));
        if (!done) {
            next.forEach(beam -> chosen.merge(beam.tokens().getLast(), 1, Integer::sum));
            // Fewer tokens than beams leave rows over: they repeat the last, and can never win against it.
            while (next.size() < size) {
                from[next.size()] = from[next.size() - 1];
                next.add(next.getLast().lost());
            }
            open = next;
        }
        return from;
    }

    /** In the order in which they are taken. */
    private List<Continuation> best(double[][] logits, double[][] looked, Map<Integer, Integer> chosen) {
        BeamBanks banks = new BeamBanks(size, required);
        for (int row = 0; row < open.size(); row++) {
            OpenBeam beam = open.get(row);
            double[] logarithms = LogProbabilities.of(logits[row]);
            settings.rules().apply(logarithms, beam.tokens(), start);
            if (!beam.isComplete() && settings.end().isPresent()) {
                logarithms[settings.end().getAsInt()] = Double.NEGATIVE_INFINITY;
            }
            double[] ranks = new double[logarithms.length];
            for (int token = 0; token < ranks.length; token++) {
                ranks[token] = beam.logProbability() + logarithms[token]
                        - shape.diversity() * chosen.getOrDefault(token, 0);
            }
            banks.add(row, beam, logarithms, ranks, looked[row], start);
        }
        return banks.best();
    }

    /**
     * Those that are still open become results, where they are good enough and have what is required.
     *
     * @throws io.heddle.check.ProblemsException when nothing that was found has it
     */
    List<Written> results(Written.End atLongest) {
        if (!done) {
            open.stream()
                    .filter(OpenBeam::isComplete)
                    .filter(left -> results.isEmpty() || left.logProbability() > Double.NEGATIVE_INFINITY)
                    .forEach(left -> add(left, left.tokens().size(), atLongest));
        }
        if (results.isEmpty() && atLongest != Written.End.ASKED) {
            throw settings.rules().requiredIsMissing(length() - start);
        }
        return results.isEmpty()
                ? List.of(new Written(open.getFirst().tokens(), 0, Written.End.ASKED))
                : List.copyOf(results);
    }

    private void add(OpenBeam beam, int length, Written.End why) {
        double score = shape.score(beam.logProbability(), length, beam.seen());
        if (results.size() == size && score <= results.getLast().score()) {
            return;
        }
        results.add(new Written(beam.tokens(), score, why));
        results.sort(Comparator.comparingDouble(Written::score).reversed());
        if (results.size() > size) {
            results.removeLast();
        }
    }
}
