package io.heddle.runtime.backend.portable;

import io.heddle.runtime.tensor.Tensor;

/**
 * A tensor seen from one of its axes: {@code [before, size, after]}.
 *
 * @param before how often the axis is run through
 * @param after how many numbers stand at each of its places
 */
record Axis(long before, long size, long after) {
    static Axis of(Tensor tensor, int axis) {
        long before = 1;
        long after = 1;
        for (int other = 0; other < tensor.rank(); other++) {
            before *= other < axis ? tensor.size(other) : 1;
            after *= other > axis ? tensor.size(other) : 1;
        }
        return new Axis(before, tensor.size(axis), after);
    }
}
