package io.heddle.runtime.backend.cpu;

import io.heddle.graph.Direction;

/**
 * {@code y(i) = sum of (q(i) k(j)) v(j)} over {@code j <= i}, or {@code j >= i}, of one sequence: stretch by stretch, so that all
 * of it is products of matrices.
 *
 * <pre>
 *   Y = hidden(Q K^T) V + Q S      S = S + K^T V      of the rows of a stretch; S [features, width] is what stands before it
 * </pre>
 *
 * <p>A stretch of 64 rows costs as much for what is inside of it as for what stands before where there are 64 features.
 *
 * @param direction which positions a position sums
 * @param time how many rows
 * @param features numbers of a row of q and k
 * @param width numbers of a row of v and y
 */
record CausalProduct(Direction direction, int time, int features, int width) {
    private static final int STRETCH = 64;

    /** Computes one sequence at these addresses. */
    void compute(long q, long k, long v, long y) {
        long before = Scratch.floats(Scratch.Use.ATTENTION, (long) features * width + STRETCH * STRETCH);
        long scores = Memory.at(before, (long) features * width);
        Memory.fill(before, 0f, features * width);
        int stretches = Math.ceilDiv(time, STRETCH);
        for (int number = 0; number < stretches; number++) {
            int first = STRETCH
                    * switch (direction) {
                        case Forward -> number;
                        case Backward -> stretches - 1 - number;
                    };
            stretch(
                    Math.min(STRETCH, time - first),
                    Memory.at(q, (long) first * features),
                    Memory.at(k, (long) first * features),
                    Memory.at(v, (long) first * width),
                    Memory.at(y, (long) first * width),
                    before,
                    scores);
        }
    }

    private void stretch(int rows, long q, long k, long v, long y, long before, long scores) {
        Gemm.multiply(false, true, rows, rows, features, 1f, q, features, k, features, 0f, scores, rows);
        for (int row = 0; row < rows; row++) {
            long start = Memory.at(scores, (long) row * rows);
            switch (direction) {
                case Forward -> Memory.fill(Memory.at(start, row + 1), 0f, rows - row - 1);
                case Backward -> Memory.fill(start, 0f, row);
            }
        }
        Gemm.multiply(false, false, rows, width, rows, 1f, scores, rows, v, width, 0f, y, width);
        Gemm.multiply(false, false, rows, width, features, 1f, q, features, before, width, 1f, y, width);
        Gemm.multiply(true, false, features, width, rows, 1f, k, features, v, width, 1f, before, width);
    }
}
