package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import java.util.Arrays;

/** The network of a flow, {@code f(p, t) = down tanh(up [p, t] + upBias) + downBias}, and the way back through it. */
final class FlowNetwork {
    /** How many inputs of a node it is. */
    static final int WEIGHTS = 4;

    private final double[] up;
    private final double[] upBias;
    private final double[] down;
    private final double[] downBias;
    private final int hidden;
    private final int width;

    private FlowNetwork(double[] up, double[] upBias, double[] down, double[] downBias) {
        this.up = up;
        this.upBias = upBias;
        this.down = down;
        this.downBias = downBias;
        hidden = upBias.length;
        width = downBias.length;
    }

    /** The weights that a node holds now, after its first input. */
    static FlowNetwork of(BoundNode node) {
        return new FlowNetwork(
                new Reals(node.input(1)).read(),
                new Reals(node.input(2)).read(),
                new Reals(node.input(3)).read(),
                new Reals(node.input(4)).read());
    }

    /** Zeros for the gradient of each weight. */
    FlowNetwork zeros() {
        return new FlowNetwork(new double[up.length], new double[hidden], new double[down.length], new double[width]);
    }

    /** Writes the weights into a node's outputs, after the first. */
    void writeTo(BoundNode node) {
        new Reals(node.output(1)).write(up);
        new Reals(node.output(2)).write(upBias);
        new Reals(node.output(3)).write(down);
        new Reals(node.output(4)).write(downBias);
    }

    private double[] tanhs(double[] p, double time) {
        double[] tanhs = new double[hidden];
        for (int unit = 0; unit < hidden; unit++) {
            int row = unit * (width + 1);
            double sum = upBias[unit] + up[row + width] * time;
            for (int at = 0; at < width; at++) {
                sum += up[row + at] * p[at];
            }
            tanhs[unit] = Math.tanh(sum);
        }
        return tanhs;
    }

    /** {@code f(p, time)}. */
    double[] slope(double[] p, double time) {
        double[] tanhs = tanhs(p, time);
        double[] slope = Arrays.copyOf(downBias, width);
        for (int at = 0; at < width; at++) {
            for (int unit = 0; unit < hidden; unit++) {
                slope[at] += down[at * hidden + unit] * tanhs[unit];
            }
        }
        return slope;
    }

    /** The gradient by {@code p} for the gradient {@code upstream} by {@code f(p, time)}; adds that of the weights. */
    double[] back(double[] p, double time, double[] upstream, FlowNetwork gradient) {
        double[] tanhs = tanhs(p, time);
        double[] result = new double[width];
        for (int at = 0; at < width; at++) {
            gradient.downBias[at] += upstream[at];
        }
        for (int unit = 0; unit < hidden; unit++) {
            double reached = 0;
            for (int at = 0; at < width; at++) {
                gradient.down[at * hidden + unit] += upstream[at] * tanhs[unit];
                reached += upstream[at] * down[at * hidden + unit];
            }
            double inner = reached * (1 - tanhs[unit] * tanhs[unit]);
            int row = unit * (width + 1);
            gradient.upBias[unit] += inner;
            gradient.up[row + width] += inner * time;
            for (int at = 0; at < width; at++) {
                gradient.up[row + at] += inner * p[at];
                result[at] += inner * up[row + at];
            }
        }
        return result;
    }
}
