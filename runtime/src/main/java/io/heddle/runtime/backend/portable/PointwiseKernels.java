package io.heddle.runtime.backend.portable;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Products of matrices, and what is computed number by number. */
final class PointwiseKernels {
    private PointwiseKernels() {}

    static Kernel product(Op.MatMul op, BoundNode node) {
        INDArray left = Nd.rows(node.input(0));
        INDArray right = Nd.rows(node.input(1));
        INDArray out = Nd.rows(node.output(0));
        return switch (op.getForm()) {
            case RowsByRows -> () -> Nd.multiply(left, false, right, true, 1.0, out);
            case RowsByColumns -> () -> Nd.multiply(left, false, right, false, 1.0, out);
            case ColumnsByColumns -> () -> Nd.multiply(left, true, right, false, 1.0, out);
        };
    }

    static Kernel add(BoundNode node) {
        Tensor right = node.input(1);
        INDArray x = Nd.rows(node.input(0), right.elements());
        INDArray y = Nd.rows(right, right.elements());
        INDArray out = Nd.rows(node.output(0), right.elements());
        return () -> out.assign(Nd.add(x, y));
    }

    static Kernel multiply(BoundNode node) {
        Tensor right = node.input(1);
        INDArray x = Nd.rows(node.input(0), right.elements());
        INDArray y = Nd.rows(right, right.elements());
        INDArray out = Nd.rows(node.output(0), right.elements());
        return () -> out.assign(Nd.scale(x, y));
    }

    static Kernel scale(Op.Scale op, BoundNode node) {
        INDArray x = Nd.rows(node.input(0));
        INDArray out = Nd.rows(node.output(0));
        return () -> out.assign(x.mul(op.getFactor()));
    }

    static Kernel sumLeading(BoundNode node) {
        Tensor sum = node.output(0);
        INDArray x = Nd.rows(node.input(0), sum.elements());
        INDArray out = Nd.rows(sum, sum.elements());
        return () -> out.assign(Nd.columnSums(x));
    }
}
