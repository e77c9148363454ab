package io.heddle.rules

import io.heddle.messages.MaskMessages
import io.heddle.model.Attention
import io.heddle.model.ClassToken
import io.heddle.model.Extent
import io.heddle.model.Stack
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
import io.heddle.terms.MaskView
import io.heddle.terms.PerHead
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.heddle.terms.Sight
import io.heddle.terms.Window
import io.heddle.terms.Windows2d

/** Every query sees a key: at the length that is known, or where none is, at some length of all that were tried. */
internal class SightRules(private val findings: Findings) {
    private val model = findings.model

    private data class Looked(val mask: Mask, val extent: Extent, val heads: Int)

    private val answers = HashMap<Looked, List<Long>>()

    /** How often a mask may still be asked; a position that it was not asked about is taken to see. */
    private var left = MOST_ASKED

    fun check() {
        if (findings.problems.isNotEmpty()) return // What a broken mask sees is not worth telling.
        model.all<Stack>().forEach { stack ->
            val extent = model.soundExtent(stack.name) ?: return@forEach
            stack.layers.forEachIndexed { number, layer ->
                layer.parts.filterIsInstance<Attention>().forEach { part ->
                    val blind = answers.getOrPut(Looked(part.mask, extent, part.heads)) { blind(part, extent) }
                    if (blind.isNotEmpty()) tell("${stack.name}/$number/${part.name}", part.mask, blind)
                }
            }
        }
    }

    private fun tell(path: String, mask: Mask, blind: List<Long>) {
        val shown = blind.take(SHOWN).joinToString() + if (blind.size > SHOWN) " and ${blind.size - SHOWN} more" else ""
        val facts = listOf(model.fact("mask", mask, path), model.fact("positions", shown, path.word("mask")))
        findings.tell(MaskMessages.positionsSeeNothing("$mask").at(path, facts))
    }

    private fun blind(part: Attention, extent: Extent): List<Long> =
        when (extent) {
            is Extent.Row -> blind(part, extent.count.toLong(), extent.count.toLong())
            is Extent.Grid ->
                if (extent.classToken == ClassToken.None) blind(part, extent.count, extent.columns.toLong())
                else blind(part, extent.count, extent.count)
            is Extent.Open,
            is Extent.OpenGrid ->
                TRIED.map { blind(part, it, it).toSet() }.reduce { some, more -> some intersect more }.toList()
        }

    private fun blind(part: Attention, length: Long, columns: Long): List<Long> =
        (0 until minOf(length, MOST))
            .takeWhile { left > 0 }
            .filter { query ->
                (0 until part.heads)
                    .asSequence()
                    .takeWhile { left > 0 }
                    .any { head -> isBlind(part.mask, query, MaskView(length, columns, head, part.heads, 0)) }
            }

    private fun isBlind(mask: Mask, query: Long, view: MaskView): Boolean {
        val cost = cost(mask, view.length)
        fun hidden(key: Long): Boolean {
            left -= cost
            return left > 0 && mask.sight(query, key, view) == Sight.Hidden
        }
        return hidden(query) && (0 until view.length).all { hidden(it) }
    }

    /** How much there is to do to ask [mask] once. */
    private fun cost(mask: Mask, length: Long): Long =
        when (mask) {
            is Causal,
            is Everything,
            is Given,
            is Self,
            is Window,
            is Windows2d -> 1
            is Both -> cost(mask.first, length) + cost(mask.second, length)
            is Either -> cost(mask.first, length) + cost(mask.second, length)
            is Except -> cost(mask.hidden, length)
            is Blocks -> cost(mask.mask, length)
            is PerHead -> mask.masks.sumOf { cost(it, length) }
            is Global -> mask.positions.size.toLong()
            is Random -> minOf(mask.count.toLong(), length)
        }

    private companion object {
        const val SHOWN = 3

        /** More positions than this say nothing that fewer do not. */
        const val MOST = 4096L
        const val MOST_ASKED = 1L shl 24

        /** Lengths, of which a mask that hides everything at one may well be fine at another. */
        val TRIED = listOf(2L, 3L, 5L, 17L, 64L)
    }
}
