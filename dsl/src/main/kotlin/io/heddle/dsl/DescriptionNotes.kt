package io.heddle.dsl

import io.heddle.check.Problem
import io.heddle.model.Origin

/** What is noted beside a description: who said each path, and what was found wrong. */
internal class DescriptionNotes {
    private val origin = LinkedHashMap<String, Origin>()
    private val found = mutableListOf<Problem>()

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

    /** Takes over the notes of a piece that now stands at [path]. */
    fun include(path: String, notes: DescriptionNotes) {
        notes.origin.forEach { (inner, origin) -> origin("$path/$inner", origin) }
        notes.found.forEach { find(it.copy(place = if (it.place.isEmpty()) path else "$path/${it.place}")) }
    }
}
