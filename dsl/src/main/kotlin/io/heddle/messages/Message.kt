package io.heddle.messages

import io.heddle.check.Fact
import io.heddle.check.Problem

/**
 * The words of a problem; every one that the language can tell is made in this package, one object a topic.
 *
 * @property title what is wrong, in one line without a full stop
 * @property mend what to change, in the words of the one who reads it
 */
internal data class Message(val title: String, val mend: String) {
    /** The problem at [place], which [facts] led to. */
    fun at(place: String, facts: List<Fact>): Problem = Problem(place, title, facts, mend)

    /** The problem at [place], which [facts] led to. */
    fun at(place: String, vararg facts: Fact): Problem = at(place, facts.toList())
}

/** What may be named instead. */
internal fun nameOneOf(known: Collection<String>): String =
    if (known.isEmpty()) "Describe one first: there is none yet." else "Name one of: ${listed(known)}."

/** The first of many names, and how many more there are. */
internal fun listed(names: Collection<String>): String =
    names.take(SHOWN).joinToString() + if (names.size > SHOWN) " and ${names.size - SHOWN} more" else ""

private const val SHOWN = 8
