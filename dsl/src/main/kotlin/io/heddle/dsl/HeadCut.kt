package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.messages.AttentionMessages
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.CrossAttention
import io.heddle.model.Origin
import io.heddle.model.Part
import io.heddle.model.PathPattern

/** The sizes of heads that an edit says; what is null stays, or follows from what is said. */
internal class HeadCut(
    private val heads: Int?,
    private val keyValueHeads: Int?,
    private val headWidth: Int?,
    private val valueWidth: Int?,
) {
    private val sizes =
        listOf("heads" to heads, "keyValueHeads" to keyValueHeads, "headWidth" to headWidth, "valueWidth" to valueWidth)

    /** The words of the edit, with the sizes that it says. */
    fun call(verb: String, path: String): String = EditCall.of(verb, path, sizes)

    fun of(part: Attention, width: Int): Attention =
        part.copy(
            heads = heads ?: part.heads,
            keyValueHeads = keyValues(part),
            headWidth = queries(part, width),
            valueWidth = values(part, width),
        )

    fun of(part: CrossAttention, width: Int): CrossAttention =
        part.copy(
            heads = heads ?: part.heads,
            keyValueHeads = keyValues(part),
            headWidth = queries(part, width),
            valueWidth = values(part, width),
        )

    private fun keyValues(part: Attending) = keyValueHeads ?: heads ?: part.keyValueHeads

    private fun queries(part: Attending, width: Int) =
        headWidth ?: if (heads == null) part.headWidth else width / maxOf(heads, 1) // The rules tell of no heads.

    private fun values(part: Attending, width: Int) =
        valueWidth ?: if (heads == null && headWidth == null) part.valueWidth else queries(part, width)

    /** Tells where heads do not share the width evenly, and forgets where those before them did not. */
    inline fun <reified Kind : Part> tell(edited: Edited, path: String, origin: Origin) {
        if (heads == null && headWidth == null) return
        val places = edited.parts.fitting<Kind>(PathPattern(path))
        edited.settle(places.mapTo(HashSet()) { it.path })
        if (heads != null && headWidth == null) tellUneven(edited, places, heads, origin)
    }

    private fun tellUneven(edited: Edited, places: List<Placed>, heads: Int, origin: Origin) {
        val said = Fact("heads", "$heads", origin.says, origin.where)
        val uneven = places.filter { heads > 0 && it.stack.width % heads != 0 }
        edited.find(
            uneven.map { place ->
                val width = place.stack.width
                val from = edited.widthOrigin(place.stack)
                AttentionMessages.headsDoNotDivideWidth(width, heads)
                    .at(place.path, Fact("width", "$width", from.says, from.where), said)
            }
        )
    }
}
