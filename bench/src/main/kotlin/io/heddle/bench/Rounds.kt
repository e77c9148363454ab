package io.heddle.bench

/** Times both sides of a work in turn, in as many rounds of fresh processes as the pace has. */
internal class Rounds(
    private val contests: Contests,
    private val rounds: Int,
    private val environments: Map<Int, Environment>,
) {
    /** What came out of a round; the ratio and the share are medians over its turns. */
    private class Round(val heddle: Taken, val libtorch: Taken, val limitShare: Double) {
        val ratio = heddle.against(libtorch, TIME)
    }

    fun row(work: Work, threads: Int): Row {
        contests.writeWeights(work)
        val all = List(rounds) { round(work, threads, it) }
        val ratios = all.map { it.ratio }.sorted()
        return Row(
            work.name,
            threads,
            heddle = median(all.map { it.heddle[TIME] }),
            libtorch = median(all.map { it.libtorch[TIME] }),
            ratio = median(ratios),
            lowest = ratios.first(),
            highest = ratios.last(),
            goal = work.goals[threads] ?: 0.0,
            limitShare = median(all.map { it.limitShare }),
            heddleCheck = all.first().heddle["check"],
            libtorchCheck = all.first().libtorch["check"],
        )
    }

    private fun round(work: Work, threads: Int, number: Int): Round {
        val limit = Entry(Side.Limit, work, threads, Environment.heddle)
        val heddle = Entry(Side.Heddle, work, threads, Environment.heddle)
        val others = libtorch(work).map { Entry(it, work, threads, environments.getValue(threads)) }
        val entries = if (work.limit == Limit.Unknown) listOf(heddle) + others else listOf(limit, heddle) + others
        // The other way round in each second round: whoever follows finds a warmer machine.
        val order = if (number % 2 == 0) entries else entries.reversed()
        val taken = order.zip(contests.turns(order)).toMap()
        val own = taken.getValue(heddle)
        // The faster of its ways.
        val other = others.map(taken::getValue).minBy { it[TIME] }
        return Round(own, other, taken[limit]?.let { share(work, own, it) } ?: 0.0)
    }

    private fun share(work: Work, heddle: Taken, limit: Taken): Double =
        median(heddle.turns.zip(limit.turns) { own, machine -> work.limit.share(own[TIME] / MILLISECONDS, machine) })

    /** Where Heddle stores weights in bfloat16, libtorch may compute in it. */
    private fun libtorch(work: Work): List<Side> {
        val isRounded = work is Work.Decoding && work.storage == Work.Storage.Bfloat16
        return if (isRounded) listOf(Side.Libtorch, Side.LibtorchBfloat16) else listOf(Side.Libtorch)
    }

    private companion object {
        const val TIME = "median"
        const val MILLISECONDS = 1e3
    }
}
