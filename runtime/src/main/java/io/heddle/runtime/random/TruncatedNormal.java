package io.heddle.runtime.random;

/**
 * Draws from the normal distribution of mean 0 and deviation 1, held between two bounds by inverting its distribution.
 *
 * <pre>
 *   draw(i) = inverse(below(lowest) + u (below(highest) - below(lowest))),   u = uniformDouble(i)
 * </pre>
 *
 * <p>One draw for one element, unlike rejection, so that element i never depends on how often its neighbours failed.
 * The deviation of the draws is less than 1: 0.8796 for bounds -2 and 2.
 *
 * @param lowest the lower bound in deviations, at least -8
 * @param highest the upper bound in deviations, above lowest and at most 8
 */
public record TruncatedNormal(double lowest, double highest) {
    /** Beyond this the distribution differs from 0 or 1 by less than a double shows. */
    private static final double FARTHEST = 8;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when they are not -8 &lt;= lowest &lt; highest &lt;= 8
     */
    public TruncatedNormal {
        if (!(lowest >= -FARTHEST && lowest < highest && highest <= FARTHEST)) {
            throw new IllegalArgumentException(
                    "bounds must hold -8 <= lowest < highest <= 8 and are " + lowest + " and " + highest);
        }
    }

    /** Bounds at two deviations on either side, the usual choice for initialization. */
    public static TruncatedNormal twoDeviations() {
        return new TruncatedNormal(-2, 2);
    }

    /** Element {@code index} of the stream; costs one block and, for the bounds, two short series. */
    public double draw(long seed, long stream, long index) {
        return between(cumulative(lowest), cumulative(highest), Philox.uniformDouble(seed, stream, index));
    }

    /** Elements 0, 1, ... of the stream into all of {@code target}: {@code (float) (mean + deviation * draw)}. */
    public void fill(long seed, long stream, float[] target, double mean, double deviation) {
        double from = cumulative(lowest);
        double to = cumulative(highest);
        for (int index = 0; index < target.length; index++) {
            double draw = between(from, to, Philox.uniformDouble(seed, stream, index));
            target[index] = (float) (mean + deviation * draw);
        }
    }

    private double between(double from, double to, double uniform) {
        // Rounding in the inverse may step over a bound by one unit in the last place.
        return Math.clamp(NormalQuantile.inverse(from + uniform * (to - from)), lowest, highest);
    }

    /**
     * The chance of a draw below x.
     *
     * <p>Source: Marsaglia, "Evaluating the normal distribution", 2004: 1/2 + phi(x) (x + x^3/3 + x^5/(3 5) + ...).
     */
    static double cumulative(double x) {
        double term = x;
        double sum = x;
        for (int odd = 3; Math.abs(term) > Math.ulp(sum) / 4; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        double density = StrictMath.exp(-0.5 * x * x) / StrictMath.sqrt(2 * Math.PI);
        return Math.clamp(0.5 + sum * density, Double.MIN_NORMAL, 1 - 0x1.0p-53);
    }
}
