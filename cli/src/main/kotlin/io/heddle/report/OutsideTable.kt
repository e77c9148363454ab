package io.heddle.report

import io.heddle.runtime.experiment.ExperimentResult
import java.util.Locale
import kotlin.math.exp
import kotlin.math.ln

/** Gradient norms at initialization of what has no layer of its own: inputs, heads, last norms, shared weights. */
internal class OutsideTable(private val result: ExperimentResult) {
    private val trials = result.trials.groupBy { result.experiment.variantOf(it) }.toSortedMap()

    /** The table; nothing, where nothing was measured. */
    fun blocks(): List<Block> {
        val paths =
            result.trials
                .flatMap { it.blocks }
                .map { it.path }
                .distinct()
                .filter { BlockPlace.of(it) !is BlockPlace.InLayer }
        if (paths.isEmpty()) return emptyList()
        val columns =
            listOf(Column("Block", Column.Kind.Words)) +
                trials.keys.map { Column(result.experiment.variants[it].name, Column.Kind.Numbers) }
        val caption =
            "Gradient norm at step 1 of what has no layer of its own: geometric means over all trials of a variant."
        return listOf(
            Block.Table(caption, columns, 1, paths.map { path -> listOf(path) + trials.keys.map { cell(path, it) } })
        )
    }

    private fun cell(path: String, variant: Int): String {
        val norms =
            trials
                .getValue(variant)
                .flatMap { it.blocks }
                .filter { it.step == 1L && it.path == path && it.gradientNorm > 0 && it.gradientNorm.isFinite() }
                .map { it.gradientNorm }
        return if (norms.isEmpty()) Numbers.NONE
        else String.format(Locale.ROOT, "%.3g", exp(norms.map { ln(it) }.average()))
    }
}
