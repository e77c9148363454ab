package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.messages.MaskMessages
import io.heddle.messages.Message
import io.heddle.model.Model
import io.heddle.model.word
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
            is Global -> unless(mask.positions.isNotEmpty(), "positions", "none", MaskMessages.nothingIsGlobal())
            is Random -> unless(mask.count > 0, "count", mask.count, MaskMessages.nothingIsDrawn())
            is Blocks ->
                unless(mask.size > 0, "size", mask.size, MaskMessages.blockHasNoPositions()) + problems(mask.mask)
            is Windows2d -> windows2d(mask)
            is PerHead -> perHead(mask)
        }

    private fun unless(fine: Boolean, word: String, value: Any, message: Message): List<Problem> =
        if (fine) emptyList() else listOf(message.at(path, model.fact(word, value, path.word("mask"))))

    private fun window(mask: Window): List<Problem> =
        unless(mask.reach >= 0, "reach", mask.reach, MaskMessages.windowReachesLessThanNothing()) +
            unless(mask.dilation > 0, "dilation", mask.dilation, MaskMessages.windowHasNoSteps())

    private fun windows2d(mask: Windows2d): List<Problem> {
        val fits = mask.size <= 0 || mask.shift in 0 until mask.size
        return unless(mask.size > 0, "size", mask.size, MaskMessages.windowHasNoRows()) +
            unless(fits, "shift", mask.shift, MaskMessages.windowsAreMovedTooFar(mask.size))
    }

    private fun perHead(mask: PerHead): List<Problem> {
        val count = mask.masks.size
        val fits = count > 0 && (heads < 1 || heads % count == 0)
        return unless(fits, "masks", count, MaskMessages.masksDoNotDivideHeads(heads)) +
            mask.masks.flatMap { problems(it) }
    }
}
