package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.model.Extent
import io.heddle.model.InputComponent
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.model.extent
import io.heddle.model.inputBelow
import io.heddle.model.word

/** A value of the part at [path], with the words that said it; a path may name the property that it stands in. */
internal fun Model.fact(name: String, value: Any, path: String): Fact {
    val origin = origins[path.word(name)]
    return Fact(name, "$value", origin.says, origin.where)
}

/** A value that an edit said of the part at [path] beside what was told of it; nothing where no edit did. */
internal fun Model.edited(name: String, value: Any, path: String, property: String = name): List<Fact> =
    if (origins[path.word(property)] == origins[path]) emptyList() else listOf(fact(name, value, path.word(property)))

/** That an edit took [name] away, which nobody else took for something that was never there. */
internal fun Model.removed(name: String): List<Fact> = edited(name, "removed", name, REMOVED)

/** The property of what is there no more. */
internal const val REMOVED = "removed"

/**
 * How the positions of [path] lie; null where what it is made of is not sound, or several have its name: others tell
 * that.
 */
internal fun Model.soundExtent(path: String): Extent? {
    var at = components.size
    var name = path.substringBefore('/')
    while (true) {
        if (components.count { it.name == name } != 1) return null
        at = components.take(at).indexOfLast { it.name == name }
        name =
            when (val component = components.getOrNull(at) as? SequenceComponent) {
                null -> return null
                is InputComponent -> return extent(path)
                is Stack -> component.input
                is NormComponent -> component.input
                is MergedPatches -> component.input
            }
    }
}

/** The input at the bottom of [path]; null where what it is made of is not sound. */
internal fun Model.soundBottom(path: String): String? = if (soundExtent(path) == null) null else inputBelow(path)
