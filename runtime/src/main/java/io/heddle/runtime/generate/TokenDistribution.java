package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a token is drawn from: some tokens with weights, the likeliest first.
 *
 * <p>The formulas are those of {@link Decoding.Sampling}.
 */
public final class TokenDistribution {
    private final int[] ids;
    private final double[] weights;

    private TokenDistribution(int[] ids, double[] weights) {
        this.ids = ids;
        this.weights = weights;
    }

    /**
     * What sampling keeps of scores.
     *
     * @param logits one for each token; tokens of minus infinity are none
     */
    public static TokenDistribution of(double[] logits, Decoding.Sampling sampling) {
        int[] ids = IntStream.range(0, logits.length)
                .filter(id -> logits[id] > Double.NEGATIVE_INFINITY)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]).thenComparingInt(id -> id))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] weights = Arrays.stream(ids)
                .mapToDouble(id -> Math.exp((logits[id] - logits[ids[0]]) / sampling.getTemperature()))
                .toArray();
        TokenDistribution all = new TokenDistribution(ids, weights);
        TokenDistribution likeliest = sampling.getTopK() == 0 ? all : all.first(sampling.getTopK());
        return likeliest.nucleus(sampling.getTopP()).above(sampling.getMinP()).typical(sampling.getTypical());
    }

    /** One token, always. */
    static TokenDistribution certain(int id) {
        return new TokenDistribution(new int[] {id}, new double[] {1});
    }

    /**
     * What is left of it where another has been tried in vain: {@code max(0, p - q)}, scaled to a sum of 1; the same, if
     * nothing is left but what rounding leaves (arXiv 2211.17192, section 2.3).
     */
    TokenDistribution less(TokenDistribution tried) {
        Map<Integer, Double> others = new HashMap<>();
        double triedTotal = tried.total();
        for (int place = 0; place < tried.ids.length; place++) {
            others.put(tried.ids[place], tried.weights[place] / triedTotal);
        }
        double total = total();
        double[] left = new double[ids.length];
        for (int place = 0; place < ids.length; place++) {
            left[place] = Math.max(0, weights[place] / total - others.getOrDefault(ids[place], 0.0));
        }
        TokenDistribution rest = new TokenDistribution(ids, left);
        return rest.total() > 0 ? rest : this;
    }

    private TokenDistribution first(int count) {
        int kept = Math.min(count, ids.length);
        return new TokenDistribution(Arrays.copyOf(ids, kept), Arrays.copyOf(weights, kept));
    }

    private TokenDistribution nucleus(double share) {
        return share >= 1 ? this : first(fewest(weights, share));
    }

    private TokenDistribution above(double share) {
        return first((int) Arrays.stream(weights).filter(weight -> weight >= share * weights[0]).count());
    }

    private TokenDistribution typical(double share) {
        if (share >= 1) {
            return this;
        }
        double total = total();
        double entropy = -Arrays.stream(weights)
                .map(weight -> weight / total)
                .filter(p -> p > 0)
                .map(p -> p * Math.log(p))
                .sum();
        int[] nearest = IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> Math.abs(-Math.log(weights[place] / total) - entropy)))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranked = Arrays.stream(nearest).mapToDouble(place -> weights[place]).toArray();
        int[] kept = Arrays.stream(nearest).limit(fewest(ranked, share)).sorted().toArray();
        return new TokenDistribution(
                Arrays.stream(kept).map(place -> ids[place]).toArray(),
                Arrays.stream(kept).mapToDouble(place -> weights[place]).toArray());
    }

    /** How many of the first weights have this share of all. */
    private static int fewest(double[] weights, double share) {
        double total = Arrays.stream(weights).sum();
        double sum = 0;
        for (int place = 0; place < weights.length; place++) {
            sum += weights[place];
            if (sum >= share * total) {
                return place + 1;
            }
        }
        return weights.length;
    }

    private double total() {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        return total;
    }

    /** The probability that a token is drawn; 0 of one that is not kept. */
    public double probability(int id) {
        for (int place = 0; place < ids.length; place++) {
            if (ids[place] == id) {
                return weights[place] / total();
            }
        }
        return 0;
    }

    /**
     * Draws a token.
     *
     * @param uniform a number that is at least 0 and below 1
     */
    public int draw(double uniform) {
        double drawn = total() * uniform;
        double passed = 0;
        for (int place = 0; place < ids.length; place++) {
            passed += weights[place];
            if (drawn < passed) {
                return ids[place];
            }
        }
        return ids[ids.length - 1];
    }
}
