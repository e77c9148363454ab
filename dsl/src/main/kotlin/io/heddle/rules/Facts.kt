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

/** A value of the part at [path], with the words that said it. */
internal fun Model.fact(name: String, value: Any, path: String): Fact {
    val origin = origins[path]
    return Fact(name, "$value", origin.says, origin.where)
}

/** How the positions of [path] lie; null where what it is made of is not sound, which other rules tell. */
internal fun Model.soundExtent(path: String): Extent? {
    var at = components.size
    var name = path.substringBefore('/')
    while (true) {
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
