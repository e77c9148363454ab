package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.Arrays;

/** Chooses the next token from scores. What is drawn depends on (seed, row, number of the token) alone. */
final class TokenChoice {
    private final long seed;

    TokenChoice(long seed) {
        this.seed = seed;
    }

    /** The scores of the tokens that may be written: a model may have room for more tokens than its tokenizer knows. */
    static double[] known(double[] logits, int known) {
        return known < logits.length ? Arrays.copyOf(logits, known) : logits;
    }

    /** The highest score; the lower id of two alike. */
    static int greedy(double[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        return best;
    }

    /**
     * Draws a token.
     *
     * @param row which of the sequences side by side
     * @param number of the token in its sequence
     */
    int sample(double[] logits, Decoding.Sampling sampling, int row, int number) {
        double uniform = Philox.uniformDouble(seed, Streams.stream("generate/" + row), number);
        return TokenDistribution.of(logits, sampling).draw(uniform);
    }
}
