package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.ALL;
import static io.heddle.runtime.backend.cpu.Memory.FLOATS;
import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.NATIVE;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.broadcast;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.put;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A product of matrices without any native library: for platforms that have none of them, and for products so small that
 * calling one takes longer.
 *
 * <p>Four rows of op(A) at a time meet a panel of op(B), {@code DEPTH} rows deep and two vectors wide, in eight accumulators. A panel is read in
 * place where B is plain and as wide; otherwise it is packed so that it stays in the first cache. op(A) is read in place: its elements
 * are broadcast.
 */
public final class VectorGemm {
    private static final int DEPTH = 256;
    private static final int WIDTH = 2 * LANES;

    private VectorGemm() {}

    /** See {@link Gemm#multiply}. */
    public static void multiply(
            boolean transposeA, boolean transposeB, int rows, int columns, int inner,
            float alpha, long a, int strideA, long b, int strideB, float beta, long c, int strideC) {
        long packed = Scratch.floats(Scratch.Use.PANEL, (long) DEPTH * WIDTH + 4L * WIDTH + (long) LANES * LANES);
        long block = at(packed, (long) DEPTH * WIDTH);
        long work = at(block, 4L * WIDTH);
        // Element (row, i) of op(A) lies at row * rowStep + i * innerStep.
        long rowStep = transposeA ? 1 : strideA;
        long innerStep = transposeA ? strideA : 1;
        for (int start = 0; start < inner; start += DEPTH) {
            int depth = Math.min(DEPTH, inner - start);
            float factor = start == 0 ? beta : 1f;
            for (int column = 0; column < columns; column += WIDTH) {
                int width = Math.min(WIDTH, columns - column);
                long panel = packed;
                int panelStep = WIDTH;
                if (transposeB) {
                    packColumns(at(b, (long) column * strideB + start), strideB, depth, width, packed, work);
                } else if (width < WIDTH) {
                    packRows(at(b, (long) start * strideB + column), strideB, depth, width, packed);
                } else {
                    panel = at(b, (long) start * strideB + column);
                    panelStep = strideB;
                }
                for (int row = 0; row < rows; row += 4) {
                    int height = Math.min(4, rows - row);
                    long first = at(a, row * rowStep + start * innerStep);
                    // Rows past the end repeat the last one; their sums are not added to anything.
                    long second = at(first, Math.min(1, height - 1) * rowStep);
                    long third = at(first, Math.min(2, height - 1) * rowStep);
                    long fourth = at(first, Math.min(3, height - 1) * rowStep);
                    multiplyBlock(first, second, third, fourth, 4 * innerStep, depth, panel, 4L * panelStep, block);
                    long target = at(c, (long) row * strideC + column);
                    if (width == WIDTH) {
                        add(block, height, alpha, factor, target, strideC);
                    } else {
                        addSome(block, height, width, alpha, factor, target, strideC);
                    }
                }
            }
        }
    }

    /** Copies {@code width} columns of {@code depth} rows, and fills up their vectors. */
    private static void packRows(long b, int stride, int depth, int width, long panel) {
        VectorMask<Float> left = FLOATS.indexInRange(0, width);
        VectorMask<Float> right = FLOATS.indexInRange(LANES, width);
        for (int i = 0; i < depth; i++) {
            long source = b + 4L * i * stride;
            long target = panel + 4L * i * WIDTH;
            fromMemorySegment(FLOATS, ALL, source, NATIVE, left).intoMemorySegment(ALL, target, NATIVE);
            fromMemorySegment(FLOATS, ALL, source + 4L * LANES, NATIVE, right)
                    .intoMemorySegment(ALL, target + 4L * LANES, NATIVE);
        }
    }

    /** Copies {@code width} rows of {@code depth} numbers as columns; what they do not fill is any number. */
    private static void packColumns(long b, int stride, int depth, int width, long panel, long work) {
        int whole = Memory.whole(depth);
        for (int j = 0; j < width; j += LANES) {
            if (width - j >= LANES) {
                for (int i = 0; i < whole; i += LANES) {
                    TransposedBlock.write(
                            at(b, (long) j * stride + i), stride, work, at(panel, (long) i * WIDTH + j), WIDTH);
                }
                packEach(b, stride, whole, depth, j, LANES, panel);
            } else {
                packEach(b, stride, 0, depth, j, width - j, panel);
            }
        }
    }

    private static void packEach(
            long b, int stride, int from, int depth, int column, int count, long panel) {
        for (int j = column; j < column + count; j++) {
            for (int i = from; i < depth; i++) {
                put(at(panel, (long) i * WIDTH + j), get(at(b, (long) j * stride + i)));
            }
        }
    }

    /** @param step bytes from one element of a row to the next, {@code panelStep} from one row of the panel to the next */
    private static void multiplyBlock(
            long first, long second, long third, long fourth, long step, int depth, long panel, long panelStep,
            long block) {
        FloatVector sum00 = FloatVector.zero(FLOATS);
        FloatVector sum01 = sum00;
        FloatVector sum10 = sum00;
        FloatVector sum11 = sum00;
        FloatVector sum20 = sum00;
        FloatVector sum21 = sum00;
        FloatVector sum30 = sum00;
        FloatVector sum31 = sum00;
        for (int i = 0; i < depth; i++) {
            FloatVector left = load(panel + i * panelStep);
            FloatVector right = load(panel + i * panelStep + 4L * LANES);
            FloatVector value = broadcast(get(first + i * step));
            sum00 = left.fma(value, sum00);
            sum01 = right.fma(value, sum01);
            value = broadcast(get(second + i * step));
            sum10 = left.fma(value, sum10);
            sum11 = right.fma(value, sum11);
            value = broadcast(get(third + i * step));
            sum20 = left.fma(value, sum20);
            sum21 = right.fma(value, sum21);
            value = broadcast(get(fourth + i * step));
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

    /** C = alpha block + factor C. */
    private static void add(long block, int height, float alpha, float factor, long c, int strideC) {
        for (int row = 0; row < height; row++) {
            for (int j = 0; j < WIDTH; j += LANES) {
                long target = c + 4L * ((long) row * strideC + j);
                FloatVector sum = fromMemorySegment(FLOATS, ALL, block + 4L * (row * WIDTH + j), NATIVE).mul(alpha);
                if (factor != 0f) {
                    sum = fromMemorySegment(FLOATS, ALL, target, NATIVE).mul(factor).add(sum);
                }
                sum.intoMemorySegment(ALL, target, NATIVE);
            }
        }
    }

    /** The same for fewer columns. */
    private static void addSome(
            long block, int height, int width, float alpha, float factor, long c, int strideC) {
        for (int row = 0; row < height; row++) {
            for (int j = 0; j < width; j += LANES) {
                VectorMask<Float> lanes = FLOATS.indexInRange(j, width);
                long target = c + 4L * ((long) row * strideC + j);
                FloatVector sum = fromMemorySegment(FLOATS, ALL, block + 4L * (row * WIDTH + j), NATIVE).mul(alpha);
                if (factor != 0f) {
                    sum = fromMemorySegment(FLOATS, ALL, target, NATIVE, lanes).mul(factor).add(sum);
                }
                sum.intoMemorySegment(ALL, target, NATIVE, lanes);
            }
        }
    }
}
