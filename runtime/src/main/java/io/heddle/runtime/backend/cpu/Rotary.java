package io.heddle.runtime.backend.cpu;

import static io.heddle.runtime.backend.cpu.Memory.LANES;
import static io.heddle.runtime.backend.cpu.Memory.at;
import static io.heddle.runtime.backend.cpu.Memory.get;
import static io.heddle.runtime.backend.cpu.Memory.load;
import static io.heddle.runtime.backend.cpu.Memory.put;
import static io.heddle.runtime.backend.cpu.Memory.store;
import static io.heddle.runtime.backend.cpu.Memory.tail;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Rotary positions (Su et al., arXiv 2104.09864): each pair of a head's features is turned by an angle that grows with its
 * row's position: (a, b) becomes (a cos - b sin, a sin + b cos).
 *
 * <p>The tables of cosines and sines are {@code [positions, rotaryWidth / 2]}. Features of a head beyond {@code rotaryWidth}
 * are copied.
 */
public enum Rotary {
    /** Pairs are neighbours, (0, 1), (2, 3) and so on, as in the paper and in LLaMA's own code. */
    INTERLEAVED,
    /** Pair i is (i, i + rotaryWidth / 2), as in GPT-NeoX and in the transformers library. */
    HALVES;

    /**
     * How rows lie in memory, and where they are.
     *
     * @param length rows of one sequence; row r of all has the position {@code offset + r mod length}
     * @param offset the position of each sequence's first row
     * @param stride floats from one row to the next, at least {@code heads * headWidth}
     * @param rotaryWidth how many features of a head are turned: even, and at most {@code headWidth}
     */
    public record Rows(int length, int offset, int stride, int heads, int headWidth, int rotaryWidth) {
        public Rows {
            if (rotaryWidth % 2 != 0 || rotaryWidth > headWidth) {
                throw new IllegalArgumentException("rotaryWidth = " + rotaryWidth
                        + " must be even and at most headWidth = " + headWidth + ".");
            }
        }
    }

    /** y = x turned forward, for the rows {@code [from, to)}; x and y have the same layout and may be the same. */
    public void forward(long x, long y, long cosines, long sines, Rows rows, int from, int to) {
        turn(x, y, cosines, sines, 1f, rows, from, to);
    }

    /** The gradient of x: the gradient of y turned back by the same angles. */
    public void backward(long outputGradient, long gradient, long cosines, long sines, Rows rows, int from, int to) {
        turn(outputGradient, gradient, cosines, sines, -1f, rows, from, to);
    }

    private void turn(long x, long y, long cosines, long sines, float direction, Rows rows, int from, int to) {
        int half = rows.rotaryWidth / 2;
        for (int r = from; r < to; r++) {
            long angle = 4L * (rows.offset + r % rows.length) * half;
            for (int head = 0; head < rows.heads; head++) {
                long start = 4 * ((long) r * rows.stride + (long) head * rows.headWidth);
                switch (this) {
                    case INTERLEAVED -> turnNeighbours(
                            x + start, y + start, cosines + angle, sines + angle, direction, half);
                    case HALVES -> turnHalves(
                            x + start, y + start, cosines + angle, sines + angle, direction, half);
                }
                copyRest(x + start, y + start, rows);
            }
        }
    }

    private static void turnNeighbours(long x, long y, long cosines, long sines, float direction, int half) {
        for (int i = 0; i < half; i++) {
            float cosine = get(at(cosines, i));
            float sine = direction * get(at(sines, i));
            float a = get(at(x, 2L * i));
            float b = get(at(x, 2L * i + 1));
            put(at(y, 2L * i), a * cosine - b * sine);
            put(at(y, 2L * i + 1), a * sine + b * cosine);
        }
    }

    private static void turnHalves(long x, long y, long cosines, long sines, float direction, int half) {
        for (int i = 0; i < half; i += LANES) {
            VectorMask<Float> lanes = tail(i, half);
            FloatVector cosine = load(at(cosines, i), lanes);
            FloatVector sine = load(at(sines, i), lanes).mul(direction);
            FloatVector a = load(at(x, i), lanes);
            FloatVector b = load(at(x, half + i), lanes);
            store(at(y, i), a.mul(cosine).sub(b.mul(sine)), lanes);
            store(at(y, half + i), a.mul(sine).add(b.mul(cosine)), lanes);
        }
    }

    private static void copyRest(long x, long y, Rows rows) {
        int rest = rows.headWidth - rows.rotaryWidth;
        if (rest > 0 && x != y) {
            MemorySegment all = Memory.ALL;
            MemorySegment.copy(all, at(x, rows.rotaryWidth), all, at(y, rows.rotaryWidth), 4L * rest);
        }
    }
}
