package io.heddle.specs.report

import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.dsl.model
import io.heddle.dsl.text
import io.heddle.experiment.Experiment
import io.heddle.experiment.Trial
import io.heddle.model.Model
import io.heddle.runtime.experiment.BlockRow
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialResult
import io.heddle.runtime.record.MetricsRow
import io.heddle.terms.Gelu
import io.heddle.terms.PreNorm
import io.heddle.terms.RmsNorm
import java.util.OptionalDouble
import kotlin.math.exp
import kotlin.math.pow
import kotlin.math.sin
import kotlin.random.Random

/**
 * Results that nobody trained: every number comes from a formula and a seeded generator. They have the shape of real
 * ones, and what is in them is known.
 */
object MadeUpResults {
    const val STEPS: Int = 2000
    private const val EVERY = 100
    private const val DIVERGES_AT = 420L

    /** The first variant of all. */
    fun postNorm(layers: Int = 12): Model =
        model("post-norm", width = 128) {
            val text by tokens(vocab = 65) { learnedPositions(64) }
            val decoder by
                stack(text, layers) {
                    attention(heads = 4) { causal() }
                    addNorm()
                    feedForward { activation = Gelu }
                    addNorm()
                }
            val next by logits(decoder, tiedTo = text)
        }

    /** Three variants, of 12 layers each, with two settings, from three seeds. */
    fun experiment(seeds: LongArray = longArrayOf(1, 2, 3)): Experiment {
        val first = postNorm()
        return experiment("Where the norm sits (made-up numbers)") {
            variant("post-norm", first)
            variant("pre-norm", first.edit { layout = PreNorm })
            variant(
                "pre-norm, RMS",
                first.edit {
                    layout = PreNorm
                    norm = RmsNorm()
                },
            )
            recipe(text("shakespeare.txt", context = 64), steps = STEPS)
            vary { warmup(0, 400) }
            seeds(*seeds)
        }
    }

    /** All trials finished but one: post-norm without a warmup diverged from seed 2. */
    fun result(experiment: Experiment = experiment()): ExperimentResult =
        of(experiment) { trial ->
            if (trial.variant(experiment) == 0 && trial.setting(experiment) == 0 && trial.seed == 2L)
                TrialEnd.Diverged(DIVERGES_AT, Double.NaN, 1234.5)
            else TrialEnd.Finished()
        }

    /** The same [experiment], whose trials end as [end] says. */
    fun of(experiment: Experiment, end: (Trial) -> TrialEnd): ExperimentResult =
        ExperimentResult(
            experiment,
            ExperimentResult.Setup("0.1.0", "a machine that is made up, Linux", 2, 1),
            experiment.trials.map { made(experiment, it, end(it)) },
        )

    /** A trial of which nothing is known. */
    fun notBegun(trial: Trial): TrialResult =
        TrialResult(trial, "made-up-not-begun", TrialEnd.Unfinished(), 0, 0.0, emptyList(), emptyList())

    /** The same trial, whose last look at held-out data gave [loss]. */
    fun withLastLoss(trial: TrialResult, loss: Double): TrialResult {
        val metrics = trial.metrics.dropLast(1) + trial.metrics.last().with("validationLoss", loss)
        return TrialResult(trial.trial, trial.key, trial.end, trial.steps, trial.seconds, metrics, trial.blocks)
    }

    private fun Trial.variant(experiment: Experiment) =
        experiment.variants.indexOfFirst { it.name == configuration.variant.name }

    private fun Trial.setting(experiment: Experiment) =
        experiment.settings.indexOfFirst { it.name == configuration.setting.name }

    private fun made(experiment: Experiment, trial: Trial, end: TrialEnd): TrialResult {
        val steps =
            when (end) {
                is TrialEnd.Finished -> STEPS.toLong()
                is TrialEnd.Diverged -> end.step
                is TrialEnd.LeftOff -> STEPS / 4L
                is TrialEnd.Unfinished -> STEPS / 2L
            }
        val formula = Formula(trial.variant(experiment), trial.setting(experiment), trial.seed, end)
        val metrics = (0..steps).map { formula.metrics(it, it % EVERY == 0L || it == STEPS.toLong()) }
        val blocks = (listOf(1L) + (1..steps).filter { it % EVERY == 0L }).flatMap { formula.blocks(it) }
        val key = "%016x".format(trial.configuration.name.hashCode() * 7919L + trial.seed)
        return TrialResult(trial, key, end, steps, metrics.size * 0.0413, metrics, blocks)
    }

    /** What a trial might have measured. */
    private class Formula(val variant: Int, val setting: Int, val seed: Long, val end: TrialEnd) {
        private val random = Random(seed * 100 + setting * 10 + variant)
        private val ofSeed = 0.004 * Random(seed).nextDouble(-1.0, 1.0)
        private val own = 0.002 * random.nextDouble(-1.0, 1.0)
        private val floor = listOf(1.52, 1.47, 1.468).getOrElse(variant) { 1.5 } - 0.02 * setting + ofSeed + own

        override fun hashCode(): Int = listOf(variant, setting, seed).hashCode()

        override fun equals(other: Any?): Boolean = other is Formula && other.hashCode() == hashCode()

        private fun loss(step: Long): Double {
            val smooth = floor + 2.65 * exp(-(step / (90.0 + 60 * setting)).pow(0.62))
            if (end !is TrialEnd.Diverged) return smooth
            return smooth + exp((step - end.step + 80) / 25.0).coerceAtMost(40.0)
        }

        fun metrics(step: Long, evaluated: Boolean): MetricsRow {
            var row = MetricsRow.at(step)
            if (step > 0) {
                val bad = end is TrialEnd.Diverged && step == end.step
                val rate = if (setting == 0) 1e-3 else 1e-3 * minOf(1.0, step / 400.0)
                row =
                    row.with("loss", if (bad) Double.NaN else loss(step) + random.nextDouble(-0.06, 0.06))
                        .with("learningRate", rate * (1 - 0.9 * step / STEPS))
                        .with("gradientNorm", 0.4 + 2 * exp(-step / 300.0))
                        .with("tokens", step * 768)
                        .with("stepSeconds", (0.036 + 0.003 * variant) * (1 + random.nextDouble().pow(6) * 0.8))
                        .with("seconds", step * 0.0413)
            }
            return if (evaluated) row.with("validationLoss", loss(step) + 0.03).with("accuracy", 58 - 8 * loss(step))
            else row
        }

        fun blocks(step: Long): List<BlockRow> {
            val inLayers =
                (0 until 12).flatMap { layer ->
                    listOf("attention" to 1.0, "feedForward" to 1.7, "attention/norm" to 0.12).map { (kind, size) ->
                        row(step, "decoder/$layer/$kind", layer, size)
                    }
                }
            return inLayers + row(step, "text", 6, 2.0) + row(step, "next", 6, 1.0)
        }

        private fun row(step: Long, path: String, layer: Int, size: Double): BlockRow {
            val slope = if (variant == 0) 0.28 else -0.05 - 0.02 * variant
            val noise = 1 + 0.08 * sin(layer * 2.1 + seed) + random.nextDouble(-0.05, 0.05)
            val time = 1 + 2 * exp(-step / 250.0)
            val blown =
                if (end is TrialEnd.Diverged) exp((step - end.step + 120) / 40.0).coerceAtMost(100.0) + 1 else 1.0
            val gradient = 0.02 * size * exp(slope * (layer - 6)) * noise * time * blown
            val weight = 12 * size * (1 + (0.4 - 0.1 * variant) * step / STEPS + 0.01 * layer)
            val activation = if (variant == 0) 1.0 + 0.02 * layer else (1.0 + 0.35 * layer) * (1 + 0.2 * step / STEPS)
            val measured =
                if (step % 500 == 0L || step == 1L) OptionalDouble.of(activation * noise) else OptionalDouble.empty()
            return BlockRow(
                step,
                path,
                gradient,
                weight,
                1e-3 * (1 - 0.2 * variant) * noise * time / (1 + step / 900.0),
                measured,
            )
        }
    }
}
