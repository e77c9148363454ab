package io.heddle.specs.experiment

import io.heddle.check.ProblemsException
import io.heddle.runtime.experiment.BlockRow
import io.heddle.runtime.experiment.TrialStore
import io.heddle.runtime.record.MetricsRow
import java.nio.file.Files
import java.nio.file.Path
import java.util.OptionalDouble

/** What the recorders take down of a step. */
internal fun metricsOf(step: Long): MetricsRow =
    MetricsRow.at(step).with("loss", 1.0 / step).with("tokens", step * 64).with("seconds", step * 0.5)

internal fun blockOf(step: Long): BlockRow =
    BlockRow(step, "decoder/0/attention", 0.1 * step, 2.0, 1e-3, OptionalDouble.of(1.5))

private fun open(file: Path): TrialStore = TrialStore.open(file, SmallExperiment.experiment, "1")

private fun TrialStore.begin(file: Path): String {
    val trial = SmallExperiment.experiment.trials.first()
    begin(trial, "first", 100, file.resolveSibling("first"))
    return "first"
}

/** Records two steps at a time, from the one that is named, until it is killed; prints the last that is recorded. */
internal object EndlessRecorder {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val file = Path.of(arguments[0])
        open(file).use { store ->
            val key = store.begin(file)
            var step = arguments[1].toLong()
            store.dropAfter(key, step)
            while (true) {
                val steps = listOf(step + 1, step + 2)
                store.record(key, steps.map(::metricsOf), steps.map(::blockOf))
                step += 2
                println(step)
            }
        }
    }
}

/** Has a store open until its input ends. */
internal object PatientHolder {
    @JvmStatic
    fun main(arguments: Array<String>) {
        open(Path.of(arguments[0])).use {
            println("open")
            System.`in`.readAllBytes()
        }
    }
}

/** Tries to open a store, and prints what it is told. */
internal object Opener {
    @JvmStatic
    fun main(arguments: Array<String>) {
        try {
            open(Path.of(arguments[0])).close()
        } catch (told: ProblemsException) {
            println(told.message)
        }
    }
}

/** Records until the disk is full, prints what it is told and whether all is there, makes room, and records again. */
internal object DiskFiller {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val file = Path.of(arguments[0])
        val ballast = file.resolveSibling("ballast")
        Files.write(ballast, ByteArray(ROOM))
        open(file).use { store ->
            val key = store.begin(file)
            var step = 0L
            try {
                while (true) {
                    val steps = (step + 1..step + STEPS).toList()
                    store.record(key, steps.map(::metricsOf), steps.map(::blockOf))
                    step += STEPS
                }
            } catch (told: ProblemsException) {
                println(told.message)
            }
            println("recorded ${store.find(key).orElseThrow().metrics() == (1..step).map(::metricsOf)}")
            Files.delete(ballast)
            store.record(key, listOf(metricsOf(step + 1)), emptyList())
            println("went on ${store.find(key).orElseThrow().metrics() == (1..step + 1).map(::metricsOf)}")
        }
        println("opened again ${runCatching { open(file).close() }.isSuccess}")
    }

    private const val ROOM = 100_000
    private const val STEPS = 20L
}
