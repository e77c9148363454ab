package io.heddle.runtime.backend.portable;

import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.tensor.RawMemory;
import io.heddle.runtime.tensor.Tensor;

/**
 * Which numbers of a row are the largest, and in which order all of them rise. NaN is above every number; 0 and -0 are equal.
 */
final class OrderKernels {
    private OrderKernels() {}

    static Kernel largest(int count, BoundNode node) {
        Reals x = new Reals(node.input(0));
        Reals values = new Reals(node.output(0));
        Tensor places = node.output(1);
        int width = Math.toIntExact(node.input(0).size(-1));
        long rows = node.input(0).rows();
        if (count > width) {
            throw new IllegalArgumentException("There are not " + count + " numbers in a row of " + width + ".");
        }
        int[] best = new int[count];
        return () -> {
            for (long row = 0; row < rows; row++) {
                choose(x, row * width, width, best);
                for (int at = 0; at < count; at++) {
                    values.set(row * count + at, x.get(row * width + best[at]));
                    RawMemory.writeIndex(places.address(), row * count + at, best[at]);
                }
            }
        };
    }

    /** Keeps the best so far in order; a number that is no better than the last of them is passed over. */
    private static void choose(Reals x, long first, int width, int[] best) {
        for (int place = 0; place < width; place++) {
            double number = x.get(first + place);
            int at = Math.min(place, best.length);
            if (at < best.length || above(number, x.get(first + best[at - 1]))) {
                at = Math.min(at, best.length - 1);
                while (at > 0 && above(number, x.get(first + best[at - 1]))) {
                    best[at] = best[at - 1];
                    at--;
                }
                best[at] = place;
            }
        }
    }

    private static boolean above(double number, double other) {
        return Double.compare(number + 0.0, other + 0.0) > 0; // -0 + 0 is 0.
    }

    static Kernel sort(BoundNode node) {
        Reals x = new Reals(node.input(0));
        Tensor out = node.output(0);
        int width = Math.toIntExact(node.input(0).size(-1));
        double[] numbers = new double[width];
        int[] places = new int[width];
        int[] spare = new int[width];
        return () -> {
            for (long row = 0; row < out.rows(); row++) {
                for (int place = 0; place < width; place++) {
                    numbers[place] = x.get(row * width + place) + 0.0;
                    places[place] = place;
                }
                sort(numbers, places, spare);
                for (int place = 0; place < width; place++) {
                    RawMemory.writeIndex(out.address(), row * width + place, places[place]);
                }
            }
        };
    }

    /** Sorts places by merging runs of 1, 2, 4, .. of them, which keeps equals as they stand. */
    private static void sort(double[] numbers, int[] places, int[] spare) {
        for (int run = 1; run < places.length; run *= 2) {
            for (int first = 0; first < places.length; first += 2 * run) {
                int middle = Math.min(first + run, places.length);
                int end = Math.min(first + 2 * run, places.length);
                int left = first;
                int right = middle;
                for (int at = first; at < end; at++) {
                    boolean takesLeft = right == end
                            || (left < middle && Double.compare(numbers[places[left]], numbers[places[right]]) <= 0);
                    spare[at] = takesLeft ? places[left++] : places[right++];
                }
            }
            System.arraycopy(spare, 0, places, 0, places.length);
        }
    }
}
