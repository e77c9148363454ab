package io.heddle.json

import io.heddle.model.Component
import io.heddle.model.Origin
import io.heddle.model.Stack
import io.heddle.model.Sublayer

/** Where each part of a model stands in its document. */
internal class JsonOrigins(private val file: String) {
    fun of(tree: JsonNode.Object, components: List<Component>): Map<String, Origin> {
        val origins = LinkedHashMap<String, Origin>()
        origins[""] = Origin("$", "$file:${tree.line}")
        components.zip(elements(tree["components"])).forEachIndexed { at, (component, node) ->
            val path = "$.components[$at]"
            origins[component.name] = origin(path, node)
            if (component is Stack) origins += layers(component, node as JsonNode.Object, path)
        }
        return origins
    }

    private fun layers(stack: Stack, node: JsonNode.Object, path: String): Map<String, Origin> {
        val runs =
            elements(node["layers"]).flatMapIndexed { run, layer ->
                val times = (layer as JsonNode.Object)["times"] as JsonNode.Number
                List(times.text.toInt()) { "$path.layers[$run].parts" to elements(layer["parts"]) }
            }
        val origins = LinkedHashMap<String, Origin>()
        stack.layers.zip(runs).forEachIndexed { number, (layer, run) ->
            layer.parts.zip(run.second).forEachIndexed { at, (part, partNode) ->
                val name = if (part is Sublayer) part.name else "addNorm#${at + 1}"
                origins["${stack.name}/$number/$name"] = origin("${run.first}[$at]", partNode)
            }
        }
        return origins
    }

    private fun origin(path: String, node: JsonNode) = Origin(path, "$file:${node.line}")
}

/** The elements of a list; none of what is not there or no list. */
internal fun elements(node: JsonNode?): List<JsonNode> = (node as? JsonNode.Array)?.elements.orEmpty()
