package io.heddle.dsl

import io.heddle.describe.SerialValues
import io.heddle.model.Component
import io.heddle.model.Part
import io.heddle.model.Stack
import kotlinx.serialization.json.JsonObject

/** The properties that an edit gave another value, for the words that said so are those of the edit. */
internal class ChangedWords {
    private val parts = HashMap<Pair<Part, Part>, Set<String>>() // Layers are alike, and thousands.

    fun of(before: Part, after: Part): Set<String> =
        parts.getOrPut(before to after) {
            if (before == after) emptySet() else differing(SerialValues.of(before), SerialValues.of(after))
        }

    fun of(before: Component, after: Component): Set<String> {
        if (before !is Stack || after !is Stack) return differing(SerialValues.of(before), SerialValues.of(after))
        val layers = if (before.layers.size == after.layers.size) emptySet() else setOf("layers")
        return layers + differing(SerialValues.of(bare(before)), SerialValues.of(bare(after)))
    }

    /** What layers hold is the parts' own. */
    private fun bare(stack: Stack) = stack.copy(layers = emptyList())

    private fun differing(before: JsonObject, after: JsonObject): Set<String> =
        (before.keys + after.keys).filterTo(HashSet()) { before[it] != after[it] }
}
