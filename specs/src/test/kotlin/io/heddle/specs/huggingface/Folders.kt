package io.heddle.specs.huggingface

import io.heddle.runtime.weights.ElementType
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.runtime.weights.SafetensorsWriter
import io.heddle.runtime.weights.TensorSource
import io.heddle.specs.golden.Golden
import java.lang.foreign.MemorySegment
import java.nio.file.Path
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectories
import kotlin.io.path.div
import kotlin.io.path.writeText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** What the reference [name] was configured with. */
internal fun configOf(name: String): JsonObject {
    val meta = checkNotNull(Golden::class.java.getResource("/hf-golden/$name/meta.json")) { name }
    return Json.parseToJsonElement(meta.readText()).jsonObject.getValue("config").jsonObject
}

/** The file of the reference's weights. */
internal fun weightsOf(name: String): Path =
    Path.of(checkNotNull(Golden::class.java.getResource("/hf-golden/$name/weights.safetensors")) { name }.toURI())

/**
 * Writes the reference [name] into [folder] as `save_pretrained` would, with some keys changed, or left out if null.
 */
internal fun huggingFaceFolder(name: String, folder: Path, changes: Map<String, JsonElement?> = emptyMap()): Path {
    folder.createDirectories()
    val config =
        configOf(name).filterKeys { it !in changes } + changes.mapNotNull { (key, value) -> value?.let { key to it } }
    (folder / "config.json").writeText(pretty.encodeToString(JsonElement.serializer(), JsonObject(config)))
    weightsOf(name).copyTo(folder / "model.safetensors", overwrite = true)
    return folder
}

/** The tensors of the file of weights at [path]. */
internal fun tensorsOf(path: Path): List<TensorSource.Memory> {
    val file = SafetensorsFile.open(path)
    return file.entries().map { TensorSource.Memory(it.name(), it.type(), it.shape(), file.segment(it.name())) }
}

/** The file of weights again, with other tensors. */
internal fun Path.rewrite(change: (List<TensorSource.Memory>) -> List<TensorSource.Memory>) {
    val path = this / "model.safetensors"
    SafetensorsWriter.write(path, mapOf("format" to "pt"), change(tensorsOf(path)))
}

internal fun TensorSource.Memory.named(name: String) = TensorSource.Memory(name, type(), shape(), elements())

/** A tensor of floats. */
internal fun floats(name: String, vararg shape: Long, number: (Int) -> Float): TensorSource.Memory {
    val numbers = FloatArray(shape.reduce(Long::times).toInt(), number)
    return TensorSource.Memory(name, ElementType.F32, shape.toList(), MemorySegment.ofArray(numbers))
}

private val pretty = Json { prettyPrint = true }
