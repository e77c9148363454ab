package io.heddle.bench

import java.nio.file.Files
import java.nio.file.Path

/**
 * The settings that a process of libtorch runs under: how fast it multiplies depends on whose OpenBLAS it finds.
 *
 * Bytedeco's own uses threads of its own, which spin against those of OpenMP; Debian's build for OpenMP does not, but
 * is too old to know the newest processors, so it is told the family. It is named in `LD_PRELOAD`.
 */
internal data class Environment(val title: String, private val others: Map<String, String>) {
    /** The variables for this many threads. */
    fun variables(threads: Int): Map<String, String> = mapOf("OMP_NUM_THREADS" to "$threads") + others

    companion object {
        private val OPENMP = Path.of("/usr/lib/x86_64-linux-gnu/openblas-openmp/libopenblas.so.0")

        /** Variables that slow both sides when they name an older processor, and would not be noticed. */
        val UNSET: List<String> = listOf("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "LD_PRELOAD")

        private val bundled =
            Environment("libtorch's OpenBLAS, OPENBLAS_NUM_THREADS=1", mapOf("OPENBLAS_NUM_THREADS" to "1"))

        private val preloaded =
            Environment(
                "libopenblas0-openmp preloaded, OPENBLAS_CORETYPE=SkylakeX",
                mapOf("LD_PRELOAD" to "$OPENMP", "OPENBLAS_CORETYPE" to "SkylakeX"),
            )

        /** Heddle's processes: its workers are its own, and the libraries it calls have one thread each. */
        val heddle: Environment = Environment("heddle", mapOf("OPENBLAS_NUM_THREADS" to "1"))

        /** The settings that this machine can try. */
        fun ofLibtorch(): List<Environment> = if (Files.exists(OPENMP)) listOf(preloaded, bundled) else listOf(bundled)

        /** What to say where the better one cannot be tried; empty where it can. */
        fun missing(): String =
            if (Files.exists(OPENMP)) ""
            else "libopenblas0-openmp is not there; libtorch may be faster with it: apt install libopenblas0-openmp"
    }
}
