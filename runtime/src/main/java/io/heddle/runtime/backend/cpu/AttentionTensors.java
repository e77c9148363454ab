package io.heddle.runtime.backend.cpu;

/**
 * Where the tensors of one attention are; {@link AttentionShape} says how they lie. Make it once for a place in memory and
 * keep it.
 *
 * @param logSumExps {@code [batch, heads, queries]}: the logarithm of the sum of exponentials of the scores that a query
 *     sees, minus infinity where it sees nothing. 0 where no backward pass needs it
 */
public record AttentionTensors(long queries, long keys, long values, long output, long logSumExps) {
    /**
     * Where gradients are: each lies as what it is the gradient of.
     *
     * @param output the gradient of the output, which is given; the others are computed
     */
    public record Gradients(long output, long queries, long keys, long values) {}
}
