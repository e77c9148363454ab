package io.heddle.json

import io.heddle.model.Component
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.model.Origins
import io.heddle.model.Within
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** What of a model is stored: all but where it was said, and what was found wrong with it. */
@Serializable
internal data class StoredModel(
    val name: String,
    val width: Int,
    @Within(0, MOST) val components: List<Component>,
    @Within(0, MOST) val objectives: List<Objective>,
    @Within(0, MOST) val frozen: List<String>,
) {
    fun model(origins: Origins): Model = Model(name, width, components, objectives, frozen, origins, emptyList())

    companion object {
        /** Far more than any model has, and few enough to hold each against all others. */
        private const val MOST = 256

        fun of(model: Model): StoredModel =
            StoredModel(model.name, model.width, model.components, model.objectives, model.frozen)
    }
}

/** Models inside of other documents. */
internal object ModelSerializer : KSerializer<Model> {
    private val stored = StoredModel.serializer()

    override val descriptor: SerialDescriptor
        get() = stored.descriptor

    override fun serialize(encoder: Encoder, value: Model): Unit =
        encoder.encodeSerializableValue(stored, StoredModel.of(value))

    override fun deserialize(decoder: Decoder): Model = decoder.decodeSerializableValue(stored).model(Origins.None)
}
