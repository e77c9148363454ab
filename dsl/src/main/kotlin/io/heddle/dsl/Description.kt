package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.messages.DescriptionMessages
import io.heddle.messages.NameMessages
import io.heddle.model.Component
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.model.Origin
import io.heddle.model.SequenceComponent

/**
 * A model while it is described: what was said so far, and what was noted beside it.
 *
 * @param around the model that the description is a piece of, where it is one
 */
internal class Description(
    val name: String,
    val width: Int,
    origin: Origin,
    private val around: Model = Model(name, width, emptyList(), emptyList(), emptyList()),
    defaults: Defaults = Defaults(),
) {
    val components = mutableListOf<Component>()
    val objectives = mutableListOf<Objective>()
    val frozen = mutableListOf<String>()
    val notes = DescriptionNotes().apply { origin("", origin) }
    var defaults = defaults
        private set

    private val unnamed = mutableListOf<Unnamed<*>>()

    /** The component named [name], if it was described. */
    fun find(name: String): Component? = known.find { it.name == name }

    /** All components that may be read. */
    val known: List<Component>
        get() = components + around.components

    fun origin(path: String): Origin = notes.origins[path] ?: around.origins[path]

    /** The words that say how wide [input] is. */
    fun widthOrigin(input: SequenceComponent): Origin = origin(if (input.width == width) "" else input.name)

    fun choose(choice: String, value: Any, change: Defaults.() -> Defaults) {
        defaults = defaults.change()
        if (components.isEmpty() && unnamed.isEmpty()) return
        val origin = Caller.origin("$choice = $value")
        val said = Fact(choice, "$value", origin.says, origin.where)
        val first = components.firstOrNull()?.name ?: unnamed.first().verb
        notes.find(DescriptionMessages.saidTooLate(choice, first).at(name, said))
    }

    /** A component that [make] makes once its name is known; [says] are the words that asked for it. */
    fun <Kind : Component> unnamed(verb: String, says: String, make: (String) -> Kind): Unnamed<Kind> {
        val origin = Caller.origin(says)
        lateinit var waiting: Unnamed<Kind>
        waiting =
            Unnamed(verb, origin) { given ->
                unnamed.remove(waiting)
                notes.origin(given, origin)
                make(given).also { components += it }
            }
        unnamed += waiting
        return waiting
    }

    /** Tells of every component that nobody named. */
    fun tellUnnamed() {
        unnamed.forEach { component ->
            val fact = Fact(component.verb, "nameless", component.origin.says, component.origin.where)
            notes.find(NameMessages.nameless(component.origin.says).at(name, fact))
        }
    }

    fun fact(word: String, value: Any, path: String): Fact =
        origin(path).let { Fact(word, "$value", it.says, it.where) }
}
