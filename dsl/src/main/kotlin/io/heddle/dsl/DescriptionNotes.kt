package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.AttentionMessages
import io.heddle.model.Origin

/** What is noted beside a description: who said each path, and what was found wrong. */
internal class DescriptionNotes {
    private val origin = LinkedHashMap<String, Origin>()
    private val found = mutableListOf<Problem>()
    private val uneven = LinkedHashMap<String, Int>()

    val origins: Map<String, Origin>
        get() = origin

    val findings: List<Problem>
        get() = found.toList()

    fun origin(path: String, origin: Origin) {
        this.origin[path] = origin
    }

    fun find(problem: Problem) {
        found += problem
    }

    /** Notes that [heads] at [path] do not share the width evenly. */
    fun share(path: String, heads: Int) {
        uneven[path] = heads
    }

    /** Tells of the heads that do not share a [width] which [widthOrigin] said. */
    fun tellShares(width: Int, widthOrigin: Origin) {
        uneven.forEach { (path, heads) ->
            val said = origin.getValue(path)
            val wide = Fact("width", "$width", widthOrigin.says, widthOrigin.where)
            val many = Fact("heads", "$heads", said.says, said.where)
            find(AttentionMessages.headsDoNotDivideWidth(width, heads).at(path, wide, many))
        }
        uneven.clear()
    }

    /** Takes over the notes of a piece that now stands at [path]. */
    fun include(path: String, notes: DescriptionNotes) {
        notes.origin.forEach { (inner, origin) -> origin("$path/$inner", origin) }
        notes.uneven.forEach { (inner, heads) -> share("$path/$inner", heads) }
        notes.found.forEach { find(it.copy(place = if (it.place.isEmpty()) path else "$path/${it.place}")) }
    }
}
