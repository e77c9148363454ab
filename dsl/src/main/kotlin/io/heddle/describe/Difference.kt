package io.heddle.describe

import io.heddle.dims.Dim
import java.math.BigInteger

/** One thing that two models do not have in common, at a place that may stand for equal ones: `decoder/{0,2}/attention`. */
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
 *
 *     decoder/...: mask Causal -> Causal and Window(128)
 *
 * @property changes what was described differently, in the order of the models
 * @property equations for each block that computes something else: its title, lines that begin with `-` were there before,
 *   those with `+` are there now
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
        val told = changes.joinToString("\n") { told(it) }
        val blocks = equations.map { block -> (listOf(block.title) + block.lines.map { "  $it" }).joinToString("\n") }
        return (listOf(title, told) + blocks + costs()).joinToString("\n\n")
    }

    private fun told(change: Change): String {
        val place = change.place.ifEmpty { "model" }
        return when (change) {
            is Change.Added -> "+ $place: ${change.what}"
            is Change.Removed -> "- $place: ${change.what}"
            is Change.Changed -> "$place: ${change.word} ${change.before} -> ${change.after}"
        }
    }

    private fun costs(): String {
        val table = TextTable()
        table.row("parameters", count(before.trained + before.fixed, after.trained + after.fixed))
        table.row("operations forward", formula(before.forward, after.forward))
        table.row("forward and backward", formula(before.training, after.training))
        table.row("kept for the backward", formula(before.activations, after.activations))
        table.row("cache of each token", cache(before.cache, after.cache))
        return "$table"
    }

    private fun count(before: BigInteger, after: BigInteger): String {
        if (before == after) return "${grouped(after)}, the same"
        val more = after - before
        return "${grouped(before)} -> ${grouped(after)} (${if (more.signum() > 0) "+" else ""}${grouped(more)})"
    }

    private fun formula(before: Dim, after: Dim): String =
        when {
            before == after -> "${told(after)}, the same"
            before.isKnown && after.isKnown -> count(before.number, after.number)
            else -> "${told(before)} -> ${told(after)}"
        }

    private fun cache(before: Cache, after: Cache): String =
        if (before == after) "${cache(after)}, the same" else "${cache(before)} -> ${cache(after)}"

    private fun cache(cache: Cache): String =
        when (cache) {
            is Cache.None -> "none"
            is Cache.PerToken -> "${told(cache.bytes)} bytes"
        }
}

/** A block of two models' [Equations] that is not the same. */
public data class ChangedBlock(public val title: String, public val lines: List<String>)
