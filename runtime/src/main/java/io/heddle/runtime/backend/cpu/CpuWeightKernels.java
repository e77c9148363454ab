package io.heddle.runtime.backend.cpu;

import io.heddle.runtime.backend.WeightKernels;
import io.heddle.runtime.tensor.Tensor;

/** Updates weights by fused kernels, split over the worker pool. */
final class CpuWeightKernels implements WeightKernels {
    private final Shares shares;

    CpuWeightKernels(Shares shares) {
        this.shares = shares;
    }

    @Override
    public double sumOfSquares(Tensor values) {
        long address = values.address();
        int count = count(values);
        int chunks = SumOfSquares.chunks(count);
        // Doubles, in memory for floats.
        long partials = Scratch.floats(Scratch.Use.ROW, 2L * chunks);
        shares.units(chunks, (from, to, _) -> SumOfSquares.partials(address, count, partials, from, to));
        return SumOfSquares.total(partials, chunks);
    }

    @Override
    public void accumulate(Tensor target, Tensor more) {
        long to = target.address();
        long from = more.address();
        shares.numbers(count(target), (first, last, _) -> Elementwise.accumulate(from, to, first, last));
    }

    @Override
    public void momentum(MomentumStep step, Tensor weights, Tensor gradients, Tensor velocities) {
        long weight = weights.address();
        long gradient = gradients.address();
        long velocity = velocities.address();
        MomentumDescent descent = new MomentumDescent((float) step.momentum(), 0);
        shares.numbers(count(weights), (from, to, _) -> descent.update(
                weight, gradient, velocity, (float) step.rate(), (float) step.gradientScale(), from, to));
    }

    @Override
    public void adam(AdamStep step, Tensor weights, Tensor gradients, Tensor firstMoments, Tensor secondMoments) {
        long weight = weights.address();
        long gradient = gradients.address();
        long first = firstMoments.address();
        long second = secondMoments.address();
        Adam adam = new Adam(
                (float) step.beta1(), (float) step.beta2(), (float) step.epsilon(), 0, (float) step.decay());
        shares.numbers(count(weights), (from, to, _) -> adam.update(
                weight,
                gradient,
                first,
                second,
                (float) step.rate(),
                (float) step.gradientScale(),
                step.number(),
                from,
                to));
    }

    private static int count(Tensor values) {
        return Math.toIntExact(values.elements());
    }
}
