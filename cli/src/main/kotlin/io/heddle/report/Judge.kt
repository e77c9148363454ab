package io.heddle.report

import io.heddle.experiment.Experiment
import io.heddle.runtime.train.HeldOutFigure
import io.heddle.runtime.train.Measure
import kotlin.jvm.optionals.getOrNull
import kotlin.math.abs

/** The figure of the held-out data by which an experiment compares its variants, in words. */
internal class Judge(private val experiment: Experiment) {
    private val figure: HeldOutFigure = HeldOutFigure.of(experiment.judge)
    private val measure: Measure? = figure.measure().getOrNull()

    /** What a trial's metrics call it. */
    val column: String = figure.column()

    /** `validation loss`, `BLEU`. */
    val name: String = measure?.title() ?: "validation loss"

    /** `loss`, `BLEU`. */
    val short: String = measure?.title() ?: "loss"

    /** What several of them are. */
    val several: String = if (measure == null) "losses" else "values of $name"

    /** To how many places it is told. */
    val decimals: Int = if (measure == null) LOSS else MEASURE

    /** How large a difference is, whatever its direction. */
    fun amount(difference: Double): String {
        val number = Numbers.fixed(abs(difference), decimals)
        return if (measure == null) LossUnit.of(experiment).of(number) else "$number points"
    }

    /** Which direction is better; nothing of the loss, of which it is known. */
    val direction: String =
        when {
            measure == null -> ""
            figure.isLower -> " Lower is better."
            else -> " Higher is better."
        }

    /** Whether it is a figure beside the loss. */
    val isMeasure: Boolean = measure != null

    private companion object {
        const val LOSS = 4
        const val MEASURE = 2
    }
}
