package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.model.Model
import io.heddle.terms.Blocks
import io.heddle.terms.Both
import io.heddle.terms.Causal
import io.heddle.terms.Either
import io.heddle.terms.Everything
import io.heddle.terms.Except
import io.heddle.terms.Given
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.PerHead
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.heddle.terms.Window
import io.heddle.terms.Windows2d

/** The numbers of a mask, and of the masks that it is made of, make sense for an attention of [heads] at [path]. */
internal class MaskRules(private val model: Model, private val path: String, private val heads: Int) {
    fun problems(mask: Mask): List<Problem> =
        when (mask) {
            is Causal,
            is Everything,
            is Given,
            is Self -> emptyList()
            is Both -> problems(mask.first) + problems(mask.second)
            is Either -> problems(mask.first) + problems(mask.second)
            is Except -> problems(mask.hidden)
            is Window -> window(mask)
            is Global ->
                unless(
                    mask.positions.isNotEmpty(),
                    "nothing is global",
                    "positions",
                    "none",
                    "Global(0) is the first position.",
                )
            is Random ->
                unless(
                    mask.count > 0,
                    "nothing is drawn",
                    "count",
                    mask.count,
                    "Random(3, seed = 0) draws three keys for every query.",
                )
            is Blocks ->
                unless(
                    mask.size > 0,
                    "a block has no positions",
                    "size",
                    mask.size,
                    "Blocks(64) cuts a sequence into pieces of 64.",
                ) + problems(mask.mask)
            is Windows2d -> windows2d(mask)
            is PerHead -> perHead(mask)
        }

    private fun unless(fine: Boolean, title: String, word: String, value: Any, mend: String): List<Problem> =
        if (fine) emptyList() else listOf(Problem(path, title, listOf(model.fact(word, value, path)), mend))

    private fun window(mask: Window): List<Problem> =
        unless(
            mask.reach >= 0,
            "a window reaches less than nothing",
            "reach",
            mask.reach,
            "Window(0) is a token alone, Window(128) 128 more on each side.",
        ) +
            unless(
                mask.dilation > 0,
                "a window has no steps",
                "dilation",
                mask.dilation,
                "Window(64, dilation = 4) sees every fourth key; leave dilation out to see each.",
            )

    private fun windows2d(mask: Windows2d): List<Problem> =
        unless(mask.size > 0, "a window has no rows", "size", mask.size, "Windows2d(7) is 7 rows of 7 positions.") +
            unless(
                mask.size <= 0 || mask.shift in 0 until mask.size,
                "windows are moved further than they are wide",
                "shift",
                mask.shift,
                "Say a shift from 0 to ${mask.size - 1}; ${mask.size / 2} is usual.",
            )

    private fun perHead(mask: PerHead): List<Problem> {
        val count = mask.masks.size
        val mend = "Groups of equally many heads have a mask each: say as many masks as divide $heads."
        val fits = count > 0 && (heads < 1 || heads % count == 0)
        return unless(fits, "masks do not divide heads", "masks", count, mend) + mask.masks.flatMap { problems(it) }
    }
}
