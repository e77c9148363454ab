package io.heddle.dsl

import io.heddle.model.Component
import io.heddle.model.Layer
import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.model.Part
import io.heddle.model.Stack
import io.heddle.model.keys

/** Where what is described comes to stand beside what is there. */
internal enum class Joining {
    Before,
    Instead,
    After,
}

/**
 * Puts other parts in the place of those at [places]: a sublayer, and the `addNorm()` that closes it, are one piece.
 *
 * Parts that stay keep what said them, though they may stand elsewhere in their layer afterwards.
 */
internal class Splice(private val edited: Edited, private val places: List<Placed>, private val origin: Origin) {
    /** A part, and where what said it is kept: in the model, or in the notes that came with it. */
    private data class Sourced(val part: Part, val key: String, val isNew: Boolean)

    private val notes = DescriptionNotes()

    /** Of parts in layers that change, by their new keys. */
    private val sources = HashMap<String, Sourced>()

    /** Joins every piece with what [describe] says. */
    fun join(joining: Joining, describe: BlockScope.() -> Unit) {
        val layers = edited.parts.all().groupBy { it.layerPath }
        val changed =
            places
                .groupBy { it.layerPath }
                .mapValues { (path, chosen) ->
                    spliced(layers.getValue(path), chosen, joining, describe).also { note(path, it) }
                }
        if (joining == Joining.Instead) edited.settle(places.mapTo(HashSet()) { it.path })
        val model = edited.model
        edited.set(
            model.with(
                components = model.components.map { if (it is Stack) replaced(it, changed) else it },
                origins = model.origins.moved { source(it, changed.keys) } + said(changed.keys),
                findings = model.findings + notes.findings,
            )
        )
    }

    private fun spliced(
        layer: List<Placed>,
        chosen: List<Placed>,
        joining: Joining,
        describe: BlockScope.() -> Unit,
    ): List<Sourced> {
        val pieces = chosen.groupBy { it.path.removeSuffix("/norm") }.values.associateBy { it.first().spot }
        val spots = chosen.mapTo(HashSet()) { it.spot }
        return layer.flatMap { place ->
            val piece = pieces[place.spot].orEmpty()
            when {
                place.spot !in spots -> listOf(kept(place))
                piece.isEmpty() -> emptyList() // It stands with the first of its piece.
                else -> {
                    val described = described(place, describe)
                    when (joining) {
                        Joining.Before -> described + piece.map(::kept)
                        Joining.Instead -> described
                        Joining.After -> piece.map(::kept) + described
                    }
                }
            }
        }
    }

    private fun kept(place: Placed) = Sourced(place.part, place.key, isNew = false)

    private fun described(place: Placed, describe: BlockScope.() -> Unit): List<Sourced> {
        val block = BlockScope(place.stack.width, 0, Defaults.around(place)).apply(describe)
        notes.include(place.layerPath, block.notes)
        notes.tellShares(place.stack.width, edited.widthOrigin(place.stack))
        val keys = block.parts.keys().map { "${place.layerPath}/$it" }
        return block.parts.zip(keys) { part, key -> Sourced(part, key, isNew = true) }
    }

    private fun note(layer: String, parts: List<Sourced>) {
        parts.map { it.part }.keys().zip(parts) { key, part -> sources["$layer/$key"] = part }
    }

    private fun replaced(stack: Stack, changed: Map<String, List<Sourced>>): Component =
        stack.copy(
            layers =
                stack.layers.mapIndexed { number, layer ->
                    changed["${stack.name}/$number"]?.let { parts -> Layer(parts.map { it.part }) } ?: layer
                }
        )

    /** Where what said [path], a part or a word of one, was kept before; null for what has come or gone. */
    private fun source(path: String, layers: Set<String>): String? {
        val part = path.substringBeforeLast(Origins.WORD)
        val layer = part.split('/', limit = 3).take(2).joinToString("/")
        if (layer !in layers || part == layer) return path
        return sources[part]?.takeUnless { it.isNew }?.let { it.key + path.removePrefix(part) }
    }

    private fun said(layers: Set<String>): Origins {
        val new = sources.filterValues { it.isNew }.mapValues { (_, part) -> notes.origins.getValue(part.key) }
        return Origins(new + layers.associateWith { origin })
    }
}
