package io.heddle.runtime.backend.portable;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.random.DropoutStream;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Zeroes numbers by chance; {@link DropoutStream} says which. */
final class DropoutKernel {
    private DropoutKernel() {}

    static Kernel of(Op.Dropout op, BoundNode node) {
        INDArray x = Nd.column(node.input(0));
        INDArray out = Nd.column(node.output(0));
        Tensor randomness = node.input(1);
        int elements = Math.toIntExact(node.input(0).elements());
        return () -> {
            DropoutStream stream = stream(op.getStream(), op.getRate(), randomness);
            double[] factors = new double[elements];
            for (int element = 0; element < elements; element++) {
                factors[element] = stream.keeps(element) ? 1 / (1 - op.getRate()) : 0;
            }
            out.assign(x.mul(Nd.of(factors, x.dataType(), elements, 1)));
        };
    }

    /** The stream for the seed and the step that a run was given. */
    static DropoutStream stream(String name, double rate, Tensor randomness) {
        return DropoutStream.of(name, rate, randomness.index(0), randomness.index(1));
    }
}
