package io.heddle.dsl

import io.heddle.model.Component
import io.heddle.model.Layer
import io.heddle.model.Model
import io.heddle.model.Part
import io.heddle.model.PathPattern
import io.heddle.model.Stack
import io.heddle.model.Sublayer

/** A part of a model, with its place: [path] is that of the sublayer, or of the one that an `addNorm()` closes. */
internal data class Placed(val stack: Stack, val layer: Int, val at: Int, val part: Part, val path: String) {
    /** Where it is, which no other part shares. */
    val spot: Triple<String, Int, Int>
        get() = Triple(stack.name, layer, at)
}

/** The parts of a model by their paths, and the model with others in their places. */
internal class Parts(private val model: Model) {
    fun all(): List<Placed> =
        model.all<Stack>().flatMap { stack ->
            stack.layers.flatMapIndexed { number, layer ->
                layer.parts.mapIndexed { at, part -> Placed(stack, number, at, part, path(stack, number, at)) }
            }
        }

    private fun path(stack: Stack, layer: Int, at: Int): String {
        val parts = stack.layers[layer].parts
        val sublayer = parts.take(at + 1).filterIsInstance<Sublayer>().lastOrNull()?.name.orEmpty()
        return "${stack.name}/$layer/" + if (parts[at] is Sublayer) sublayer else "$sublayer/norm"
    }

    /** The parts of one kind that [pattern] fits. */
    inline fun <reified Kind : Part> fitting(pattern: PathPattern): List<Placed> =
        all().filter { it.part is Kind && pattern.fits(it.path) }

    /** The model with each of [places] replaced by what [parts] gives for it. */
    fun replaced(places: List<Placed>, parts: (Placed) -> List<Part>): Model {
        val chosen = places.associateBy { it.spot }
        return components { component ->
            if (component !is Stack) component
            else
                component.copy(
                    layers =
                        component.layers.mapIndexed { number, layer ->
                            Layer(
                                layer.parts.flatMapIndexed { at, part ->
                                    chosen[Triple(component.name, number, at)]?.let(parts) ?: listOf(part)
                                }
                            )
                        }
                )
        }
    }

    fun components(change: (Component) -> Component): Model = model.with(model.components.map(change))
}
