package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.Tensor;

/** Softmax and its like, row by row, summed in double. */
final class RowKernels {
    private RowKernels() {}

    private interface Row {
        /** @param first the place of the row's first number */
        void compute(long first);
    }

    static Kernel softmax(BoundNode node) {
        Reals x = new Reals(node.input(0));
        Reals y = new Reals(node.output(0));
        long width = width(node);
        return each(node.input(0), first -> {
            double largest = largest(x, first, width);
            double sum = sum(x, first, width, largest);
            for (long at = first; at < first + width; at++) {
                y.set(at, sum == 0 ? 0 : Math.exp(x.get(at) - largest) / sum);
            }
        });
    }

    static Kernel logSoftmax(BoundNode node) {
        Reals x = new Reals(node.input(0));
        Reals y = new Reals(node.output(0));
        long width = width(node);
        return each(node.input(0), first -> {
            double largest = largest(x, first, width);
            double sum = sum(x, first, width, largest);
            double logSum = sum == 0 ? 0 : largest + Math.log(sum);
            for (long at = first; at < first + width; at++) {
                y.set(at, x.get(at) - logSum);
            }
        });
    }

    static Kernel softmaxGradient(BoundNode node) {
        Reals y = new Reals(node.input(0));
        Reals upstream = new Reals(node.input(1));
        Reals out = new Reals(node.output(0));
        long width = width(node);
        return each(node.input(0), first -> {
            double share = 0;
            for (long at = first; at < first + width; at++) {
                share += y.get(at) * upstream.get(at);
            }
            for (long at = first; at < first + width; at++) {
                out.set(at, y.get(at) * (upstream.get(at) - share));
            }
        });
    }

    private static Kernel each(Tensor x, Row row) {
        long width = x.size(-1);
        return () -> {
            for (long first = 0; first < x.elements(); first += width) {
                row.compute(first);
            }
        };
    }

    private static long width(BoundNode node) {
        return node.input(0).size(-1);
    }

    private static double largest(Reals x, long first, long width) {
        double largest = Double.NEGATIVE_INFINITY;
        for (long at = first; at < first + width; at++) {
            largest = Math.max(largest, x.get(at));
        }
        return largest;
    }

    /** The sum of {@code exp(x - largest)}; 0 where every x is minus infinity. */
    private static double sum(Reals x, long first, long width, double largest) {
        if (largest == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double sum = 0;
        for (long at = first; at < first + width; at++) {
            sum += Math.exp(x.get(at) - largest);
        }
        return sum;
    }
}
