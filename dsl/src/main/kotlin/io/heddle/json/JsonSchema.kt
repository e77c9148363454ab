package io.heddle.json

import io.heddle.model.Within
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.elementDescriptors
import kotlinx.serialization.descriptors.elementNames
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Says what a serializer reads as a JSON Schema (draft 2020-12), as strictly as [JsonChecker] does: every key is known
 * and there, and every value fits its type. Values with a name are definitions, which may hold one another.
 */
@OptIn(ExperimentalSerializationApi::class)
internal class JsonSchema private constructor() {
    private val definitions = sortedMapOf<String, JsonObject>()
    private val sources = HashMap<String, String>()

    private fun document(kind: String, content: SerialDescriptor): JsonObject {
        val envelope = mapOf(JsonFormat.FORMAT to constant(JsonFormat.VERSION), JsonFormat.KIND to constant(kind))
        val members = members(content, envelope)
        val head =
            mapOf(
                "\$schema" to JsonPrimitive("https://json-schema.org/draft/2020-12/schema"),
                "title" to JsonPrimitive("A $kind, as `heddle json` writes it"),
            )
        return JsonObject(head + members + mapOf(DEFINITIONS to JsonObject(definitions.toMap())))
    }

    private fun value(kind: SerialDescriptor): JsonObject {
        val plain = notNull(kind)
        return if (kind.isNullable) one("anyOf", listOf(plain, type("null"))) else plain
    }

    private fun notNull(kind: SerialDescriptor): JsonObject =
        when (kind.kind) {
            PrimitiveKind.BYTE -> named(kind) { whole(Byte.MIN_VALUE.toLong(), Byte.MAX_VALUE.toLong()) }
            PrimitiveKind.SHORT -> named(kind) { whole(Short.MIN_VALUE.toLong(), Short.MAX_VALUE.toLong()) }
            PrimitiveKind.INT -> named(kind) { whole(Int.MIN_VALUE.toLong(), Int.MAX_VALUE.toLong()) }
            PrimitiveKind.LONG -> named(kind) { whole(Long.MIN_VALUE, Long.MAX_VALUE) }
            PrimitiveKind.FLOAT -> named(kind) { number(-Float.MAX_VALUE, Float.MAX_VALUE) }
            PrimitiveKind.DOUBLE -> named(kind) { number(-Double.MAX_VALUE, Double.MAX_VALUE) }
            PrimitiveKind.BOOLEAN -> type("boolean")
            PrimitiveKind.STRING -> type("string")
            PrimitiveKind.CHAR -> type("string", "minLength" to JsonPrimitive(1), "maxLength" to JsonPrimitive(1))
            SerialKind.ENUM -> named(kind) { one("enum", kind.elementNames.map { JsonPrimitive(it) }) }
            StructureKind.LIST -> type("array", "items" to value(kind.getElementDescriptor(0)))
            StructureKind.MAP -> type("object", "additionalProperties" to value(kind.getElementDescriptor(1)))
            StructureKind.CLASS,
            StructureKind.OBJECT ->
                if (kind.isInline) value(kind.getElementDescriptor(0)) else named(kind) { members(kind, emptyMap()) }
            PolymorphicKind.SEALED -> named(kind) { one("oneOf", cases(kind)) }
            PolymorphicKind.OPEN,
            SerialKind.CONTEXTUAL -> error("${kind.serialName} says nothing of what it reads.")
        }

    private fun cases(kind: SerialDescriptor): List<JsonObject> =
        kind
            .getElementDescriptor(1)
            .elementDescriptors
            .sortedBy { it.serialName }
            .map { case -> members(case, mapOf(JsonChecker.TYPE to constant(case.serialName))) }

    private fun members(kind: SerialDescriptor, before: Map<String, JsonElement>): JsonObject {
        val keys = before + kind.elementNames.withIndex().associate { (at, key) -> key to member(kind, at) }
        return type(
            "object",
            "properties" to JsonObject(keys),
            "required" to JsonArray(keys.keys.map { JsonPrimitive(it) }),
            "additionalProperties" to JsonPrimitive(false),
        )
    }

    private fun member(kind: SerialDescriptor, at: Int): JsonObject {
        val element = kind.getElementDescriptor(at)
        val range = kind.getElementAnnotations(at).filterIsInstance<Within>().singleOrNull()
        return when {
            range == null -> value(element)
            element.kind == StructureKind.LIST -> JsonObject(value(element) + ("maxItems" to JsonPrimitive(range.most)))
            else -> whole(range.least.toLong(), range.most.toLong())
        }
    }

    /** A reference to the definition of [kind], which is written once. */
    private fun named(kind: SerialDescriptor, definition: () -> JsonObject): JsonObject {
        val source = kind.serialName.removeSuffix("?")
        val name = source.substringAfterLast('.')
        val known = sources.put(name, source)
        check(known == null || known == source) { "$known and $source would be one definition." }
        if (known == null) definitions[name] = definition()
        return JsonObject(mapOf("\$ref" to JsonPrimitive("#/$DEFINITIONS/$name")))
    }

    private fun whole(least: Long, most: Long) =
        type("integer", "minimum" to JsonPrimitive(least), "maximum" to JsonPrimitive(most))

    private fun number(least: Number, most: Number) =
        type("number", "minimum" to JsonPrimitive(least), "maximum" to JsonPrimitive(most))

    private fun constant(text: String) = JsonObject(mapOf("const" to JsonPrimitive(text)))

    private fun one(word: String, of: List<JsonElement>) = JsonObject(mapOf(word to JsonArray(of)))

    private fun type(name: String, vararg more: Pair<String, JsonElement>) =
        JsonObject(mapOf("type" to JsonPrimitive(name)) + more)

    companion object {
        private const val DEFINITIONS = "\$defs"

        /** The schema of documents that hold a [kind], which is [content]. */
        fun of(kind: String, content: SerialDescriptor): JsonObject = JsonSchema().document(kind, content)
    }
}
