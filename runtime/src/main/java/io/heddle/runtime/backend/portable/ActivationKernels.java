package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.terms.Activation;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Functions of one number, with and without a bias before them, and their gradients. */
final class ActivationKernels {
    private ActivationKernels() {}

    static Kernel activate(Activation activation, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray out = Nd.rows(node.output(0));
        return () -> out.assign(ActivationValues.value(activation, x));
    }

    static Kernel gradient(Activation activation, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray upstream = Nd.rows(node.input(1));
        INDArray out = Nd.rows(node.output(0));
        return () -> out.assign(ActivationValues.derivative(activation, x).muli(upstream));
    }

    static Kernel biased(Activation activation, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray bias = Nd.rows(node.input(1));
        INDArray out = Nd.rows(node.output(0));
        return () -> out.assign(ActivationValues.value(activation, Nd.add(x, bias)));
    }

    static Kernel biasedGradient(Activation activation, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray bias = Nd.rows(node.input(1));
        INDArray upstream = Nd.rows(node.input(2));
        INDArray out = Nd.rows(node.output(0));
        return () -> out.assign(
                ActivationValues.derivative(activation, Nd.add(x, bias)).muli(upstream));
    }

    static Kernel withSlope(Activation activation, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        Optional<INDArray> bias = node.inputs().stream().skip(1).map(Nd::rows).findFirst();
        INDArray slope = Nd.rows(node.output(0));
        INDArray out = Nd.rows(node.output(1));
        return () -> {
            INDArray sum = bias.map(added -> Nd.add(x, added)).orElse(x);
            out.assign(ActivationValues.value(activation, sum));
            slope.assign(ActivationValues.derivative(activation, sum));
        };
    }
}
