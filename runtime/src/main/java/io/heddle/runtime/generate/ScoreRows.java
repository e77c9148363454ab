package io.heddle.runtime.generate;

import io.heddle.runtime.tensor.NativeBuffer;
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

    /** A copy of scores {@code [..., tokens]}, in c order. */
    static ScoreRows of(INDArray scores) {
        return new ScoreRows(NativeBuffer.numbers(scores), Math.toIntExact(scores.size(-1)));
    }

    /** How many rows there are. */
    int count() {
        return scores.length / width;
    }

    /** The scores of a row, a copy. */
    double[] row(long row) {
        return row(row, width);
    }

    /** The first scores of a row, a copy; all of them, where there are no more. */
    double[] row(long row, int count) {
        int first = Math.toIntExact(row * width);
        return Arrays.copyOfRange(scores, first, first + Math.min(count, width));
    }
}
