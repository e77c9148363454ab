package io.heddle.describe

import io.heddle.dims.Dim
import java.math.BigInteger

/**
 * One thing that two models do not have in common, at a place that may stand for equal ones: `decoder/{0,2}/attention`.
 */
public sealed interface Change {
    /** The path of what differs; empty for the model itself. */
    public val place: String

    /** The second model has it, the first does not; [what] says it in the language's words. */
    public data class Added(override val place: String, public val what: String) : Change

    /** The first model has it, the second does not. */
    public data class Removed(override val place: String, public val what: String) : Change

    /** Both have it, with another value of [word]: `mask` was [before], and is [after]. */
    public data class Changed(
        override val place: String,
        public val word: String,
        public val before: String,
        public val after: String,
    ) : Change
}

/**
 * What tells two models apart. [toString] is for reading:
 *
 *     transformer -> windowed
 *     decoder/...: mask Causal -> Causal and Window(128)
 *
 * @property changes what was described differently, in the order of the models
 * @property equations for each block that computes something else: its title, lines that begin with `-` were there
 *   before, those with `+` are there now
 * @property before what the first model costs
 * @property after what the second one costs
 */
public data class Difference(
    public val first: String,
    public val second: String,
    public val changes: List<Change>,
    public val equations: List<ChangedBlock>,
    public val before: ModelCost,
    public val after: ModelCost,
) {
    /** Whether the models are the same but for their names. */
    public val isEmpty: Boolean
        get() = changes.isEmpty()

    override fun toString(): String {
        val title = if (first == second) first else "$first -> $second"
        if (isEmpty) return "$title\n\nThe models are the same."
        val told = placed().joinToString("\n")
        val blocks = equations.map { block -> (listOf(block.title) + block.lines.map { "  $it" }).joinToString("\n") }
        return (listOf(title, told) + blocks + costs()).joinToString("\n\n")
    }

    /** What changed at one place in one line. */
    private fun placed(): List<String> {
        val lines = mutableListOf<String>()
        var last = ""
        changes.forEach { change ->
            val place = change.place.ifEmpty { "model" }
            if (change is Change.Changed && place == last) lines[lines.lastIndex] += ", ${told(change)}"
            else lines += if (change is Change.Changed) "$place: ${told(change)}" else told(change)
            last = if (change is Change.Changed) place else ""
        }
        return lines
    }

    private fun told(change: Change): String =
        when (change) {
            is Change.Added -> "+ ${change.place}: ${change.what}"
            is Change.Removed -> "- ${change.place}: ${change.what}"
            is Change.Changed -> "${change.word} ${change.before} -> ${change.after}"
        }

    private fun costs(): String {
        val table = TextTable()
        fun row(label: String, before: String, after: String, more: String = "") {
            when {
                before == after -> table.row(label, "the same")
                maxOf(before.length, after.length) <= SHORT -> table.row(label, "$before -> $after$more")
                else -> {
                    table.row(label, before)
                    table.row("", "-> $after$more")
                }
            }
        }
        fun row(label: String, before: BigInteger, after: BigInteger) =
            row(label, grouped(before), grouped(after), more(after - before))
        fun row(label: String, before: Dim, after: Dim) =
            if (before.isKnown && after.isKnown) row(label, before.number, after.number)
            else row(label, told(before), told(if (before == after) before else after)) // equal, but in another order
        row("parameters", before.trained + before.fixed, after.trained + after.fixed)
        row("operations forward", before.forward, after.forward)
        row("forward and backward", before.training, after.training)
        row("bytes kept for the backward", before.activations, after.activations)
        row("bytes cached of each token", cache(before.cache), cache(after.cache))
        return "$table"
    }

    private fun more(count: BigInteger) = " (${if (count.signum() > 0) "+" else ""}${grouped(count)})"

    private fun cache(cache: Cache): String =
        when (cache) {
            is Cache.None -> "none"
            is Cache.PerToken -> told(cache.bytes)
        }

    private companion object {
        /** Of two formulas, to be read in one line. */
        const val SHORT = 60
    }
}

/** A block of two models' [Equations] that is not the same. */
public data class ChangedBlock(public val title: String, public val lines: List<String>)
