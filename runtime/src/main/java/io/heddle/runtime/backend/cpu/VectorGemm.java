package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.put;
import static io.heddle.runtime.backend.cpu.Memory.store;

import jdk.incubator.vector.FloatVector;

/**
 * A product of matrices without any native library, for platforms that have none of them.
 *
 * <p>A panel of op(B), {@code DEPTH} rows deep and two vectors wide, is packed so that it stays in the first cache; then
 * four rows of op(A) at a time meet it in eight accumulators. op(A) is read in place: its elements are broadcast.
 */
public final class VectorGemm {
    private static final int DEPTH = 256;
    private static final int WIDTH = 2 * LANES;

    private VectorGemm() {}

    /** See {@link Gemm#multiply}. */
    public static void multiply(
            boolean transposeA, boolean transposeB, int rows, int columns, int inner,
            float alpha, long a, int strideA, long b, int strideB, float beta, long c, int strideC) {
        long panel = Scratch.floats(Scratch.Use.PANEL, (long) DEPTH * WIDTH + 4L * WIDTH);
        long block = at(panel, (long) DEPTH * WIDTH);
        // Element (row, i) of op(A) lies at row * rowStep + i * innerStep.
        long rowStep = transposeA ? 1 : strideA;
        long innerStep = transposeA ? strideA : 1;
        for (int start = 0; start < inner; start += DEPTH) {
            int depth = Math.min(DEPTH, inner - start);
            float factor = start == 0 ? beta : 1f;
            for (int column = 0; column < columns; column += WIDTH) {
                int width = Math.min(WIDTH, columns - column);
                pack(transposeB, b, strideB, start, depth, column, width, panel);
                for (int row = 0; row < rows; row += 4) {
                    int height = Math.min(4, rows - row);
                    long first = at(a, row * rowStep + start * innerStep);
                    // Rows past the end repeat the last one; their sums are not added to anything.
                    long second = at(first, Math.min(1, height - 1) * rowStep);
                    long third = at(first, Math.min(2, height - 1) * rowStep);
                    long fourth = at(first, Math.min(3, height - 1) * rowStep);
                    multiplyBlock(first, second, third, fourth, innerStep, depth, panel, block);
                    add(block, height, width, alpha, factor, at(c, (long) row * strideC + column), strideC);
                }
            }
        }
    }

    private static void pack(
            boolean transposed, long b, int stride, int start, int depth, int column, int width, long panel) {
        for (int i = 0; i < depth; i++) {
            long row = at(panel, (long) i * WIDTH);
            for (int j = 0; j < width; j++) {
                long source = transposed
                        ? (long) (column + j) * stride + start + i
                        : (long) (start + i) * stride + column + j;
                put(at(row, j), get(at(b, source)));
            }
            for (int j = width; j < WIDTH; j++) {
                put(at(row, j), 0f);
            }
        }
    }

    private static void multiplyBlock(
            long first, long second, long third, long fourth, long innerStep, int depth, long panel, long block) {
        FloatVector sum00 = FloatVector.zero(Memory.FLOATS);
        FloatVector sum01 = sum00;
        FloatVector sum10 = sum00;
        FloatVector sum11 = sum00;
        FloatVector sum20 = sum00;
        FloatVector sum21 = sum00;
        FloatVector sum30 = sum00;
        FloatVector sum31 = sum00;
        for (int i = 0; i < depth; i++) {
            FloatVector left = load(at(panel, (long) i * WIDTH));
            FloatVector right = load(at(panel, (long) i * WIDTH + LANES));
            FloatVector value = broadcast(get(at(first, i * innerStep)));
            sum00 = left.fma(value, sum00);
            sum01 = right.fma(value, sum01);
            value = broadcast(get(at(second, i * innerStep)));
            sum10 = left.fma(value, sum10);
            sum11 = right.fma(value, sum11);
            value = broadcast(get(at(third, i * innerStep)));
            sum20 = left.fma(value, sum20);
            sum21 = right.fma(value, sum21);
            value = broadcast(get(at(fourth, i * innerStep)));
            sum30 = left.fma(value, sum30);
            sum31 = right.fma(value, sum31);
        }
        store(block, sum00);
        store(at(block, LANES), sum01);
        store(at(block, WIDTH), sum10);
        store(at(block, WIDTH + LANES), sum11);
        store(at(block, 2L * WIDTH), sum20);
        store(at(block, 2L * WIDTH + LANES), sum21);
        store(at(block, 3L * WIDTH), sum30);
        store(at(block, 3L * WIDTH + LANES), sum31);
    }

    /** C = alpha block + factor C over the part of the block that lies in C. */
    private static void add(
            long block, int height, int width, float alpha, float factor, long c, int strideC) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                long target = at(c, (long) row * strideC + column);
                float sum = alpha * get(at(block, (long) row * WIDTH + column));
                put(target, factor == 0f ? sum : sum + factor * get(target));
            }
        }
    }
}
