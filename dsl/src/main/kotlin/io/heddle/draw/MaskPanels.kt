package io.heddle.draw

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.messages.PictureMessages
import io.heddle.model.Model
import io.heddle.rules.AttentionPlace
import io.heddle.rules.attentions
import io.heddle.terms.MaskView
import io.heddle.terms.Sight

/** What one head of one attention sees: for each query from the top, its keys from the left. */
internal data class Seen(val rows: List<List<Sight>>)

/** What [heads] of [places] see, on [scale]; all of them see the same. */
internal data class MaskPanel(
    val seen: Seen,
    val scale: MaskScale,
    val places: List<AttentionPlace>,
    val heads: List<Int>,
)

/** What one head sees, and on which scale. */
private data class Sketched(val seen: Seen, val scale: MaskScale, val heads: List<Int>)

/**
 * The pictures of what the attentions at [text] see, each once, at [size] positions or as many as their masks ask for.
 */
internal class MaskPanels(private val model: Model, private val text: String, private val size: Int?) {
    fun panels(): List<MaskPanel> {
        if (size != null && size !in 1..MaskScale.MOST)
            throw ProblemsException(PictureMessages.sizeIsNone(size, MaskScale.MOST).at(model.name))
        val places = model.attentions(text)
        val found = LinkedHashMap<List<Sketched>, MutableList<AttentionPlace>>()
        val known = HashMap<Any, List<Sketched>>()
        places.forEach { place ->
            val scale = MaskScale.of(model, place, size)
            val layer = if (drawn(place)) place.layer else 0
            val same = listOf(place.attention.mask, place.attention.heads, scale, layer)
            found.getOrPut(known.getOrPut(same) { heads(place, scale) }) { mutableListOf() } += place
        }
        val panels = found.flatMap { (heads, places) -> heads.map { MaskPanel(it.seen, it.scale, places, it.heads) } }
        if (panels.size > MOST) throw ProblemsException(tooMany(panels.size, places))
        return panels
    }

    /** Whether it draws at random, anew in each layer. */
    private fun drawn(place: AttentionPlace) = "Random(" in "${place.attention.mask}"

    private fun heads(place: AttentionPlace, scale: MaskScale): List<Sketched> {
        val perHead = drawn(place) || "PerHead(" in "${place.attention.mask}"
        val heads = place.attention.heads
        val asked = if (perHead) 0 until heads else 0..0
        val found = LinkedHashMap<Seen, MutableList<Int>>()
        asked.forEach { head -> found.getOrPut(seen(place, scale, head)) { mutableListOf() } += head }
        return found.map { (seen, those) -> Sketched(seen, scale, if (perHead) those else (0 until heads).toList()) }
    }

    private fun seen(place: AttentionPlace, scale: MaskScale, head: Int): Seen {
        // What is remembered counts among the keys, and every query stands after all of it.
        val (left, before) = scale.remembered - scale.memory to scale.remembered.toLong()
        val length = (left + scale.keys).toLong()
        val columns = if (scale.remembered == 0) scale.columns.toLong() else length
        val view = MaskView(length, columns, head, place.attention.heads, place.layer)
        val keys = left until length
        return Seen(
            (0 until scale.queries).map { q -> keys.map { k -> place.attention.mask.sight(before + q, k, view) } }
        )
    }

    private fun tooMany(count: Int, places: List<AttentionPlace>): Problem {
        val facts = listOf(Fact("attentions", "${places.size}"), Fact("masks that differ", "$count"))
        return PictureMessages.tooManyMasks(text, MOST, places.first().path).at(model.name, facts)
    }

    private companion object {
        const val MOST = 32
    }
}
