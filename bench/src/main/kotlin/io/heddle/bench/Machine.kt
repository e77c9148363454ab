package io.heddle.bench

import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale

/** What the bench ran on: the processor, its limits, and the settings that libtorch was fastest with. */
internal class Machine(
    private val processor: String,
    val environments: Map<Int, Environment>,
    val limits: Map<Int, Taken>,
) {
    fun text(): String = buildString {
        appendLine(
            "$processor, ${Runtime.getRuntime().availableProcessors()} cores, Java ${Runtime.version().feature()}"
        )
        limits.forEach { (threads, limit) ->
            val sgemm = String.format(Locale.ROOT, "%.0f GFLOP/s", limit["sgemm"] / GIGA)
            val copy = String.format(Locale.ROOT, "%.1f GB/s", limit["copy"] / GIGA)
            val settings = environments.getValue(threads).title
            appendLine(
                "$threads ${if (threads == 1) "thread" else "threads"}: sgemm $sgemm, copy $copy; libtorch: $settings"
            )
        }
        Environment.missing().takeIf { it.isNotEmpty() }?.let { appendLine(it) }
    }

    companion object {
        private const val GIGA = 1e9

        fun measured(contests: Contests, threads: List<Int>): Machine =
            Machine(
                processor(),
                threads.associateWith { fastest(contests, it) },
                threads.associateWith { contests.alone(Entry(Side.Limit, Works.all.first(), it, Environment.heddle)) },
            )

        /** The settings of libtorch under which a step takes the least time. */
        private fun fastest(contests: Contests, threads: Int): Environment {
            val environments = Environment.ofLibtorch()
            if (environments.size == 1) return environments.first()
            val work = Works.named("small")
            contests.writeWeights(work)
            val taken = contests.turns(environments.map { Entry(Side.Libtorch, work, threads, it) })
            return environments.zip(taken).minBy { (_, one) -> one["median"] }.first
        }

        private fun processor(): String {
            val information = Path.of("/proc/cpuinfo")
            if (!Files.exists(information)) return System.getProperty("os.arch")
            val line = Files.readAllLines(information).firstOrNull { it.startsWith("model name") }
            return line?.substringAfter(": ") ?: System.getProperty("os.arch")
        }
    }
}
