package io.heddle.runtime.backend;

import io.heddle.runtime.tensor.Precision;

/**
 * A way to compute: it makes a kernel for every op.
 *
 * <p>A backend keeps what {@link io.heddle.runtime.plan.InPlace} promises, gives the same bits for the same inputs and the
 * same number of threads, and refuses indexes that lie outside of what they index, as {@link IndexChecks} does. What cross
 * entropy leaves as the sum of a row without a label is free, because nobody reads it.
 */
public interface Backend extends AutoCloseable {
    /** What it is called: {@code portable}, {@code cpu}. */
    String name();

    /** True where it computes in this precision. */
    boolean supports(Precision precision);

    /** Whether its kernels read rounded weights, see {@link io.heddle.runtime.program.RoundedWeights}. */
    boolean readsRounded();

    /** The kernel of a node; addresses are resolved here, once. */
    Kernel kernel(BoundNode node);

    /** What it does to all weights at once. */
    WeightKernels weightKernels();

    /** Ends its threads. */
    @Override
    void close();
}
