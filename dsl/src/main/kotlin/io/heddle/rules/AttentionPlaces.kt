@file:JvmName("Attentions")

package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.messages.PictureMessages
import io.heddle.model.Attending
import io.heddle.model.Model
import io.heddle.model.PathPattern
import io.heddle.model.Stack

/** An attention of a model, in layer [layer] of the stack named [stack]. */
public data class AttentionPlace(
    public val path: String,
    public val stack: String,
    public val layer: Int,
    public val attention: Attending,
)

/** Every attention of a model, in the order in which they stand. */
public fun Model.attentions(): List<AttentionPlace> =
    all<Stack>().flatMap { stack ->
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts.filterIsInstance<Attending>().map {
                AttentionPlace("${stack.name}/$number/${it.name}", stack.name, number, it)
            }
        }
    }

/**
 * The attentions that [text] means: one by its path, those that it fits as a pattern, or the only one whose path begins
 * with it.
 *
 * @throws ProblemsException where it means none, or only begins the paths of several
 */
public fun Model.attentions(text: String): List<AttentionPlace> {
    val all = attentions()
    val fitting = all.filter { PathPattern(text).fits(it.path) }
    val begun = all.filter { text.isNotEmpty() && it.path.startsWith(text) }
    return when {
        fitting.isNotEmpty() -> fitting
        begun.size == 1 -> begun
        begun.size > 1 -> throw ProblemsException(several(text, begun))
        else -> throw ProblemsException(none(text, all))
    }
}

private fun Model.several(text: String, begun: List<AttentionPlace>): Problem =
    PictureMessages.beginsSeveral(text, begun.size, begun.first().path).at(name, known(begun))

private fun Model.none(text: String, all: List<AttentionPlace>): Problem {
    val facts = if (all.isEmpty()) emptyList() else listOf(known(all))
    return PictureMessages.noAttention(text, all.map { it.path }).at(name, facts)
}

private fun known(places: List<AttentionPlace>): Fact {
    val more = if (places.size > SHOWN) " and ${places.size - SHOWN} more" else ""
    return Fact("attentions", places.take(SHOWN).joinToString { it.path } + more)
}

private const val SHOWN = 4
