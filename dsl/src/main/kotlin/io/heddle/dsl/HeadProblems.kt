package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.model.Origin

/** What is said of heads that do not share a width evenly. */
internal object HeadProblems {
    fun uneven(path: String, heads: Int, origin: Origin, width: Int, widthOrigin: Origin): Problem {
        val facts =
            listOf(
                Fact("width", "$width", widthOrigin.says, widthOrigin.where),
                Fact("heads", "$heads", origin.says, origin.where),
            )
        val below = width / heads * heads
        val widths = if (below > 0) "$below or ${below + heads}" else "${below + heads}"
        val divisor = (minOf(heads, width) downTo 1).first { width % it == 0 }
        val mend = "$width is not a multiple of $heads. Try width = $widths, or heads = $divisor."
        return Problem(path, "heads do not divide width", facts, mend)
    }
}
