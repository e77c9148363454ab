package io.heddle.runtime.backend.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** OpenBLAS's {@code cblas_sgemm}: what a platform without oneDNN uses. */
public final class OpenBlasGemm {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private static final NativeLibrary.Result LIBRARY =
            NativeLibrary.find("org.bytedeco.openblas.global.openblas_nolapack", "openblas");

    private static final MethodHandle SGEMM = find(
            "cblas_sgemm",
            FunctionDescriptor.ofVoid(
                    JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_FLOAT, JAVA_LONG, JAVA_INT,
                    JAVA_LONG, JAVA_INT, JAVA_FLOAT, JAVA_LONG, JAVA_INT));

    static {
        useOneThread();
    }

    private OpenBlasGemm() {}

    private static MethodHandle find(String symbol, FunctionDescriptor descriptor) {
        Optional<NativeLibrary> library = LIBRARY.library();
        return library.flatMap(found -> found.function(symbol, descriptor)).orElse(null);
    }

    // Its threads belong to the process and not to the caller: once is enough.
    private static void useOneThread() {
        MethodHandle setThreads = find("openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
        if (setThreads != null) {
            try {
                setThreads.invokeExact(1);
            } catch (Throwable failure) {
                throw new ExceptionInInitializerError(failure);
            }
        }
    }

    /** Whether this platform has it. */
    public static boolean isAvailable() {
        return SGEMM != null;
    }

    static String reason() {
        return LIBRARY.reason().isEmpty() ? "it has no cblas_sgemm" : LIBRARY.reason();
    }

    /** See {@link Gemm#multiply}. */
    public static void multiply(
            boolean transposeA, boolean transposeB, int rows, int columns, int inner,
            float alpha, long a, int strideA, long b, int strideB, float beta, long c, int strideC) {
        try {
            SGEMM.invokeExact(
                    ROW_MAJOR, transposeA ? TRANSPOSED : PLAIN, transposeB ? TRANSPOSED : PLAIN, rows, columns, inner,
                    alpha, a, strideA, b, strideB, beta, c, strideC);
        } catch (Throwable failure) {
            throw new IllegalStateException("cblas_sgemm failed.", failure);
        }
    }
}
