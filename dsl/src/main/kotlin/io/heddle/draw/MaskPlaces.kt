package io.heddle.draw

import io.heddle.check.Fact
import io.heddle.check.Nearest
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.model.Attending
import io.heddle.model.Model
import io.heddle.model.PathPattern
import io.heddle.model.Stack

/** An attention of a model, in layer [layer] of the stack named [stack]. */
internal data class MaskPlace(val path: String, val stack: String, val layer: Int, val attention: Attending)

/** Every attention of a model, in the order in which they stand. */
internal fun Model.attentions(): List<MaskPlace> =
    all<Stack>().flatMap { stack ->
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts.filterIsInstance<Attending>().map {
                MaskPlace("${stack.name}/$number/${it.name}", stack.name, number, it)
            }
        }
    }

/**
 * The attentions that [text] means: one by its path, those that it fits as a pattern, or the only one whose path begins
 * with it.
 *
 * @throws ProblemsException where it means none, or only begins the paths of several
 */
internal fun Model.attentions(text: String): List<MaskPlace> {
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

private fun Model.several(text: String, begun: List<MaskPlace>): Problem {
    val mend = "Write more of it, for example \"${begun.first().path}\"."
    return Problem(name, "\"$text\" begins the paths of ${begun.size} attentions", listOf(known(begun)), mend)
}

private fun Model.none(text: String, all: List<MaskPlace>): Problem {
    val near = Nearest.of(text, all.map { it.path })
    val mend =
        when {
            all.isEmpty() -> "A mask belongs to an attention, and this model has none."
            near != null -> "Did you mean \"$near\"?"
            else -> "Write the path of an attention, or a pattern: * is any word, ** any number of words."
        }
    val facts = if (all.isEmpty()) emptyList() else listOf(known(all))
    return Problem(name, "no attention is at \"$text\"", facts, mend)
}

private fun known(places: List<MaskPlace>): Fact {
    val more = if (places.size > SHOWN) " and ${places.size - SHOWN} more" else ""
    return Fact("attentions", places.take(SHOWN).joinToString { it.path } + more)
}

private const val SHOWN = 4
