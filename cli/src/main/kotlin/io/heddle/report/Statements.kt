package io.heddle.report

import io.heddle.experiment.Experiment

/** What an experiment says, in sentences: which variants differ, and which do not. */
internal class Statements(
    private val experiment: Experiment,
    private val outcomes: List<Outcome>,
    private val comparisons: List<Comparison>,
) {
    private val judge = Judge(experiment)
    private val tests = comparisons.count { it.verdict is Verdict.Tested }

    /** A sentence or two for each variant beside the first, with each setting. */
    fun all(): List<String> = comparisons.map { of(it) }

    /** A sentence for each variant: with how many settings it differs from the first. */
    fun byVariant(): List<String> =
        comparisons
            .groupBy { it.variant }
            .map { (variant, own) ->
                val significant = own.filter { (it.verdict as? Verdict.Tested)?.isSignificant == true }
                val (lower, higher) = significant.partition { it.differences.average() < 0 }
                "“${name(variant)}” compared with “${name(0)}”: the final ${judge.name} is significantly lower " +
                    "with ${lower.size} of ${Numbers.counted(own.size, "setting")}, and significantly higher with " +
                    "${higher.size}; with ${own.size - significant.size} it cannot be told whether they differ."
            }

    /** How many differences there are; nothing, where there is nothing to compare. */
    fun sum(): String {
        val significant = comparisons.count { (it.verdict as? Verdict.Tested)?.isSignificant == true }
        return if (comparisons.isEmpty()) ""
        else "$significant of ${Numbers.counted(comparisons.size, "comparison")} showed a significant difference."
    }

    /** What was tested, and how. */
    fun method(): String = if (tests == 0) NOTHING_TESTED else allTested()

    private fun allTested() =
        "Each variant is compared with “${name(0)}” with the same setting, by the final ${judge.name} from the " +
            "seeds that both finished: Student's paired t-test with two sides, and p corrected by Holm's method for " +
            "${Numbers.counted(tests, "test")} together. A difference is told as one where p is at most " +
            "${Numbers.fixed(Comparison.LEVEL, 2)}; with fewer than ${Comparison.ENOUGH} common seeds nothing is " +
            "tested.${judge.direction}${if (tests > 1) " $UNCORRECTED" else ""}"

    private fun of(comparison: Comparison): String =
        when (val verdict = comparison.verdict) {
            is Verdict.Tested ->
                if (verdict.isSignificant) significant(comparison, verdict) else untold(comparison, verdict)
            is Verdict.NoSpread -> noSpread(comparison)
            is Verdict.TooFewSeeds -> tooFew(comparison)
        }

    private fun significant(comparison: Comparison, verdict: Verdict.Tested): String {
        val mean = comparison.differences.average()
        val way = if (mean < 0) "lower" else "higher"
        return "${pair(comparison)}: the final ${judge.name} is ${judge.amount(mean)} $way " +
            "${tested(comparison, verdict)}, a significant difference."
    }

    private fun untold(comparison: Comparison, verdict: Verdict.Tested): String =
        "${pair(comparison)}: it cannot be told whether they differ. ${seen(comparison)} " +
            "${tested(comparison, verdict)}. ${needed(comparison)}"

    private fun tested(comparison: Comparison, verdict: Verdict.Tested): String {
        val seeds = Numbers.counted(comparison.seeds.size, "seed")
        val p = Numbers.p(verdict.corrected) + if (tests > 1) " corrected" else ""
        return "(95 % interval of the difference ${interval(comparison)}, $seeds, $p)"
    }

    private fun noSpread(comparison: Comparison): String {
        val mean = comparison.differences.first()
        return if (mean == 0.0) "${pair(comparison)}: the final ${judge.name} is the same from every seed."
        else
            "${pair(comparison)}: it cannot be told whether they differ. The difference is ${judge.amount(mean)} " +
                "from every seed, which gives no spread to compare it with."
    }

    private fun tooFew(comparison: Comparison): String {
        val (own, other) = finished(comparison.variant, comparison) to finished(0, comparison)
        if ((own == 0) != (other == 0)) return oneSided(comparison, own, other)
        val common = comparison.seeds.size
        val known = if (common == 0) "no seed" else "only ${Numbers.counted(common, "seed")}"
        return listOf(
                "${pair(comparison)}: it cannot be told whether they differ, because both finished from $known.",
                if (common == 0) "" else seen(comparison) + ".",
                if (common == 0) "" else needed(comparison),
            )
            .filter { it.isNotEmpty() }
            .joinToString(" ")
    }

    private fun oneSided(comparison: Comparison, own: Int, other: Int) =
        "${pair(comparison)}: the one finished from $own of ${Numbers.counted(experiment.seeds.size, "seed")}, the " +
            "other from $other, so that there are no ${judge.several} to compare."

    private fun finished(variant: Int, comparison: Comparison): Int =
        outcomes.filter { it.variant == variant && it.setting == comparison.setting }.sumOf { it.counted.size }

    private fun seen(comparison: Comparison): String {
        val mean = comparison.differences.average()
        val way = if (mean < 0) "lower" else "higher"
        return if (mean == 0.0) "The mean final ${judge.short} is the same here"
        else "The mean final ${judge.short} is ${judge.amount(mean)} $way here"
    }

    private fun needed(comparison: Comparison): String {
        val comparable = maxOf(tests, comparisons.size)
        val power = "To find a difference as large as this one four times out of five,"
        val spread = "judging by the spread of these ${comparison.seeds.size}"
        return when (val needed = SeedsNeeded.of(comparison.differences, comparable)) {
            is SeedsNeeded.Unknown -> "How many seeds would tell cannot be said from one difference."
            is SeedsNeeded.About ->
                "$power about ${Numbers.grouped(needed.count.toLong())} seeds would be needed, $spread."
            is SeedsNeeded.MoreThan ->
                "$power more than ${Numbers.grouped(needed.count.toLong())} seeds would be needed, $spread."
        }
    }

    private fun interval(comparison: Comparison): String =
        when (val difference = comparison.difference) {
            is Estimate.Interval ->
                Numbers.signed(difference.mean - difference.half, judge.decimals) +
                    " to ${Numbers.signed(difference.mean + difference.half, judge.decimals)}"
            is Estimate.Single,
            is Estimate.Nothing -> Numbers.NONE
        }

    private fun pair(comparison: Comparison): String {
        val setting = experiment.settings[comparison.setting].name
        return "“${name(comparison.variant)}” compared with “${name(0)}”" +
            if (setting.isEmpty()) "" else " with $setting"
    }

    private fun name(variant: Int) = line(experiment.variants[variant].name)

    private companion object {
        const val UNCORRECTED = "The interval of a difference is its own: it is not corrected for the other tests."
        const val NOTHING_TESTED =
            "Nothing was tested: no two variants finished with the same setting from ${Comparison.ENOUGH} common " +
                "seeds whose differences have a spread."
    }
}
