package io.heddle.dsl

import io.heddle.model.Component
import io.heddle.model.Layer
import io.heddle.model.Model
import io.heddle.model.Part
import io.heddle.model.PathPattern
import io.heddle.model.Stack
import io.heddle.model.keys
import io.heddle.model.places

/** Where a part is, which no other part shares. */
internal data class Spot(val stack: String, val layer: Int, val at: Int)

/**
 * A part of a model, with its place: [path] is that of the sublayer, or `.../norm` of the `addNorm()` that closes it.
 *
 * @property key what said it is kept there; no two parts share one
 */
internal data class Placed(
    val stack: Stack,
    val layer: Int,
    val at: Int,
    val part: Part,
    val path: String,
    val key: String,
) {
    val spot: Spot
        get() = Spot(stack.name, layer, at)

    /** The path of its layer. */
    val layerPath: String
        get() = "${stack.name}/$layer"
}

/** The parts of a model by their paths, and the model with others in their places. */
internal class Parts(private val model: Model) {
    fun all(): List<Placed> =
        model.all<Stack>().flatMap { stack -> stack.layers.indices.flatMap { layer -> placed(stack, layer) } }

    private fun placed(stack: Stack, number: Int): List<Placed> {
        val parts = stack.layers[number].parts
        val (places, keys) = parts.places() to parts.keys()
        return parts.mapIndexed { at, part ->
            Placed(stack, number, at, part, "${stack.name}/$number/${places[at]}", "${stack.name}/$number/${keys[at]}")
        }
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
                                    chosen[Spot(component.name, number, at)]?.let(parts) ?: listOf(part)
                                }
                            )
                        }
                )
        }
    }

    fun components(change: (Component) -> Component): Model = model.with(model.components.map(change))
}
