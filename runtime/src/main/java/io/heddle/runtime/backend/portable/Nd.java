package io.heddle.runtime.backend.portable;

import io.heddle.runtime.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** The few ND4J ops that kernels are written with. All matrices have two dims; results are new unless {@code out} is given. */
final class Nd {
    private Nd() {}

    /** The tensor as rows of its last dim: {@code [rows, width]}; a scalar is one row of one. */
    static INDArray rows(Tensor tensor) {
        return rows(tensor, tensor.rank() == 0 ? 1 : tensor.size(-1));
    }

    /** The tensor as rows of this many numbers. */
    static INDArray rows(Tensor tensor, long width) {
        return tensor.array().reshape(tensor.elements() / width, width);
    }

    /** The tensor as one column: {@code [elements, 1]}. */
    static INDArray column(Tensor tensor) {
        return rows(tensor, 1);
    }

    /**
     * Some of the numbers of an array in c order, without a copy. ND4J's own indexing gives empty arrays where sizes are 1.
     *
     * @param offset of the first one
     */
    static INDArray view(INDArray array, long offset, long[] shape, long[] strides) {
        return Nd4j.create(array.data(), shape, strides, array.offset() + offset, 'c');
    }

    /** One row of a matrix in c order, as a view {@code [1, width]}. */
    static INDArray row(INDArray matrix, long row) {
        long width = matrix.size(1);
        return view(matrix, row * width, new long[] {1, width}, new long[] {width, 1});
    }

    /** {@code out = alpha * op(a) * op(b)}, where op transposes or not. */
    static void multiply(INDArray a, boolean turnA, INDArray b, boolean turnB, double alpha, INDArray out) {
        Nd4j.exec(DynamicCustomOp.builder("matmul")
                .addInputs(a, b)
                .addOutputs(out)
                .addIntegerArguments(turnA ? 1 : 0, turnB ? 1 : 0, 0)
                .addFloatingPointArguments(alpha, 0.0)
                .build());
    }

    /** {@code alpha * op(a) * op(b)}. */
    static INDArray multiply(INDArray a, boolean turnA, INDArray b, boolean turnB, double alpha) {
        INDArray out = Nd4j.create(a.dataType(), a.size(turnA ? 1 : 0), b.size(turnB ? 0 : 1));
        multiply(a, turnA, b, turnB, alpha, out);
        return out;
    }

    /** {@code x + y}, where y is as large as x, one row or one column. */
    static INDArray add(INDArray x, INDArray y) {
        return broadcast("add", x, y);
    }

    /** {@code x - y}, where y is as large as x, one row or one column. */
    static INDArray subtract(INDArray x, INDArray y) {
        return broadcast("subtract", x, y);
    }

    /** {@code x * y}, number by number, where y is as large as x, one row or one column. */
    static INDArray scale(INDArray x, INDArray y) {
        return broadcast("multiply", x, y);
    }

    private static INDArray broadcast(String op, INDArray x, INDArray y) {
        INDArray out = Nd4j.create(x.dataType(), x.shape());
        Nd4j.exec(DynamicCustomOp.builder(op).addInputs(x, y).addOutputs(out).build());
        return out;
    }

    /** The sum of each row: {@code [rows, 1]}; added up in double. */
    static INDArray rowSums(INDArray x) {
        return x.castTo(DataType.DOUBLE).sum(true, 1).castTo(x.dataType());
    }

    /** The mean of each row: {@code [rows, 1]}; added up in double. */
    static INDArray rowMeans(INDArray x) {
        return x.castTo(DataType.DOUBLE).sum(true, 1).div(x.size(1)).castTo(x.dataType());
    }

    /** The sum of each column: {@code [1, columns]}; added up in double. */
    static INDArray columnSums(INDArray x) {
        return x.castTo(DataType.DOUBLE).sum(true, 0).castTo(x.dataType());
    }

    /** The largest number of each row, but no less than {@code least}: {@code [rows, 1]}. */
    static INDArray rowMaxima(INDArray x, double least) {
        return atLeast(x.max(true, 1), least);
    }

    /** {@code max(x, least)}. */
    static INDArray atLeast(INDArray x, double least) {
        return Nd4j.getExecutioner().exec(new ScalarMax(x, null, Nd4j.create(x.dataType(), x.shape()), least));
    }

    static INDArray exp(INDArray x) {
        return Nd4j.getExecutioner().exec(new Exp(x, Nd4j.create(x.dataType(), x.shape())));
    }

    static INDArray log(INDArray x) {
        return Nd4j.getExecutioner().exec(new Log(x, Nd4j.create(x.dataType(), x.shape())));
    }

    static INDArray tanh(INDArray x) {
        return Nd4j.getExecutioner().exec(new Tanh(x, Nd4j.create(x.dataType(), x.shape())));
    }

    static INDArray erf(INDArray x) {
        return Nd4j.getExecutioner().exec(new Erf(x, Nd4j.create(x.dataType(), x.shape())));
    }

    /** {@code 1 / x}. */
    static INDArray reciprocal(INDArray x) {
        return Nd4j.getExecutioner().exec(new Reciprocal(x, Nd4j.create(x.dataType(), x.shape())));
    }

    /** These numbers in the type of another array. */
    static INDArray of(double[] values, DataType type, long... shape) {
        return Nd4j.createFromArray(values).castTo(type).reshape(shape);
    }
}
