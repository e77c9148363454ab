package io.heddle.runtime.backend.cpu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.heddle.runtime.tensor.RawMemory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * oneDNN's {@code dnnl_sgemm}: the fastest of the three where it exists.
 *
 * <p>oneDNN runs it on as many OpenMP threads as the calling thread is set to, so every worker is set to one.
 */
public final class OneDnnGemm {
    private static final NativeLibrary.Result LIBRARY =
            NativeLibrary.find("org.bytedeco.dnnl.global.dnnl", "dnnl");

    // Addresses travel as 64-bit integers, which the calling conventions treat alike, so no segment is made for them.
    private static final MethodHandle SGEMM = find(
            "dnnl_sgemm",
            FunctionDescriptor.of(
                    JAVA_INT, JAVA_BYTE, JAVA_BYTE, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_FLOAT, JAVA_LONG, JAVA_LONG,
                    JAVA_LONG, JAVA_LONG, JAVA_FLOAT, JAVA_LONG, JAVA_LONG));

    private static final MethodHandle SET_THREADS = find("omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));

    /** Floats between two rows of a transposed A from which on it is copied first. */
    private static final int FAR_APART = 768;

    /** A block is copied into a core's own cache: measured against others from 128 x 768 to 512 x 384. */
    private static final int COPIED_COLUMNS = 256;

    private static final int COPIED_ROWS = 384;

    /** Rows, from so many to fewer than the other, for which a wide B is read fastest in pieces. */
    private static final int FEW_ROWS = 4;

    private static final int MANY_ROWS = 16;

    /** Columns of such a piece: 32 to 256 differ little. */
    private static final int PIECE = 64;

    private OneDnnGemm() {}

    private static MethodHandle find(String symbol, FunctionDescriptor descriptor) {
        Optional<NativeLibrary> library = LIBRARY.library();
        return library.flatMap(found -> found.function(symbol, descriptor)).orElse(null);
    }

    /** Whether this platform has it. */
    public static boolean isAvailable() {
        return SGEMM != null;
    }

    static String reason() {
        return LIBRARY.reason().isEmpty() ? "it has no dnnl_sgemm" : LIBRARY.reason();
    }

    /** Sets the calling thread to one OpenMP thread, for oneDNN and whatever shares its OpenMP library. */
    static void useOneThread() {
        if (SET_THREADS != null) {
            try {
                SET_THREADS.invokeExact(1);
            } catch (Throwable failure) {
                throw new IllegalStateException("omp_set_num_threads failed.", failure);
            }
        }
    }

    /** See {@link Gemm#multiply}. */
    public static void multiply(
            boolean transposeA, boolean transposeB, int rows, int columns, int inner,
            float alpha, long a, int strideA, long b, int strideB, float beta, long c, int strideC) {
        if (transposeA && strideA >= FAR_APART && rows >= COPIED_COLUMNS) {
            multiplyByBlocks(transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC);
        } else if (!transposeA && transposeB && rows >= FEW_ROWS && rows < MANY_ROWS) {
            multiplyByPieces(rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC);
        } else {
            call(transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC);
        }
    }

    /**
     * The same for a few rows and a B that is transposed, as a linear layer has for hypotheses of a beam, words of a draft, or the places of a
     * short text: some columns at a time. Of all at once dnnl_sgemm reads B at a third of the rate, from 4 rows on and below 16: 13 rows
     * and weights that no cache holds take 37 ms for 105 MB then, and 21 by pieces.
     */
    private static void multiplyByPieces(
            int rows, int columns, int inner,
            float alpha, long a, int strideA, long b, int strideB, float beta, long c, int strideC) {
        for (int column = 0; column < columns; column += PIECE) {
            int width = Math.min(PIECE, columns - column);
            call(
                    false, true, rows, width, inner, alpha, a, strideA, Memory.at(b, (long) column * strideB), strideB,
                    beta, Memory.at(c, column), strideC);
        }
    }

    /**
     * The same for an A that is transposed and wide, as in the gradient of a weight: copied block by block, since dnnl_sgemm takes
     * up to a third more time where the rows of such an A are far apart.
     */
    private static void multiplyByBlocks(
            boolean transposeB, int rows, int columns, int inner,
            float alpha, long a, int strideA, long b, int strideB, float beta, long c, int strideC) {
        long block = Scratch.floats(Scratch.Use.PANEL, COPIED_COLUMNS * COPIED_ROWS);
        for (int row = 0; row < rows; row += COPIED_COLUMNS) {
            int height = Math.min(COPIED_COLUMNS, rows - row);
            for (int from = 0; from < inner; from += COPIED_ROWS) {
                int depth = Math.min(COPIED_ROWS, inner - from);
                for (int i = 0; i < depth; i++) {
                    long source = Memory.at(a, (long) (from + i) * strideA + row);
                    RawMemory.copy(source, Memory.at(block, (long) i * height), (long) Float.BYTES * height);
                }
                long start = Memory.at(b, transposeB ? from : (long) from * strideB);
                call(
                        true, transposeB, height, columns, depth, alpha, block, height, start, strideB,
                        from == 0 ? beta : 1f, Memory.at(c, (long) row * strideC), strideC);
            }
        }
    }

    private static void call(
            boolean transposeA, boolean transposeB, int rows, int columns, int inner,
            float alpha, long a, int strideA, long b, int strideB, float beta, long c, int strideC) {
        int status;
        try {
            status = (int) SGEMM.invokeExact(
                    (byte) (transposeA ? 'T' : 'N'), (byte) (transposeB ? 'T' : 'N'),
                    (long) rows, (long) columns, (long) inner,
                    alpha, a, (long) strideA, b, (long) strideB, beta, c, (long) strideC);
        } catch (Throwable failure) {
            throw new IllegalStateException("dnnl_sgemm failed.", failure);
        }
        if (status != 0) {
            throw new IllegalArgumentException("dnnl_sgemm refused its arguments (status " + status + "): "
                    + Gemm.describe(transposeA, transposeB, rows, columns, inner, strideA, strideB, strideC));
        }
    }
}
