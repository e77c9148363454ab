package io.heddle.runtime.train;

import io.heddle.recipe.Baseline;
import io.heddle.runtime.data.IntTensor;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which reward a sequence will have, as a linear function of the decoder's states expects at each of its words; see
 * {@link Baseline.Learned}.
 */
public final class LearnedBaseline {
    private final double rate;

    /** For each number of a state, and last the constant. */
    private final double[] weights;

    /**
     * One that expects 0.
     *
     * @param width how many numbers a state has
     */
    public LearnedBaseline(Baseline.Learned learned, int width) {
        rate = learned.getRate();
        weights = new double[width + 1];
    }

    /**
     * What is expected at each word that was drawn, 0 elsewhere.
     *
     * @param states {@code [batch, target, width]}
     * @param drawn {@code [batch, target]}, negative where nothing was drawn
     */
    double[] expected(double[] states, IntTensor drawn) {
        double[] expected = new double[drawn.values().length];
        for (int place = 0; place < expected.length; place++) {
            expected[place] = drawn.values()[place] < 0 ? 0 : expected(states, place);
        }
        return expected;
    }

    private double expected(double[] states, int place) {
        int width = weights.length - 1;
        double sum = weights[width];
        for (int number = 0; number < width; number++) {
            sum += weights[number] * states[place * width + number];
        }
        return sum;
    }

    /**
     * Learns from the rewards that there were.
     *
     * @param rewards of the sequence of each word, {@code [batch, target]}
     */
    void learn(double[] states, IntTensor drawn, double[] rewards) {
        int width = weights.length - 1;
        double[] change = new double[weights.length];
        long words = Arrays.stream(drawn.values()).filter(word -> word >= 0).count();
        for (int place = 0; place < rewards.length; place++) {
            if (drawn.values()[place] >= 0) {
                double square = 1;
                for (int number = 0; number < width; number++) {
                    double state = states[place * width + number];
                    square += state * state;
                }
                double step = rate * (rewards[place] - expected(states, place)) / (square * words);
                for (int number = 0; number < width; number++) {
                    change[number] += step * states[place * width + number];
                }
                change[width] += step;
            }
        }
        for (int number = 0; number < change.length; number++) {
            weights[number] += change[number];
        }
    }

    /** A copy of what it has learned, for a checkpoint. */
    INDArray learned() {
        return Nd4j.createFromArray(weights.clone());
    }

    /** Takes over what was learned before. */
    void load(INDArray learned) {
        System.arraycopy(learned.toDoubleVector(), 0, weights, 0, weights.length);
    }
}
