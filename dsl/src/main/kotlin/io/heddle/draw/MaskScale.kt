package io.heddle.draw

import io.heddle.model.Attention
import io.heddle.model.ClassToken
import io.heddle.model.CrossAttention
import io.heddle.model.Extent
import io.heddle.model.Model
import io.heddle.model.extent
import io.heddle.rules.AttentionPlace
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
import kotlin.math.ceil
import kotlin.math.sqrt

/**
 * How much a picture shows: [queries] and [keys], the first [memory] of which are of [remembered] that are left of
 * before; and how many keys are a row of a picture where they are pixels.
 */
internal data class MaskScale(val queries: Int, val keys: Int, val columns: Int, val memory: Int, val remembered: Int) {
    companion object {
        /** No picture shows more positions. */
        const val MOST = 2048

        /** The scale of a picture of [place] that shows [size] positions, or as many as show what its mask does. */
        fun of(model: Model, place: AttentionPlace, size: Int?): MaskScale {
            val natural = natural(place.attention.mask)
            return when (val attention = place.attention) {
                is CrossAttention -> {
                    val keys = length(model.extent(attention.from), size, natural)
                    val queries = length(model.extent(place.stack), size, natural)
                    MaskScale(queries, keys, columns(model.extent(attention.from), keys), 0, 0)
                }
                is Attention -> {
                    val extent = model.extent(place.stack)
                    val long = if (attention.memory <= LONG) maxOf(natural, attention.memory) else natural
                    val length = length(extent, size, long)
                    val memory = if (attention.memory <= 2 * length) attention.memory else length
                    MaskScale(length, memory + length, columns(extent, length), memory, attention.memory)
                }
            }
        }

        private fun length(extent: Extent, size: Int?, natural: Int): Int =
            size
                ?: when (extent) {
                    is Extent.Grid -> minOf(extent.count, natural.toLong()).toInt()
                    is Extent.Row -> minOf(extent.count, natural)
                    is Extent.Open,
                    is Extent.OpenGrid -> natural
                }

        private fun columns(extent: Extent, length: Int): Int {
            val flat = extent !is Extent.Grid || extent.classToken != ClassToken.None
            return when {
                flat && extent !is Extent.OpenGrid -> length
                extent is Extent.Grid && length.toLong() == extent.count -> extent.columns
                else -> ceil(sqrt(length.toDouble())).toInt()
            }
        }

        /** So many positions that the borders of what [mask] lets through are inside of them. */
        private fun natural(mask: Mask): Int = needed(mask).coerceIn(FEWEST, MOST.toLong()).toInt()

        private fun needed(mask: Mask): Long =
            when (mask) {
                is Everything,
                is Causal,
                is Self,
                is Given -> FEWEST
                is Window -> if (mask.dilation == 1) REACHES * mask.reach else FEWEST * mask.dilation
                is Global -> 2L * mask.positions.maxOf { if (it < 0) -it else it + 1 }
                is Random -> REACHES * mask.count
                is Blocks -> maxOf(needed(mask.mask), BLOCKS) * mask.size
                is Windows2d -> 2L * mask.size * 2L * mask.size
                is Both -> maxOf(needed(mask.first), needed(mask.second))
                is Either -> maxOf(needed(mask.first), needed(mask.second))
                is Except -> needed(mask.hidden)
                is PerHead -> mask.masks.maxOf { needed(it) }
            }

        private const val FEWEST = 16L

        /** A memory that is no longer is shown whole, before as many positions. */
        private const val LONG = 512
        private const val REACHES = 4L
        private const val BLOCKS = 12L
    }
}
