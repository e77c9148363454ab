package io.heddle.runtime.random;

/**
 * Which numbers a dropout keeps: the one place that says so, for every backend and for forward and backward alike.
 *
 * <p>A dropout op has a stream's name and a rate; a run gives it an index pair {seed, step}. Element i of the tensor,
 * counted in row-major order, is kept when
 *
 * <pre>
 *   (word &gt;&gt;&gt; 8) * 2^-24 &gt;= rate      word = element i of stream s under seed k, as {@link Philox} counts
 *   k = seed                               widened with its sign
 *   s = Streams.stream(name) + step        as longs that wrap around
 * </pre>
 *
 * <p>and then multiplied by {@code 1 / (1 - rate)} (Srivastava et al. 2014, in the inverted form). So no mask is ever
 * stored: a backward pass asks again.
 *
 * @param seed the key of the random numbers
 * @param stream which of the seed's streams, the step already added
 * @param threshold a word is kept when {@code word >>> 8} is not below it; {@code ceil(rate * 2^24)}
 */
public record DropoutStream(long seed, long stream, int threshold) {
    private static final double STEPS = 0x1.0p24;

    /**
     * The stream of one dropout op in one step.
     *
     * @param name the op's stream
     * @param rate the probability of becoming zero, in [0, 1)
     * @throws IllegalArgumentException when rate is not in [0, 1)
     */
    public static DropoutStream of(String name, double rate, int seed, int step) {
        if (!(rate >= 0.0 && rate < 1.0)) {
            throw new IllegalArgumentException("A dropout's rate must be in [0, 1) and is " + rate + ".");
        }
        return new DropoutStream(seed, Streams.stream(name) + step, (int) Math.ceil(rate * STEPS));
    }

    /** Whether the number at this place of the tensor stays. */
    public boolean keeps(long element) {
        return keepsWord(Philox.word(seed, stream, element));
    }

    /** Whether a number with this random word stays: for kernels that draw many words at once. */
    public boolean keepsWord(int word) {
        return word >>> 8 >= threshold;
    }

    /**
     * The element that an attention's probability stands for: its place in a tensor
     * {@code [batch, heads, query, key]} that nobody stores.
     */
    public static long attentionElement(
            long batchIndex, long head, long query, long key, long heads, long queryCount, long keyCount) {
        return ((batchIndex * heads + head) * queryCount + query) * keyCount + key;
    }
}
