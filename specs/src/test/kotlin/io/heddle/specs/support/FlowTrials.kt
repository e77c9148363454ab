package io.heddle.specs.support

import io.heddle.graph.Op

/** Positions that flow, and chains over words. */
internal fun flowTrials(): List<OpTrial> =
    listOf(
        trial<Op.Flow>("of one step or more") {
            val (width, hidden) = size(3) to size(3)
            val weights = listOf(listOf(hidden, width + 1), listOf(hidden), listOf(width, hidden), listOf(width))
            val network = weights.mapIndexed { at, shape -> real("w$at", shape) }
            listOf(first(Op.Flow(size(3), dim(size(4))), real("start", width), *network.toTypedArray()))
        },
        trial<Op.ChainLoss>("over all words") { listOf(chain { 5 }) },
        trial<Op.ChainLoss>("over the best words and the label") { listOf(chain { random.nextInt(1, 4) }) },
    )

private fun TrialBuilder.chain(beam: () -> Int) = run {
    val (batch, time, vocabulary) = Triple(size(2), size(4), size(4))
    val rank = size(3)
    val labels = index("labels", listOf(batch, time)) { random.nextInt(-1, vocabulary) }
    val (left, right) = real("left", vocabulary, rank) to real("right", vocabulary, rank)
    first(Op.ChainLoss(beam()), real("scores", batch, time, vocabulary), left, right, labels)
}
