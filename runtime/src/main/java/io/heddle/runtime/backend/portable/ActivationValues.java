package io.heddle.runtime.backend.portable;

import io.heddle.terms.Activation;
import io.heddle.terms.Elu;
import io.heddle.terms.Gelu;
import io.heddle.terms.GeluTanh;
import io.heddle.terms.Identity;
import io.heddle.terms.QuickGelu;
import io.heddle.terms.Relu;
import io.heddle.terms.Sigmoid;
import io.heddle.terms.Silu;
import io.heddle.terms.Softplus;
import io.heddle.terms.SquaredRelu;
import io.heddle.terms.Tanh;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Activations and their derivatives; the formulas are those that {@link Activation} states. */
final class ActivationValues {
    private static final double QUICK = 1.702;
    private static final double CUBIC = 0.044715;
    private static final double TANH_FACTOR = Math.sqrt(2 / Math.PI);
    private static final double DENSITY_FACTOR = 1 / Math.sqrt(2 * Math.PI);

    private ActivationValues() {}

    static INDArray value(Activation activation, INDArray x) {
        return switch (activation) {
            case Relu relu -> Nd.atLeast(x, 0);
            case Gelu gelu -> cumulative(x).muli(x);
            case GeluTanh gelu -> Nd.tanh(inner(x)).addi(1).muli(x).muli(0.5);
            case QuickGelu gelu -> sigmoid(x.mul(QUICK)).muli(x);
            case Silu silu -> sigmoid(x).muli(x);
            case SquaredRelu relu -> square(Nd.atLeast(x, 0));
            case Elu elu -> Nd.exp(below(x)).subi(1).addi(Nd.atLeast(x, 0));
            case Softplus softplus -> Nd.log(Nd.exp(magnitude(x).negi()).addi(1)).addi(Nd.atLeast(x, 0));
            case Sigmoid sigmoid -> sigmoid(x);
            case Tanh tanh -> Nd.tanh(x);
            case Identity identity -> x.dup();
        };
    }

    static INDArray derivative(Activation activation, INDArray x) {
        return switch (activation) {
            case Relu relu -> x.gt(0).castTo(x.dataType());
            case Gelu gelu -> cumulative(x).addi(density(x).muli(x));
            case GeluTanh gelu -> geluTanhDerivative(x);
            case QuickGelu gelu -> swishDerivative(x, QUICK);
            case Silu silu -> swishDerivative(x, 1);
            case SquaredRelu relu -> Nd.atLeast(x, 0).muli(2);
            case Elu elu -> Nd.exp(below(x));
            case Softplus softplus -> sigmoid(x);
            case Sigmoid sigmoid -> bell(sigmoid(x));
            case Tanh tanh -> squareFromOne(Nd.tanh(x));
            case Identity identity -> x.mul(0).addi(1);
        };
    }

    private static INDArray sigmoid(INDArray x) {
        return Nd.reciprocal(Nd.exp(x.neg()).addi(1));
    }

    private static INDArray square(INDArray x) {
        return x.mul(x);
    }

    /** {@code min(x, 0)}. */
    private static INDArray below(INDArray x) {
        return Nd.atLeast(x.neg(), 0).negi();
    }

    /** {@code |x|}. */
    private static INDArray magnitude(INDArray x) {
        return Nd.atLeast(x, 0).addi(Nd.atLeast(x.neg(), 0));
    }

    /** {@code s * (1 - s)}. */
    private static INDArray bell(INDArray s) {
        return s.mul(s.rsub(1));
    }

    /** {@code 1 - t * t}. */
    private static INDArray squareFromOne(INDArray t) {
        return t.mul(t).rsubi(1);
    }

    /** The derivative of {@code x * sigmoid(rate * x)}. */
    private static INDArray swishDerivative(INDArray x, double rate) {
        INDArray s = sigmoid(x.mul(rate));
        return s.add(bell(s).muli(x).muli(rate));
    }

    /** The normal distribution's integral up to x. */
    private static INDArray cumulative(INDArray x) {
        return Nd.erf(x.mul(Math.sqrt(0.5))).addi(1).muli(0.5);
    }

    /** The normal distribution's density at x. */
    private static INDArray density(INDArray x) {
        return Nd.exp(x.mul(x).muli(-0.5)).muli(DENSITY_FACTOR);
    }

    private static INDArray inner(INDArray x) {
        return x.mul(x).muli(CUBIC).addi(1).muli(x).muli(TANH_FACTOR);
    }

    private static INDArray geluTanhDerivative(INDArray x) {
        INDArray t = Nd.tanh(inner(x));
        INDArray slope = x.mul(x).muli(3 * CUBIC).addi(1).muli(TANH_FACTOR);
        return squareFromOne(t).muli(slope).muli(x).addi(t).addi(1).muli(0.5);
    }
}
