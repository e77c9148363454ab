package io.heddle.rules

import io.heddle.messages.MaskMessages
import io.heddle.model.Attention
import io.heddle.model.ClassToken
import io.heddle.model.Extent
import io.heddle.model.Stack
import io.heddle.terms.Mask
import io.heddle.terms.MaskView
import io.heddle.terms.Sight

/** Every query sees a key: at the length that is known, or where none is, at some length of all that were tried. */
internal class SightRules(private val findings: Findings) {
    private val model = findings.model

    private data class Looked(val mask: Mask, val extent: Extent, val heads: Int)

    private val answers = HashMap<Looked, List<Long>>()

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
        val facts = listOf(model.fact("mask", mask, path), model.fact("positions", shown, path))
        findings.tell(MaskMessages.positionsSeeNothing("$mask").at(path, facts))
    }

    private fun blind(part: Attention, extent: Extent): List<Long> =
        when (extent) {
            is Extent.Row -> blind(part, extent.count.toLong(), extent.count.toLong())
            is Extent.Grid ->
                if (extent.classToken == ClassToken.None) blind(part, extent.count.toLong(), extent.columns.toLong())
                else blind(part, extent.count.toLong(), extent.count.toLong())
            is Extent.Open,
            is Extent.OpenGrid ->
                TRIED.map { blind(part, it, it).toSet() }.reduce { some, more -> some intersect more }.toList()
        }

    private fun blind(part: Attention, length: Long, columns: Long): List<Long> =
        (0 until minOf(length, MOST)).filter { query ->
            (0 until part.heads).any { head ->
                val view = MaskView(length, columns, head, part.heads, 0)
                fun hidden(key: Long) = part.mask.sight(query, key, view) == Sight.Hidden
                hidden(query) && (0 until length).all { hidden(it) }
            }
        }

    private companion object {
        const val SHOWN = 3

        /** More positions than this say nothing that fewer do not. */
        const val MOST = 4096L

        /** Lengths, of which a mask that hides everything at one may well be fine at another. */
        val TRIED = listOf(2L, 3L, 5L, 17L, 64L)
    }
}
