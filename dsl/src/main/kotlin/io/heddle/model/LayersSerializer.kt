package io.heddle.model

import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** Equal neighbours written once: `{"times": 6, "parts": [...]}`. */
@Serializable
internal data class LayerRun(@Within(1, MOST) val times: Int, val parts: List<Part>) {
    companion object {
        /** All stacks of a stored model together have no more layers. */
        const val MOST = 10_000
    }
}

/** Stores the layers of a stack as [LayerRun]s, as long as they can be. */
internal object LayersSerializer : KSerializer<List<Layer>> {
    private val runs = ListSerializer(LayerRun.serializer())

    override val descriptor: SerialDescriptor = runs.descriptor

    override fun serialize(encoder: Encoder, value: List<Layer>) {
        val folded = mutableListOf<LayerRun>()
        value.forEach { layer ->
            val last = folded.lastOrNull()
            if (last != null && last.parts == layer.parts) folded[folded.lastIndex] = last.copy(times = last.times + 1)
            else folded += LayerRun(1, layer.parts)
        }
        encoder.encodeSerializableValue(runs, folded)
    }

    override fun deserialize(decoder: Decoder): List<Layer> =
        decoder.decodeSerializableValue(runs).flatMap { run -> List(run.times) { Layer(run.parts) } }
}
