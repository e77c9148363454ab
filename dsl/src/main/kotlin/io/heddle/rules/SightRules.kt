package io.heddle.rules

import io.heddle.messages.MaskMessages
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.ClassToken
import io.heddle.model.CrossAttention
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
import io.heddle.terms.Window
import io.heddle.terms.Windows2d
import io.heddle.terms.differsByHead
import io.heddle.terms.seenKeys

/**
 * Every query sees a key: at the lengths that are known, or where one is not, at some length of all that were tried.
 */
internal class SightRules(private val findings: Findings) {
    private val model = findings.model

    private data class Looked(val mask: Mask, val queries: Extent, val keys: Extent, val heads: Int)

    /** How many positions there are, and how many in a row of the picture that they make. */
    private data class Positions(val count: Long, val columns: Long)

    private val answers = HashMap<Looked, List<Long>>()

    /** How much may still be asked of masks; a position that was not asked about is taken to see. */
    private var left = MOST_ASKED

    fun check() =
        model.all<Stack>().forEach { stack ->
            val queries = model.soundExtent(stack.name) ?: return@forEach
            stack.layers.forEachIndexed { number, layer ->
                layer.parts.filterIsInstance<Attending>().forEach { part ->
                    val path = "${stack.name}/$number/${part.name}"
                    val keys = if (part is CrossAttention) model.soundExtent(part.from) else queries
                    // What a broken mask sees is not worth telling.
                    if (
                        keys != null &&
                            part.heads > 0 &&
                            MaskRules(model, path, part.heads).problems(part.mask).isEmpty()
                    )
                        look(path, part, Looked(part.mask, queries, keys, part.heads))
                }
            }
        }

    private fun look(path: String, part: Attending, looked: Looked) {
        val blind = answers.getOrPut(looked) { blind(looked) }
        if (blind.isEmpty()) return
        val shown = blind.take(SHOWN).joinToString() + if (blind.size > SHOWN) " and ${blind.size - SHOWN} more" else ""
        val facts = listOf(model.fact("mask", part.mask, path), model.fact("positions", shown, path.word("mask")))
        val message =
            when (part) {
                is Attention -> MaskMessages.positionsSeeNothing("${part.mask}")
                is CrossAttention -> MaskMessages.positionsSeeNothingOf(part.from)
            }
        findings.tell(message.at(path, facts))
    }

    private fun blind(looked: Looked): List<Long> {
        val tried =
            if (looked.queries == looked.keys) positions(looked.keys).map { it to it }
            else positions(looked.queries).flatMap { queries -> positions(looked.keys).map { queries to it } }
        return tried
            .map { (queries, keys) -> blind(looked, queries.count, keys).toSet() }
            .reduce { some, more -> some intersect more }
            .toList()
    }

    private fun positions(extent: Extent): List<Positions> =
        when (extent) {
            is Extent.Row -> listOf(Positions(extent.count.toLong(), extent.count.toLong()))
            is Extent.Grid -> {
                val columns = if (extent.classToken == ClassToken.None) extent.columns.toLong() else extent.count
                listOf(Positions(extent.count, columns))
            }
            is Extent.Open,
            is Extent.OpenGrid -> TRIED.map { Positions(it, it) }
        }

    private fun blind(looked: Looked, queries: Long, keys: Positions): List<Long> {
        val heads = if (looked.mask.differsByHead) looked.heads else 1
        val cost = cost(looked.mask, keys.count)
        return (0 until minOf(queries, MOST)).filter { query ->
            (0 until heads).any { head ->
                left -= cost
                left > 0 &&
                    looked.mask.seenKeys(query, MaskView(keys.count, keys.columns, head, looked.heads, 0)).isEmpty
            }
        }
    }

    /** How much there is to do to ask [mask] for the keys of one query, about in words of memory. */
    private fun cost(mask: Mask, length: Long): Long =
        when (mask) {
            is Causal,
            is Everything,
            is Self -> length / WORD + 1
            is Window -> length / WORD + if (mask.dilation == 1) 1L else minOf(2L * mask.reach + 1, length)
            is Global -> length / WORD + mask.positions.size
            is Given,
            is Windows2d -> length
            is Both -> length / WORD + 1 + cost(mask.first, length) + cost(mask.second, length)
            is Either -> length / WORD + 1 + cost(mask.first, length) + cost(mask.second, length)
            is Except -> length / WORD + 1 + cost(mask.hidden, length)
            is Blocks -> length / mask.size + 1 + cost(mask.mask, length / mask.size + 1)
            is PerHead -> mask.masks.maxOf { cost(it, length) }
            is Random -> DRAW * minOf(mask.count.toLong(), length)
        }

    private companion object {
        const val SHOWN = 3

        /** More positions than this say nothing that fewer do not. */
        const val MOST = 4096L
        const val MOST_ASKED = 1L shl 26
        const val WORD = 64L

        /** A random key takes about as long as this many words. */
        const val DRAW = 32L

        /** Lengths, of which a mask that hides everything at one may well be fine at another. */
        val TRIED = listOf(2L, 3L, 5L, 17L, 64L)
    }
}
