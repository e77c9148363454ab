package io.heddle.runtime.backend;

import io.heddle.runtime.tensor.Tensor;

/**
 * What is done to all weights at once: each tensor is one vector over a span of a {@code ParameterBuffer}.
 *
 * <p>All work in place, and give the same bits for the same inputs and the same number of threads.
 */
public interface WeightKernels {
    /** The sum of all squares, summed in double precision. */
    double sumOfSquares(Tensor values);

    /** {@code target = target + more}. */
    void accumulate(Tensor target, Tensor more);

    /** One step of {@code velocity = momentum velocity + scale g; w = w - rate velocity}. */
    void momentum(MomentumStep step, Tensor weights, Tensor gradients, Tensor velocities);

    /** One step of Adam (arXiv 1412.6980, algorithm 1) or AdamW (arXiv 1711.05101, algorithm 2). */
    void adam(AdamStep step, Tensor weights, Tensor gradients, Tensor firstMoments, Tensor secondMoments);

    /**
     * A step of descent with momentum.
     *
     * @param gradientScale what the gradient is multiplied by first
     */
    record MomentumStep(double rate, double momentum, double gradientScale) {}

    /**
     * A step of Adam.
     *
     * @param decay what part of {@code rate * w} is taken from each weight first
     * @param gradientScale what the gradient is multiplied by first
     * @param number of the step, from 1
     */
    record AdamStep(
            double rate,
            double beta1,
            double beta2,
            double epsilon,
            double decay,
            double gradientScale,
            long number) {}
}
