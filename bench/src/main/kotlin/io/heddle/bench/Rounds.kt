package io.heddle.bench

/** Times both sides of a work in turn, as often as there are rounds. */
internal class Rounds(
    private val contests: Contests,
    private val rounds: Int,
    private val environments: Map<Int, Environment>,
    private val limits: Map<Int, Said>,
) {
    fun row(work: Work, threads: Int): Row {
        contests.run(Side.Weights, work, 1, Environment.heddle)
        val both =
            List(rounds) { round ->
                // The other one first in each second round: whoever follows finds a warmer machine.
                val heddleFirst = round % 2 == 0
                val first = if (heddleFirst) heddle(work, threads) else libtorch(work, threads)
                val second = if (heddleFirst) libtorch(work, threads) else heddle(work, threads)
                if (heddleFirst) first to second else second to first
            }
        val ratios = both.map { (heddle, libtorch) -> heddle["median"] / libtorch["median"] }.sorted()
        val time = median(both.map { it.first["median"] })
        return Row(
            work.name,
            threads,
            heddle = time,
            libtorch = median(both.map { it.second["median"] }),
            ratio = median(ratios),
            lowest = ratios.first(),
            highest = ratios.last(),
            goal = work.goals[threads] ?: 0.0,
            limitShare = work.limit.share(time / MILLISECONDS, limits.getValue(threads)),
            heddleCheck = both.first().first["check"],
            libtorchCheck = both.first().second["check"],
        )
    }

    private fun heddle(work: Work, threads: Int) = contests.run(Side.Heddle, work, threads, Environment.heddle)

    /** The faster of its ways: where Heddle stores weights in bfloat16, libtorch may compute in it. */
    private fun libtorch(work: Work, threads: Int): Said {
        val isRounded = work is Work.Decoding && work.storage == Work.Storage.Bfloat16
        val sides = if (isRounded) listOf(Side.Libtorch, Side.LibtorchBfloat16) else listOf(Side.Libtorch)
        return sides.map { contests.run(it, work, threads, environments.getValue(threads)) }.minBy { it["median"] }
    }

    private companion object {
        const val MILLISECONDS = 1e3
    }
}

internal fun median(numbers: List<Double>): Double = numbers.sorted()[numbers.size / 2]
