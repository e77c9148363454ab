package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.DescriptionMessages
import io.heddle.messages.Message
import io.heddle.model.Component
import io.heddle.model.Head
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

    /** The components of one kind at [path]. */
    inline fun <reified Kind : Component> all(path: String): List<Kind> =
        PathPattern(path).let { pattern -> model.all<Kind>().filter { pattern.fits(it.name) } }

    /** Every component of one kind at [path], if it [may] be, as [change] makes it; a path that fits none is told. */
    inline fun <reified Kind : Component> change(
        path: String,
        verb: String,
        origin: Origin,
        may: (Kind) -> Boolean = { true },
        crossinline change: (Kind) -> Component,
    ) {
        val known = model.all<Kind>().filter(may).map { it.name }
        val names = known.filter { PathPattern(path).fits(it) }.toSet()
        if (names.isEmpty()) tellNothing(path, verb, known)
        else components(origin) { if (it is Kind && it.name in names) change(it) else it }
    }

    /** Gives the stacks at [path] so many layers; those that come are told by what said the layers they repeat. */
    fun deepen(path: String, layers: Int, origin: Origin) {
        val deeper = all<Stack>(path).filter { it.layers.isNotEmpty() }.associate { it.name to MoreLayers(it) }
        val gone = all<Stack>(path).flatMap { stack -> (layers until stack.layers.size).map { "${stack.name}/$it" } }
        components(origin) { deeper[it.name]?.of(layers) ?: it }
        val told = model.findings.filterNot { problem -> gone.any { problem.place.startsWith("$it/") } }
        model = model.with(origins = model.origins.moved { source(it, deeper) }, findings = told)
    }

    private fun source(path: String, deeper: Map<String, MoreLayers>): String {
        val words = path.split('/', limit = LAYER_WORDS)
        val number = words.getOrNull(1)?.toIntOrNull()
        val more = deeper[words[0]]
        if (more == null || number == null) return path
        return (listOf(words[0], "${more.source(number)}") + words.drop(2)).joinToString("/")
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

    /** Puts what was described beside the component named [name], or in its place. */
    fun place(name: String, described: Description, joining: Joining, origin: Origin) {
        val old = model.components.filter { it.name == name }
        val new = described.components.toList()
        val joined =
            when (joining) {
                Joining.Before -> new + old
                Joining.After -> old + new
                Joining.Instead -> new
            }
        val said = described.notes.origins.filterKeys { it.isNotEmpty() }
        val removed = if (joining == Joining.Instead) mapOf(name.word(REMOVED) to origin) else emptyMap()
        val mended = if (joining == Joining.Instead) name else ""
        val about = model.objectives.flatMap { it.about }
        val heads = new.filterIsInstance<Head>().filter { it.name !in about }
        model =
            model.with(
                components = model.components.flatMap { if (it.name == name) joined else listOf(it) },
                objectives = model.objectives + described.objectives.ifEmpty { usualObjectives(heads) },
                frozen = model.frozen + described.frozen,
                origins = model.origins + Origins(removed + said),
                findings =
                    model.findings.filterNot { it.place.substringBefore('/') == mended } + described.notes.findings,
            )
    }

    /** The words that say how wide [stack] is. */
    fun widthOrigin(stack: Stack): Origin = model.origins[if (stack.width == model.width) "" else stack.input]

    private companion object {
        /** A stack, a layer, and what is in it. */
        const val LAYER_WORDS = 3
    }
}
