package io.heddle.specs.experiment

import io.heddle.experiment.Trial
import io.heddle.runtime.experiment.BlockRow
import io.heddle.runtime.experiment.TensorBoardRuns
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialResult
import io.heddle.runtime.record.EventFile.Event
import io.heddle.runtime.record.EventFile.Scalar
import io.heddle.runtime.record.MetricsRow
import io.heddle.specs.record.PublishedEvents
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.time.Instant
import java.util.OptionalDouble

class TensorBoardRunsSpec :
    StringSpec({
        val rows =
            listOf(
                MetricsRow.at(0).with("validationLoss", 4.0).with("seconds", 0.5),
                MetricsRow.at(1).with("loss", 3.0).with("gradientNorm", Double.NaN).with("seconds", 1.25),
                MetricsRow.at(2).with("learningRate", 1e-3).with("f1", 80.5).with("stepSeconds", 0.25),
            )
        val blocks = listOf(BlockRow(1, "decoder/3/attention", 0.5, 2.0, 1e-3, OptionalDouble.of(1.5)))

        fun result(trial: Trial) = TrialResult(trial, "key", TrialEnd.Finished(), 2, 1.5, rows, blocks)

        "a trial is a run, whose curves have plain names and whose times are those of its steps" {
            val folder = tempdir().toPath()
            val trial = SmallExperiment.experiment.trials.last()
            val file = TensorBoardRuns.write(folder, result(trial), Instant.ofEpochMilli(1_763_750_000_500))
            folder.relativize(file).toString() shouldBe "pre-norm/warmup 5/2/events.out.tfevents.heddle"
            fun event(seconds: Double, step: Long, vararg scalars: Pair<String, Float>) =
                Event(1_763_750_000 + seconds, step, scalars.map { (tag, value) -> Scalar(tag, value) })
            PublishedEvents.of(file) shouldBe
                PublishedEvents(
                    1_763_750_000.5,
                    "brain.Event:2",
                    listOf(
                        event(1.0, 0, "validation loss" to 4f, "seconds" to 0.5f),
                        event(
                            1.75,
                            1,
                            "loss" to 3f,
                            "gradient norm" to Float.NaN,
                            "seconds" to 1.25f,
                            "gradient norm/decoder/3/attention" to 0.5f,
                            "weight norm/decoder/3/attention" to 2f,
                            "update ratio/decoder/3/attention" to 1e-3f,
                            "activation/decoder/3/attention" to 1.5f,
                        ),
                        event(1.75, 2, "learning rate" to 1e-3f, "f1" to 80.5f, "step seconds" to 0.25f),
                    ),
                )
        }

        "where nothing varies there is no folder for it, and names are such as any system takes" {
            val folder = tempdir().toPath()
            val plain = SmallExperiment.experiment.run { copy(variations = emptyList(), variants = variants.take(1)) }
            val named = plain.copy(variants = plain.variants.map { it.copy(name = "pre/post: 50%") })
            listOf(plain, named)
                .map { TensorBoardRuns.write(folder, result(it.trials.first()), Instant.EPOCH) }
                .map { folder.relativize(it.parent).toString() } shouldBe listOf("post-norm/1", "pre%2Fpost%3A 50%25/1")
        }
    })
