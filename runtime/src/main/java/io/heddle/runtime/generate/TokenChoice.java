package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Chooses the next token from scores. What is drawn depends on (seed, row, number of the token) alone. */
final class TokenChoice {
    private final long seed;

    TokenChoice(long seed) {
        this.seed = seed;
    }

    /** The scores of the tokens that may be written: a model may have room for more tokens than its tokenizer knows. */
    static double[] known(INDArray logits, int known) {
        double[] all = logits.toDoubleVector();
        return known < all.length ? Arrays.copyOf(all, known) : all;
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
        int[] ids = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]).thenComparingInt(id -> id))
                .mapToInt(Integer::intValue)
                .toArray();
        int kept = sampling.getTopK() == 0 ? ids.length : Math.min(sampling.getTopK(), ids.length);
        double[] weights = new double[kept];
        double total = 0;
        for (int place = 0; place < kept; place++) {
            weights[place] = Math.exp((logits[ids[place]] - logits[ids[0]]) / sampling.getTemperature());
            total += weights[place];
        }
        double nucleus = 0;
        for (int place = 0; place < kept; place++) {
            nucleus += weights[place];
            if (nucleus >= sampling.getTopP() * total) {
                kept = place + 1;
            }
        }
        double drawn = nucleus(weights, kept)
                * Philox.uniformDouble(seed, Streams.stream("generate/" + row), number);
        double passed = 0;
        for (int place = 0; place < kept; place++) {
            passed += weights[place];
            if (drawn < passed) {
                return ids[place];
            }
        }
        return ids[kept - 1];
    }

    private static double nucleus(double[] weights, int kept) {
        double sum = 0;
        for (int place = 0; place < kept; place++) {
            sum += weights[place];
        }
        return sum;
    }
}
