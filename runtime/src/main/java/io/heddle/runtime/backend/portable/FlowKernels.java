package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;

/**
 * A path that follows a differential equation by the classical method of Runge and Kutta, and the exact gradient of those steps.
 *
 * <pre>
 *   k1 = f(p, t)                  k2 = f(p + h/2 k1, t + h/2)
 *   k3 = f(p + h/2 k2, t + h/2)   k4 = f(p + h k3, t + h)       p' = p + h/6 (k1 + 2 k2 + 2 k3 + k4)
 * </pre>
 */
final class FlowKernels {
    private FlowKernels() {}

    /** One step, with the points at which the slope is taken. */
    private static final class Step {
        private final FlowNetwork network;
        private final double h;
        private final double time;
        private final double[] first;
        private final double[] second;
        private final double[] third;
        private final double[] fourth;
        private final double[] next;

        /** The step of this length from {@code p} at {@code time}. */
        Step(FlowNetwork network, double[] p, double time, double h) {
            this.network = network;
            this.time = time;
            this.h = h;
            double half = time + h / 2;
            first = p;
            double[] slope1 = network.slope(p, time);
            second = plus(p, h / 2, slope1);
            double[] slope2 = network.slope(second, half);
            third = plus(p, h / 2, slope2);
            double[] slope3 = network.slope(third, half);
            fourth = plus(p, h, slope3);
            double[] slope4 = network.slope(fourth, time + h);
            next = plus(plus(plus(plus(p, h / 6, slope1), h / 3, slope2), h / 3, slope3), h / 6, slope4);
        }

        /** The gradient by p for that by p'; adds that of the weights. */
        double[] back(double[] upstream, FlowNetwork gradient) {
            double half = time + h / 2;
            double[] by4 = network.back(fourth, time + h, times(h / 6, upstream), gradient);
            double[] by3 = network.back(third, half, plus(times(h / 3, upstream), h, by4), gradient);
            double[] by2 = network.back(second, half, plus(times(h / 3, upstream), h / 2, by3), gradient);
            double[] by1 = network.back(first, time, plus(times(h / 6, upstream), h / 2, by2), gradient);
            return plus(plus(plus(plus(upstream, 1, by1), 1, by2), 1, by3), 1, by4);
        }
    }

    private static double[] plus(double[] left, double factor, double[] right) {
        double[] sum = new double[left.length];
        for (int at = 0; at < sum.length; at++) {
            sum[at] = left[at] + factor * right[at];
        }
        return sum;
    }

    private static double[] times(double factor, double[] vector) {
        return plus(new double[vector.length], factor, vector);
    }

    static Kernel forward(int steps, BoundNode node) {
        Reals start = new Reals(node.input(0));
        Reals out = new Reals(node.output(0));
        int time = Math.toIntExact(node.output(0).size(0));
        return () -> {
            FlowNetwork network = FlowNetwork.of(node);
            double[] p = start.read();
            for (int position = 0; position < time; position++) {
                for (int at = 0; at < p.length; at++) {
                    out.set((long) position * p.length + at, p[at]);
                }
                for (int step = 0; step < steps && position + 1 < time; step++) {
                    p = step(network, p, position, step, steps).next;
                }
            }
        };
    }

    private static Step step(FlowNetwork network, double[] p, int position, int step, int steps) {
        return new Step(network, p, position + (double) step / steps, 1.0 / steps);
    }

    static Kernel backward(int steps, BoundNode node) {
        Reals path = new Reals(node.input(1 + FlowNetwork.WEIGHTS));
        Reals upstream = new Reals(node.input(2 + FlowNetwork.WEIGHTS));
        Reals out = new Reals(node.output(0));
        int time = Math.toIntExact(node.input(1 + FlowNetwork.WEIGHTS).size(0));
        int width = Math.toIntExact(node.output(0).elements());
        return () -> {
            FlowNetwork network = FlowNetwork.of(node);
            FlowNetwork gradient = network.zeros();
            double[] reached = row(upstream, time - 1, width);
            for (int position = time - 2; position >= 0; position--) {
                double[][] passed = new double[steps][];
                passed[0] = row(path, position, width);
                for (int step = 1; step < steps; step++) {
                    passed[step] = step(network, passed[step - 1], position, step - 1, steps).next;
                }
                for (int step = steps - 1; step >= 0; step--) {
                    reached = step(network, passed[step], position, step, steps).back(reached, gradient);
                }
                reached = plus(reached, 1, row(upstream, position, width));
            }
            out.write(reached);
            gradient.writeTo(node);
        };
    }

    private static double[] row(Reals rows, int row, int width) {
        double[] numbers = new double[width];
        for (int at = 0; at < width; at++) {
            numbers[at] = rows.get((long) row * width + at);
        }
        return numbers;
    }
}
