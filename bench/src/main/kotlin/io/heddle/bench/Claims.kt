package io.heddle.bench

import java.util.Locale

/** Measures what is claimed, as often as there are rounds. */
internal class Claims(
    private val contests: Contests,
    private val commands: Commands,
    private val rounds: Int,
    private val environments: Map<Int, Environment>,
) {
    fun row(claim: Claim, threads: Int): ClaimRow =
        when (claim) {
            is Claim.Ratio -> ratio(claim, threads)
            is Claim.Amount -> amount(claim, threads)
            is Claim.Command -> command(claim)
        }

    private fun ratio(claim: Claim.Ratio, threads: Int): ClaimRow {
        if (claim.side != Side.Heddle) contests.writeWeights(claim.against)
        val both =
            List(rounds) { round ->
                val entries = listOf(heddle(claim.work, threads), other(claim, threads))
                // The other one first in each second round: whoever follows finds a warmer machine.
                if (round % 2 == 0) contests.turns(entries) else contests.turns(entries.reversed()).reversed()
            }
        val ratios = both.map { (own, other) -> own.against(other, claim.quantity.word) / claim.times }.sorted()
        return ClaimRow(
            claim.name,
            claim.title,
            threads,
            median(both.map { (own, _) -> own[claim.quantity.word] }),
            median(both.map { (_, other) -> other[claim.quantity.word] }),
            claim.quantity.unit,
            median(ratios),
            ratios.first(),
            ratios.last(),
            goal(claim.goal),
            median(ratios) in claim.goal,
            loss = 0.0,
        )
    }

    private fun amount(claim: Claim.Amount, threads: Int): ClaimRow {
        val amounts = List(rounds) { contests.alone(heddle(claim.work, threads))[claim.quantity.word] }.sorted()
        return bounded(claim, threads, amounts, claim.most, claim.quantity.unit)
    }

    private fun command(claim: Claim.Command): ClaimRow {
        val ran = commands.run(claim, rounds)
        val threads = Runtime.getRuntime().availableProcessors()
        val row = bounded(claim, threads, ran.map { it.seconds }.sorted(), claim.seconds, UnitOfMeasure.Seconds)
        if (claim.loss.isInfinite()) return row
        val loss = ran.maxOf { it.loss }
        val goal = row.goal + String.format(Locale.ROOT, ", loss <= %.2f", claim.loss)
        return row.copy(goal = goal, holds = row.holds && loss <= claim.loss, loss = loss)
    }

    private fun bounded(claim: Claim, threads: Int, amounts: List<Double>, most: Double, unit: UnitOfMeasure) =
        ClaimRow(
            claim.name,
            claim.title,
            threads,
            median(amounts),
            most,
            unit,
            median(amounts) / most,
            amounts.first() / most,
            amounts.last() / most,
            goal(0.0..1.0),
            median(amounts) <= most,
            loss = 0.0,
        )

    private fun heddle(work: Work, threads: Int) = Entry(Side.Heddle, work, threads, Environment.heddle)

    private fun other(claim: Claim.Ratio, threads: Int): Entry {
        val environment = if (claim.side == Side.Heddle) Environment.heddle else environments.getValue(threads)
        return Entry(claim.side, claim.against, threads, environment)
    }

    private fun goal(range: ClosedFloatingPointRange<Double>): String =
        if (range.start == 0.0) String.format(Locale.ROOT, "<= %.2f", range.endInclusive)
        else String.format(Locale.ROOT, "%.2f to %.2f", range.start, range.endInclusive)
}
