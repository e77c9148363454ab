package io.heddle.runtime.attention;

/**
 * How near to the diagonal a head looks: the mean over queries of
 * {@code sum over keys of A * exp(-(n / N - t / T)^2 / (2 sharpness^2))}, where {@code A} is what query {@code t} of
 * {@code T} gives to key {@code n} of {@code N}.
 *
 * <p>1 where all is given to keys as far along as the query is; 1 less it is the mean penalty of a query by the weights
 * of guided attention (arXiv 1710.08969, section 4.1), see {@link io.heddle.model.GuidedAttention}.
 */
public final class Diagonal {
    /** How far from the diagonal counts as near, as in the paper. */
    public static final double SHARPNESS = 0.2;

    private Diagonal() {}

    /**
     * The share of a head, from 0 to 1.
     *
     * @param weights a row a query, see {@link RecordedAttention#head}
     */
    public static double of(float[][] weights, double sharpness) {
        double sum = 0;
        for (int query = 0; query < weights.length; query++) {
            for (int key = 0; key < weights[query].length; key++) {
                double gap = (double) key / weights[query].length - (double) query / weights.length;
                sum += weights[query][key] * Math.exp(-gap * gap / (2 * sharpness * sharpness));
            }
        }
        return sum / weights.length;
    }
}
