package io.heddle.json

import io.heddle.model.Component
import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.model.Stack
import io.heddle.model.keys

/** Where each part of a model stands in its document; looked up when it is asked for, as layers may be thousands. */
internal class JsonOrigins(
    private val file: String,
    private val tree: JsonNode.Object,
    components: List<Component>,
    private val root: String = "$",
) {
    private val places = components.withIndex().associate { (at, component) -> component.name to (at to component) }

    /**
     * What the model, a component or a part of a layer is said by: at `decoder/3/attention`, or
     * `decoder/3/attention/norm#2`. Of a word, what says its part.
     */
    fun of(path: String): Origin? = find(path) ?: find(path.substringBeforeLast(Origins.WORD))

    private fun find(path: String): Origin? {
        if (path.isEmpty()) return origin(root, tree)
        val (index, component) = places[path.substringBefore('/')] ?: return null
        val node = elements(tree["components"])[index] as JsonNode.Object
        val place = "$root.components[$index]"
        if ('/' !in path) return origin(place, node)
        val layer = path.substringAfter('/')
        val number = layer.substringBefore('/').toIntOrNull()
        if (component !is Stack || number !in component.layers.indices || number == null) return null
        val at = component.layers[number].parts.keys().lastIndexOf(layer.substringAfter('/', ""))
        return if (at < 0) null else part(elements(node["layers"]), number, at, place)
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
