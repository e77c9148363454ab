package io.heddle.json

import io.heddle.model.Component
import io.heddle.model.Origin
import io.heddle.model.Stack
import io.heddle.model.Sublayer

/** Where each part of a model stands in its document; looked up when it is asked for, as layers may be thousands. */
internal class JsonOrigins(private val file: String, private val tree: JsonNode.Object, components: List<Component>) {
    private val places = components.withIndex().associate { (at, component) -> component.name to (at to component) }

    /**
     * What the model, a component or a part of a layer is said by: at `decoder/3/attention`, or `decoder/3/addNorm#2`.
     */
    fun of(path: String): Origin? {
        if (path.isEmpty()) return origin("$", tree)
        val (at, component) = places[path.substringBefore('/')] ?: return null
        val node = elements(tree["components"])[at] as JsonNode.Object
        val place = "$.components[$at]"
        if ('/' !in path) return origin(place, node)
        val layer = path.substringAfter('/')
        val number = layer.substringBefore('/').toIntOrNull()
        if (component !is Stack || number !in component.layers.indices || number == null) return null
        val part =
            component.layers[number].parts.withIndex().lastOrNull { (index, part) ->
                layer.substringAfter('/', "") == if (part is Sublayer) part.name else "addNorm#${index + 1}"
            }
        return part?.let { part(elements(node["layers"]), number, it.index, place) }
    }

    private fun part(runs: List<JsonNode>, layer: Int, part: Int, place: String): Origin {
        var before = 0
        val run =
            runs.indexOfFirst { run ->
                before += ((run as JsonNode.Object)["times"] as JsonNode.Number).text.toInt()
                layer < before
            }
        return origin("$place.layers[$run].parts[$part]", elements((runs[run] as JsonNode.Object)["parts"])[part])
    }

    private fun origin(path: String, node: JsonNode) = Origin(path, "$file:${node.line}")
}

/** The elements of a list; none of what is not there or no list. */
internal fun elements(node: JsonNode?): List<JsonNode> = (node as? JsonNode.Array)?.elements.orEmpty()
