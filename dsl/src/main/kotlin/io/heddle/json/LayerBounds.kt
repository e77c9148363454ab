package io.heddle.json

import io.heddle.messages.DocumentMessages
import io.heddle.model.LayerRun

/** Every run of layers is told at least once, and all together are not more than a computer can list. */
internal class LayerBounds(private val tell: JsonProblems) {
    private var left = LayerRun.MOST
    private var parts = MOST_PARTS.toLong()

    /** Looks at the layers of a [model] that stands at a [place] of its document. */
    fun check(model: JsonNode.Object, place: String) {
        runs(model, place).forEach { (path, run) ->
            val node = run["times"]
            val times = (node as? JsonNode.Number)?.text?.toIntOrNull() ?: return@forEach
            if (times < 1) tell.wrong(path, node) { DocumentMessages.noTimes() }
            else if (times > left) tell.wrong(path, node) { DocumentMessages.tooManyLayers(LayerRun.MOST) }
            else if (times * parts(run) > parts) tell.wrong(path, node) { DocumentMessages.tooManyParts(MOST_PARTS) }
            else {
                left -= times
                parts -= times * parts(run)
            }
        }
    }

    private fun parts(run: JsonNode.Object) = elements(run["parts"]).size.toLong()

    /** Every run of layers, with the path of its `times`. */
    private fun runs(model: JsonNode.Object, place: String): List<Pair<String, JsonNode.Object>> =
        elements(model["components"]).flatMapIndexed { at, component ->
            elements((component as? JsonNode.Object)?.get("layers")).mapIndexedNotNull { run, layer ->
                (layer as? JsonNode.Object)?.let { "$place.components[$at].layers[$run].times" to it }
            }
        }

    private companion object {
        const val MOST_PARTS = 100_000
    }
}
