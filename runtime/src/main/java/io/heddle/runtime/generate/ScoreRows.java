package io.heddle.runtime.generate;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scores of tokens, row by row, read out of a program's output at once: an array of ND4J's for each row would take longer
 * than a small model takes to compute it.
 */
final class ScoreRows {
    private final double[] scores;
    private final int width;

    private ScoreRows(double[] scores, int width) {
        this.scores = scores;
        this.width = width;
    }

    /** A copy of scores {@code [rows, tokens]}. */
    static ScoreRows of(INDArray scores) {
        return new ScoreRows(scores.reshape(scores.length()).toDoubleVector(), Math.toIntExact(scores.size(-1)));
    }

    /** The scores of a row, a copy. */
    double[] row(long row) {
        int first = Math.toIntExact(row * width);
        return Arrays.copyOfRange(scores, first, first + width);
    }
}
