package io.heddle.runtime.train;

import io.heddle.recipe.Rewards;
import io.heddle.runtime.data.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The expected loss over some sequences of each source (Shen et al. 2016, arXiv 1512.02433, equations 10 and 11).
 *
 * <pre>
 *   risk     = sum over y of q(y) (-r(y)),          q(y) = p(y)^a / sum of p(y')^a
 *   gradient = sum over y of a q(y) (r(y) - R) gradient(-log p(y)),   R = sum over y of q(y) r(y)
 * </pre>
 */
final class RewardRisk {
    private final Rewards.MinimumRisk risk;
    private final List<OwnSequence> sequences = new ArrayList<>();
    private final boolean[] counts;
    private final int rows;
    private final SequenceBatch rectangle;
    private final int padding;
    private final String losses;

    /**
     * The risk of what was drawn, and of the targets.
     *
     * @param drawn all sources, then all of them again
     * @param targets one for each source
     * @param padding the token that fills rows
     * @param multiple what their width is rounded up to a multiple of
     * @param losses the output that tells {@code -log p} of each word
     */
    RewardRisk(
            Rewards.MinimumRisk risk,
            Batch batch,
            List<OwnSequence> drawn,
            List<OwnSequence> targets,
            int padding,
            int multiple,
            String losses) {
        this.losses = losses;
        this.risk = risk;
        this.padding = padding;
        sequences.addAll(targets);
        sequences.addAll(drawn);
        rows = targets.size();
        counts = new boolean[sequences.size()];
        Set<List<Integer>> seen = new HashSet<>();
        for (int place = 0; place < counts.length; place++) {
            OwnSequence sequence = sequences.get(place);
            List<Integer> key = new ArrayList<>(List.of(sequence.row()));
            Arrays.stream(sequence.words()).forEach(key::add);
            counts[place] = seen.add(key);
        }
        rectangle = new SequenceBatch(batch, sequences, multiple);
    }

    RewardedBatch measuredBy(ShownSequences shown, long sources) {
        Batch read = rectangle.batch(new int[counts.length], padding);
        double[] nothing = new double[counts.length * rectangle.width()];
        double[] shares =
                shares(shown.output(new RewardedBatch(read, rectangle.drawn(), nothing, 0), losses));
        double[] expected = new double[rows];
        for (int place = 0; place < counts.length; place++) {
            expected[sequences.get(place).row()] += shares[place] * sequences.get(place).reward();
        }
        double[] weights = new double[counts.length];
        for (int place = 0; place < weights.length; place++) {
            OwnSequence sequence = sequences.get(place);
            weights[place] = risk.getSharpness() * shares[place]
                    * (sequence.reward() - expected[sequence.row()]) / sources;
        }
        return new RewardedBatch(
                read, rectangle.drawn(), rectangle.spread(weights), -Arrays.stream(expected).sum() / sources);
    }

    /** {@code q} of each sequence; 0 for one that is there already. */
    private double[] shares(double[] each) {
        int width = rectangle.width();
        double[] logarithms = new double[counts.length];
        double[] highest = new double[rows];
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        for (int place = 0; place < counts.length; place++) {
            double loss = Arrays.stream(each, place * width, (place + 1) * width).sum();
            logarithms[place] = -risk.getSharpness() * loss;
            int row = sequences.get(place).row();
            highest[row] = Math.max(highest[row], logarithms[place]);
        }
        double[] shares = new double[counts.length];
        double[] sums = new double[rows];
        for (int place = 0; place < counts.length; place++) {
            int row = sequences.get(place).row();
            shares[place] = counts[place] ? Math.exp(logarithms[place] - highest[row]) : 0;
            sums[row] += shares[place];
        }
        for (int place = 0; place < counts.length; place++) {
            shares[place] /= sums[sequences.get(place).row()];
        }
        return shares;
    }
}
