package io.heddle.specs.experiment

import io.heddle.dsl.ExperimentScope
import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.experiment.Configuration
import io.heddle.experiment.Experiment
import io.heddle.experiment.Trial
import io.heddle.recipe.Recipe
import io.heddle.runtime.experiment.Comparison
import io.heddle.runtime.experiment.ComparisonListener
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.Search
import io.heddle.runtime.experiment.Sizing
import io.heddle.runtime.experiment.StepTime
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.record.MetricsRow
import io.heddle.runtime.train.TrainingListener
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallRecipe
import io.heddle.terms.PostNorm
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import java.util.function.BooleanSupplier

/** Two layouts of a decoder that takes a moment to train. */
internal fun twoLayouts(recipe: Recipe = smallRecipe(steps = 12), more: ExperimentScope.() -> Unit = {}): Experiment =
    experiment("layouts") {
        variants(smallDecoder(), smallDecoder().edit { layout = PostNorm })
        recipe(recipe)
        more()
    }

/** Runs a comparison, with one thread for each trial. */
internal fun compare(
    experiment: Experiment,
    base: Path,
    out: Path,
    sideBySide: Int = 1,
    search: Search = Search.Everything(),
    listener: ComparisonListener = Counting(),
    stop: BooleanSupplier = BooleanSupplier { false },
): ExperimentResult =
    Comparison(experiment, base, out, Sizing(1, sideBySide), "of the specs").run(search, stop, listener)

/** Counts the steps that are taken. */
internal open class Counting : ComparisonListener {
    private val taken = AtomicInteger()

    val steps: Int
        get() = taken.get()

    override fun planned(trials: Int, done: Int, setup: ExperimentResult.Setup) = Unit

    override fun timed(configuration: Configuration, time: StepTime) = Unit

    override fun began(trial: Trial, done: Long) = Unit

    override fun step(trial: Trial, report: TrainingListener.StepReport) {
        taken.incrementAndGet()
    }

    override fun evaluated(trial: Trial, report: TrainingListener.EvaluationReport) = Unit

    override fun ended(trial: Trial, end: TrialEnd, steps: Long) = Unit
}

/** The losses of every trial, step by step, exactly as they were. */
internal fun ExperimentResult.losses(): List<List<String>> = trials().map { trial -> trial.metrics().map { it.loss() } }

/** The losses of one step. */
internal fun MetricsRow.loss(): String = "${step()} ${metric("loss")} ${metric("validationLoss")}"
