package io.heddle.runtime.backend.portable;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;
import io.heddle.terms.RotaryPairs;
import io.heddle.terms.SinusoidOrder;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What depends on where a token stands. Angles are computed in double and rounded once. */
final class PositionKernels {
    private static final double SINUSOID_BASE = 10_000;

    private PositionKernels() {}

    static Kernel positions(BoundNode node) {
        Tensor offset = node.input(0);
        INDArray out = node.output(0).array();
        int[] positions = new int[Math.toIntExact(out.length())];
        return () -> {
            for (int time = 0; time < positions.length; time++) {
                positions[time] = offset.index(0) + time;
            }
            out.assign(Nd4j.createFromArray(positions));
        };
    }

    static Kernel sinusoid(SinusoidOrder order, BoundNode node) {
        INDArray out = node.output(0).array();
        int width = (int) out.size(1);
        int sines = (width + 1) / 2;
        return () -> {
            int[] positions = node.input(0).indexes();
            double[] table = new double[positions.length * width];
            for (int time = 0; time < positions.length; time++) {
                for (int column = 0; column < width; column++) {
                    boolean sine =
                            switch (order) {
                                case Interleaved -> column % 2 == 0;
                                case Concatenated -> column < sines;
                            };
                    int pair =
                            switch (order) {
                                case Interleaved -> column / 2;
                                case Concatenated -> sine ? column : column - sines;
                            };
                    double angle = positions[time] / Math.pow(SINUSOID_BASE, 2.0 * pair / width);
                    table[time * width + column] = sine ? Math.sin(angle) : Math.cos(angle);
                }
            }
            out.assign(Nd.of(table, out.dataType(), out.shape()));
        };
    }

    static Kernel rotate(Op.Rotate op, BoundNode node) {
        Tensor x = node.input(0);
        int half = (int) (x.size(2) / op.getHeads() / 2);
        INDArray[] in = pairs(x, op.getPairs(), half);
        INDArray[] out = pairs(node.output(0), op.getPairs(), half);
        double sign =
                switch (op.getDirection()) {
                    case Forward -> 1;
                    case Backward -> -1;
                };
        return () -> {
            int[] positions = node.input(1).indexes();
            int rows = (int) (x.elements() / half / 2);
            double[] cosines = new double[rows * half];
            double[] sines = new double[rows * half];
            for (int row = 0; row < rows; row++) {
                int position = positions[row / op.getHeads() % positions.length];
                for (int pair = 0; pair < half; pair++) {
                    double frequency = 1 / Math.pow(op.getBase(), (double) pair / half);
                    double angle = position * op.getScaling().slowed(frequency);
                    cosines[row * half + pair] = Math.cos(angle);
                    sines[row * half + pair] = sign * Math.sin(angle);
                }
            }
            INDArray cosine = Nd.of(cosines, x.type(), rows, half);
            INDArray sine = Nd.of(sines, x.type(), rows, half);
            INDArray first = in[0].dup('c');
            INDArray second = in[1].dup('c');
            INDArray turnedFirst = first.mul(cosine).subi(second.mul(sine));
            INDArray turnedSecond = first.mul(sine).addi(second.mul(cosine));
            out[0].assign(turnedFirst);
            out[1].assign(turnedSecond);
        };
    }

    /** The first and the second numbers of all pairs, as views {@code [batch * time * heads, half]}. */
    private static INDArray[] pairs(Tensor x, RotaryPairs pairs, int half) {
        long[] shape = {x.elements() / half / 2, half};
        long[] strides =
                switch (pairs) {
                    case Interleaved -> new long[] {2L * half, 2};
                    case HalfSplit -> new long[] {2L * half, 1};
                };
        long second =
                switch (pairs) {
                    case Interleaved -> 1;
                    case HalfSplit -> half;
                };
        return new INDArray[] {
            Nd.view(x.array(), 0, shape, strides), Nd.view(x.array(), second, shape, strides),
        };
    }
}
