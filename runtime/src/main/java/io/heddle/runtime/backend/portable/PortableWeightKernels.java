package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.WeightKernels;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Updates weights by ND4J's own ops. */
final class PortableWeightKernels implements WeightKernels {
    @Override
    public double sumOfSquares(Tensor values) {
        INDArray exact = values.array().castTo(DataType.DOUBLE);
        return exact.mul(exact).sumNumber().doubleValue();
    }

    @Override
    public void accumulate(Tensor target, Tensor more) {
        target.array().addi(more.array());
    }

    @Override
    public void momentum(MomentumStep step, Tensor weights, Tensor gradients, Tensor velocities) {
        INDArray velocity = velocities.array();
        velocity.muli(step.momentum()).addi(gradients.array().mul(step.gradientScale()));
        weights.array().subi(velocity.mul(step.rate()));
    }

    @Override
    public void adam(AdamStep step, Tensor weights, Tensor gradients, Tensor firstMoments, Tensor secondMoments) {
        INDArray gradient = gradients.array().mul(step.gradientScale());
        INDArray first = firstMoments.array();
        INDArray second = secondMoments.array();
        first.muli(step.beta1()).addi(gradient.mul(1 - step.beta1()));
        second.muli(step.beta2()).addi(gradient.mul(gradient).muli(1 - step.beta2()));
        double rate = step.rate() / (1 - Math.pow(step.beta1(), (double) step.number()));
        double root = 1 / Math.sqrt(1 - Math.pow(step.beta2(), (double) step.number()));
        INDArray below = Transforms.sqrt(second, true).muli(root).addi(step.epsilon());
        weights.array().muli(1 - step.rate() * step.decay()).subi(first.div(below).muli(rate));
    }
}
