package io.heddle.runtime.backend.cpu;

import java.util.Locale;

/**
 * The product of two matrices on the calling thread alone: C = alpha op(A) op(B) + beta C.
 *
 * <p>op(A) is {@code rows x inner}, op(B) {@code inner x columns} and C {@code rows x columns}, where op is the matrix or
 * its transpose; all are row-major, and a stride is the distance of one stored row to the next. With beta = 0 the old
 * content of C is not read. C overlaps neither A nor B.
 *
 * <p>The work is done by oneDNN, by OpenBLAS where that is missing, or by {@link VectorGemm} where both are; the system
 * property {@code heddle.gemm} ({@code onednn}, {@code openblas} or {@code vector}) chooses one of them. A single row
 * goes to {@link Gemv}, which memory alone limits. For all workers together see {@link PooledGemm}.
 */
public final class Gemm {
    private enum Library {
        ONEDNN,
        OPENBLAS,
        VECTOR
    }

    private static final Library LIBRARY = choose();

    private Gemm() {}

    private static Library choose() {
        String wanted = System.getProperty("heddle.gemm", "").toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "onednn" -> require(OneDnnGemm.isAvailable(), "oneDNN", OneDnnGemm::reason, Library.ONEDNN);
            case "openblas" -> require(OpenBlasGemm.isAvailable(), "OpenBLAS", OpenBlasGemm::reason, Library.OPENBLAS);
            case "vector" -> Library.VECTOR;
            case "" -> firstAvailable();
            default -> throw new IllegalArgumentException(
                    "heddle.gemm = " + wanted + " is unknown. Use onednn, openblas or vector, or leave it out.");
        };
    }

    private static Library require(
            boolean available, String name, java.util.function.Supplier<String> reason, Library library) {
        if (!available) {
            throw new IllegalStateException("heddle.gemm asks for " + name + ", but " + reason.get()
                    + ". Leave the property out to use what there is.");
        }
        return library;
    }

    private static Library firstAvailable() {
        if (OneDnnGemm.isAvailable()) {
            return Library.ONEDNN;
        }
        return OpenBlasGemm.isAvailable() ? Library.OPENBLAS : Library.VECTOR;
    }

    /** Which library multiplies, and why no better one does: a line for a log or a report. */
    public static String description() {
        return switch (LIBRARY) {
            case ONEDNN -> "oneDNN (dnnl_sgemm)";
            case OPENBLAS -> "OpenBLAS (cblas_sgemm)" + whyNotOneDnn();
            case VECTOR -> "Heddle's own (Vector API)" + whyNotOneDnn()
                    + (OpenBlasGemm.isAvailable() ? "" : "; no OpenBLAS: " + OpenBlasGemm.reason());
        };
    }

    private static String whyNotOneDnn() {
        return OneDnnGemm.isAvailable() ? "" : "; no oneDNN: " + OneDnnGemm.reason();
    }

    /**
     * Keeps the native libraries to one thread when the calling thread calls them. A {@link
     * io.heddle.runtime.parallel.WorkerPool} is made with this as its thread setup.
     */
    public static void useOneThread() {
        OneDnnGemm.useOneThread();
    }

    /** C = alpha op(A) op(B) + beta C, as the class says. */
    public static void multiply(
            boolean transposeA, boolean transposeB, int rows, int columns, int inner,
            float alpha, long a, int strideA, long b, int strideB, float beta, long c, int strideC) {
        if (rows <= 0 || columns <= 0) {
            return;
        }
        if (inner <= 0) {
            scale(rows, columns, beta, c, strideC);
        } else if (rows == 1 && !(transposeA && strideA != 1)) {
            Gemv.multiply(transposeB, columns, inner, alpha, a, b, strideB, beta, c, 0, columns);
        } else {
            switch (LIBRARY) {
                case ONEDNN -> OneDnnGemm.multiply(
                        transposeA, transposeB, rows, columns, inner,
                        alpha, a, strideA, b, strideB, beta, c, strideC);
                case OPENBLAS -> OpenBlasGemm.multiply(
                        transposeA, transposeB, rows, columns, inner,
                        alpha, a, strideA, b, strideB, beta, c, strideC);
                case VECTOR -> VectorGemm.multiply(
                        transposeA, transposeB, rows, columns, inner,
                        alpha, a, strideA, b, strideB, beta, c, strideC);
            }
        }
    }

    private static void scale(int rows, int columns, float beta, long c, int strideC) {
        for (int row = 0; row < rows; row++) {
            long start = Memory.at(c, (long) row * strideC);
            if (beta == 0f) {
                Memory.fill(start, 0f, columns);
            } else {
                Elementwise.scale(start, beta, start, 0, columns);
            }
        }
    }

    static String describe(
            boolean transposeA, boolean transposeB, int rows, int columns, int inner,
            int strideA, int strideB, int strideC) {
        return "rows = " + rows + ", columns = " + columns + ", inner = " + inner
                + ", A " + (transposeA ? "transposed" : "plain") + " with stride " + strideA
                + ", B " + (transposeB ? "transposed" : "plain") + " with stride " + strideB
                + ", C with stride " + strideC;
    }
}
