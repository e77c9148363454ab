package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Norms over the last dim, after a residual sum or not, and their gradients. */
final class NormKernels {
    private NormKernels() {}

    static Kernel layerNorm(double epsilon, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        List<Tensor> gainAndBias = node.inputs().subList(1, node.inputs().size());
        return () -> layerNorm(x, gainAndBias, epsilon, node.outputs());
    }

    static Kernel addLayerNorm(double epsilon, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray branch = Nd.rows(node.input(1));
        INDArray sum = Nd.rows(node.output(0));
        List<Tensor> gainAndBias = node.inputs().subList(2, node.inputs().size());
        return () -> {
            sum.assign(x.add(branch));
            layerNorm(sum, gainAndBias, epsilon, node.outputs().subList(1, 4));
        };
    }

    private static void layerNorm(INDArray x, List<Tensor> gainAndBias, double epsilon, List<Tensor> outputs) {
        INDArray mean = Nd.rowMeans(x);
        INDArray centred = Nd.subtract(x, mean);
        INDArray inverse = inverseRoot(centred, epsilon);
        INDArray scaled = Nd.scale(Nd.scale(centred, inverse), Nd.rows(gainAndBias.getFirst()));
        Nd.rows(outputs.get(0)).assign(gainAndBias.size() == 1 ? scaled : Nd.add(scaled, Nd.rows(gainAndBias.get(1))));
        Nd.column(outputs.get(1)).assign(mean);
        Nd.column(outputs.get(2)).assign(inverse);
    }

    static Kernel rmsNorm(double epsilon, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray gain = Nd.rows(node.input(1));
        return () -> rmsNorm(x, gain, epsilon, node.outputs());
    }

    static Kernel addRmsNorm(double epsilon, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray branch = Nd.rows(node.input(1));
        INDArray gain = Nd.rows(node.input(2));
        INDArray sum = Nd.rows(node.output(0));
        return () -> {
            sum.assign(x.add(branch));
            rmsNorm(sum, gain, epsilon, node.outputs().subList(1, 3));
        };
    }

    private static void rmsNorm(INDArray x, INDArray gain, double epsilon, List<Tensor> outputs) {
        INDArray inverse = inverseRoot(x, epsilon);
        Nd.rows(outputs.get(0)).assign(Nd.scale(Nd.scale(x, inverse), gain));
        Nd.column(outputs.get(1)).assign(inverse);
    }

    /** {@code 1 / sqrt(mean(x^2) + epsilon)} of each row. */
    private static INDArray inverseRoot(INDArray x, double epsilon) {
        return Nd.reciprocal(Transforms.sqrt(Nd.rowMeans(x.mul(x)).addi(epsilon)));
    }

    static Kernel layerNormGradient(BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray gain = Nd.rows(node.input(1));
        INDArray mean = Nd.column(node.input(2));
        INDArray inverse = Nd.column(node.input(3));
        INDArray upstream = Nd.rows(node.input(4));
        return () -> {
            INDArray normed = Nd.scale(Nd.subtract(x, mean), inverse);
            INDArray gained = Nd.scale(upstream, gain);
            INDArray inner = Nd.subtract(gained, Nd.rowMeans(gained));
            gradient(node, normed, gained, inner, inverse, upstream);
        };
    }

    static Kernel rmsNormGradient(BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray gain = Nd.rows(node.input(1));
        INDArray inverse = Nd.column(node.input(2));
        INDArray upstream = Nd.rows(node.input(3));
        return () -> {
            INDArray gained = Nd.scale(upstream, gain);
            gradient(node, Nd.scale(x, inverse), gained, gained, inverse, upstream);
        };
    }

    /** {@code dx = inverse * (inner - normed * mean(gained * normed))} and {@code dgain = sum(dy * normed)}. */
    private static void gradient(
            BoundNode node, INDArray normed, INDArray gained, INDArray inner, INDArray inverse, INDArray upstream) {
        INDArray along = Nd.scale(normed, Nd.rowMeans(gained.mul(normed)));
        INDArray gainGradient = Nd.columnSums(upstream.mul(normed));
        Nd.rows(node.output(0)).assign(Nd.scale(inner.sub(along), inverse));
        Nd.rows(node.output(1)).assign(gainGradient);
    }
}
