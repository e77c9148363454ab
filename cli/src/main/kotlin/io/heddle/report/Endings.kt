package io.heddle.report

import io.heddle.experiment.Experiment
import io.heddle.runtime.experiment.TrialEnd
import io.heddle.runtime.experiment.TrialResult

/** What is said of trials whose losses do not count: they diverged, were left off, or are not done. */
internal class Endings(private val experiment: Experiment, private val outcomes: List<Outcome>) {
    private val judge = Judge(experiment)

    /** A sentence for each configuration whose trials do not all count. */
    fun all(): List<String> =
        outcomes.flatMap { listOf(diverged(it), unmeasured(it), leftOff(it), missing(it)) }.filter { it.isNotEmpty() }

    /** What successive halving came to; nothing where nothing was halved. */
    fun found(): String {
        val left = outcomes.filter { ends<TrialEnd.LeftOff>(it).isEmpty() && it.finals(judge.column).isNotEmpty() }
        if (outcomes.none { ends<TrialEnd.LeftOff>(it).isNotEmpty() } || left.isEmpty()) return ""
        return left.joinToString(" ") { best ->
            val figure = Numbers.estimate(Estimate.of(best.finals(judge.column).values.toList()), judge.decimals)
            "Successive halving trained ${name(best)} to its end: final ${judge.name} $figure."
        }
    }

    /** How many trials there are of each kind that does not count. */
    fun sum(): String {
        val counts =
            listOf<Pair<String, (TrialResult) -> Boolean>>(
                    "diverged" to { it.end is TrialEnd.Diverged },
                    "left off by successive halving" to { it.end is TrialEnd.LeftOff },
                    "not finished" to { it.end is TrialEnd.Unfinished },
                )
                .map { (what, isSo) -> what to outcomes.sumOf { outcome -> outcome.trials.count(isSo) } }
                .filter { it.second > 0 }
        return counts.joinToString("; ", "Trials that are in no mean and no test: ", ".") { (what, count) ->
            "$count $what"
        }
    }

    /** `2 of 3`, and what became of the others. */
    fun told(outcome: Outcome): String {
        val all = experiment.seeds.size
        val others =
            listOf(
                    "diverged" to ends<TrialEnd.Diverged>(outcome).size,
                    "left off" to ends<TrialEnd.LeftOff>(outcome).size,
                )
                .filter { it.second > 0 }
                .joinToString("") { (what, count) -> ", $count $what" }
        return "${outcome.trials.count { it.end is TrialEnd.Finished }} of $all$others"
    }

    /** How far one trial came. */
    fun end(trial: TrialResult): String =
        when (val end = trial.end) {
            is TrialEnd.Finished -> "finished"
            is TrialEnd.Diverged -> "diverged at step ${Numbers.grouped(end.step)}"
            is TrialEnd.LeftOff -> "left off"
            is TrialEnd.Unfinished -> if (trial.isBegun) "stopped" else "not begun"
        }

    private fun diverged(outcome: Outcome): String {
        val trials = ends<TrialEnd.Diverged>(outcome)
        if (trials.isEmpty()) return ""
        val named =
            trials.joinToString(", ") { trial ->
                val end = trial.end as TrialEnd.Diverged
                "seed ${trial.trial.seed} at step ${Numbers.grouped(end.step)} (loss ${Numbers.loss(end.loss)}, " +
                    "gradient norm ${Numbers.loss(end.gradientNorm)})"
            }
        val count = "${trials.size} of ${Numbers.counted(experiment.seeds.size, "trial")}"
        return "${name(outcome)} diverged in $count: $named. What diverged is in no mean and no test."
    }

    private fun unmeasured(outcome: Outcome): String {
        val trials = ends<TrialEnd.Finished>(outcome).filterNot { it.counts }
        return if (trials.isEmpty()) ""
        else "${name(outcome)} has no final validation loss from ${seeds(trials)}, and is in no mean and no test there."
    }

    private fun leftOff(outcome: Outcome): String {
        val trials = ends<TrialEnd.LeftOff>(outcome)
        return if (trials.isEmpty()) ""
        else
            "${name(outcome)} was left off by successive halving with ${seeds(trials)}, and is in no mean and no " +
                "test there."
    }

    private fun missing(outcome: Outcome): String {
        val (begun, others) = ends<TrialEnd.Unfinished>(outcome).partition { it.isBegun }
        val known = outcome.trials.map { it.trial.seed }
        val none = others.map { it.trial.seed } + experiment.seeds.filter { it !in known }
        val told =
            listOf(
                if (begun.isEmpty()) "" else "is not finished with ${seeds(begun)}",
                if (none.isEmpty()) "" else "was not begun with ${seeds(none.size, none)}",
            )
        return told
            .filter { it.isNotEmpty() }
            .joinToString(" and ")
            .let { if (it.isEmpty()) "" else "${name(outcome)} $it." }
    }

    private fun seeds(trials: List<TrialResult>) = seeds(trials.size, trials.map { it.trial.seed })

    private fun seeds(count: Int, seeds: List<Long>) = "seed${if (count == 1) "" else "s"} ${seeds.joinToString(", ")}"

    private inline fun <reified End : TrialEnd> ends(outcome: Outcome) = outcome.trials.filter { it.end is End }

    private fun name(outcome: Outcome): String {
        val setting = experiment.settings[outcome.setting].name
        return "“${line(experiment.variants[outcome.variant].name)}”" + if (setting.isEmpty()) "" else " with $setting"
    }
}
