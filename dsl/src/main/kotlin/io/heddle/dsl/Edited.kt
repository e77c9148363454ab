package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.DescriptionMessages
import io.heddle.messages.Message
import io.heddle.model.Component
import io.heddle.model.Model
import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.model.Part
import io.heddle.model.PathPattern
import io.heddle.model.Stack
import io.heddle.model.about
import io.heddle.model.word
import io.heddle.rules.REMOVED

/**
 * A model while it is edited.
 *
 * What an edit says is noted word by word: a part that is told to be wrong tells the line of the edit for what the edit
 * said, and that of the description for the rest.
 */
internal class Edited(model: Model) {
    var model: Model = model
        private set

    private val words = ChangedWords()

    val parts: Parts
        get() = Parts(model)

    fun set(changed: Model) {
        model = changed
    }

    fun find(problem: Problem) = find(listOf(problem))

    fun find(problems: List<Problem>) {
        model = model.with(findings = model.findings + problems)
    }

    /** Tells [message] of what [origin] said of a [path]. */
    fun tell(message: Message, path: String, origin: Origin): Unit =
        find(message.at(model.name, Fact("path", path, origin.says, origin.where)))

    fun tellNothing(path: String, verb: String, known: List<String>): Unit =
        tell(DescriptionMessages.editFitsNothing(verb, path, known), path, Caller.origin("$verb(\"$path\")"))

    /** What [places] were told to be is mended. */
    fun settle(places: Set<String>) {
        model = model.with(findings = model.findings.filterNot { it.place in places })
    }

    /** What was told in the words of [message] is mended. */
    fun forget(message: Message) {
        model = model.with(findings = model.findings.filterNot { it.title == message.title })
    }

    /** Notes what [origin] said of these paths, each of a part or of a word of one. */
    fun note(origin: Origin, paths: Iterable<String>) {
        model = model.with(origins = model.origins + Origins(paths.associateWith { origin }))
    }

    /** Every component as [change] makes it, which [origin] said. */
    fun components(origin: Origin, change: (Component) -> Component) {
        val before = model.components
        model = parts.components(change)
        note(origin, before.zip(model.components).flatMap { (old, new) -> changed(old, new) })
    }

    private fun changed(before: Component, after: Component): List<String> {
        // Edits keep what they do not change, so that most are the same object.
        if (before === after) return emptyList()
        val said = words.of(before, after)
        return said.map { before.name.word(it) } + if (said.isEmpty()) emptyList() else listOf(before.name.word(""))
    }

    /** Every part at [places] as [change] makes it, which [origin] said. */
    fun parts(places: List<Placed>, origin: Origin, change: (Placed) -> Part) {
        val made = places.associate { it.spot to change(it) }
        val noted =
            places.flatMap { place ->
                val said = words.of(place.part, made.getValue(place.spot))
                said.map { place.key.word(it) } + if (said.isEmpty()) emptyList() else listOf(place.key.word(""))
            }
        model = parts.replaced(places) { listOf(made.getValue(it.spot)) }
        note(origin, noted)
    }

    /** Every part of one kind as [change] makes it. */
    inline fun <reified Kind : Part> every(origin: Origin, crossinline change: (Kind) -> Part): Unit =
        parts(parts.all().filter { it.part is Kind }, origin) { change(it.part as Kind) }

    /** Every part of one kind at [path] as [change] makes it; a path that fits none is told. */
    inline fun <reified Kind : Part> change(
        path: String,
        verb: String,
        origin: Origin,
        crossinline change: (Placed, Kind) -> Part,
    ) {
        val places = parts.fitting<Kind>(PathPattern(path))
        if (places.isEmpty()) tellNothing(path, verb, parts.all().filter { it.part is Kind }.map { it.path })
        else parts(places, origin) { change(it, it.part as Kind) }
    }

    /** Takes away the component named [name], with what was found wrong with it and with its objectives. */
    fun remove(name: String, origin: Origin) {
        model =
            model.with(
                components = model.components.filterNot { it.name == name },
                objectives = model.objectives.filterNot { name in it.about },
                origins = model.origins + Origins(mapOf(name.word(REMOVED) to origin)),
                findings = model.findings.filterNot { it.place == name || it.place.startsWith("$name/") },
            )
    }

    /** The words that say how wide [stack] is. */
    fun widthOrigin(stack: Stack): Origin = model.origins[if (stack.width == model.width) "" else stack.input]
}
