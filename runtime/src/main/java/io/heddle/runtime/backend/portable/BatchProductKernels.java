package io.heddle.runtime.backend.portable;

import io.heddle.graph.Op;
import io.heddle.graph.ProductForm;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Products of many pairs of matrices, and products of rows that are summed along a sequence. */
final class BatchProductKernels {
    private BatchProductKernels() {}

    static Kernel product(ProductForm form, BoundNode node) {
        Tensor out = node.output(0);
        long count = out.elements() / (out.size(-2) * out.size(-1));
        boolean turnLeft =
                switch (form) {
                    case RowsByRows, RowsByColumns -> false;
                    case ColumnsByColumns -> true;
                };
        boolean turnRight =
                switch (form) {
                    case RowsByRows -> true;
                    case RowsByColumns, ColumnsByColumns -> false;
                };
        return () -> {
            for (long at = 0; at < count; at++) {
                INDArray left = matrix(node.input(0), at);
                INDArray right = matrix(node.input(1), at);
                Nd.multiply(left, turnLeft, right, turnRight, 1.0, matrix(out, at));
            }
        };
    }

    private static INDArray matrix(Tensor tensor, long at) {
        long rows = tensor.size(-2);
        long columns = tensor.size(-1);
        return Nd.view(tensor.array(), at * rows * columns, new long[] {rows, columns}, new long[] {columns, 1});
    }

    /** Keeps the sum of {@code k(j) v(j)^T} so far, {@code [f, w]}: the work grows with the length, not with its square. */
    static Kernel causal(Op.CausalProduct op, BoundNode node) {
        Reals queries = new Reals(node.input(0));
        Reals keys = new Reals(node.input(1));
        Reals values = new Reals(node.input(2));
        Reals out = new Reals(node.output(0));
        int time = Math.toIntExact(node.input(0).size(-2));
        int features = Math.toIntExact(node.input(0).size(-1));
        int width = Math.toIntExact(node.input(2).size(-1));
        long sequences = node.input(0).elements() / ((long) time * features);
        double[] state = new double[features * width];
        double[] sum = new double[width];
        return () -> {
            for (long sequence = 0; sequence < sequences; sequence++) {
                Arrays.fill(state, 0);
                for (int step = 0; step < time; step++) {
                    long row = sequence * time
                            + switch (op.getDirection()) {
                                case Forward -> step;
                                case Backward -> time - 1 - step;
                            };
                    Arrays.fill(sum, 0);
                    for (int feature = 0; feature < features; feature++) {
                        double query = queries.get(row * features + feature);
                        double key = keys.get(row * features + feature);
                        for (int column = 0; column < width; column++) {
                            state[feature * width + column] += key * values.get(row * width + column);
                            sum[column] += query * state[feature * width + column];
                        }
                    }
                    for (int column = 0; column < width; column++) {
                        out.set(row * width + column, sum[column]);
                    }
                }
            }
        };
    }
}
