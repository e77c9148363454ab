package io.heddle.json

import io.heddle.check.ProblemsException
import io.heddle.messages.DocumentMessages
import io.heddle.messages.Message

/** What says of a document which format it has and what it holds. */
internal class JsonEnvelope(private val file: String, private val kind: String) {
    /** What is inside of [root]. */
    fun open(root: JsonNode): JsonNode.Object {
        if (root !is JsonNode.Object) fail("$", DocumentMessages.notAnObject(JsonFormat.VERSION))
        val format = text(root, JsonFormat.FORMAT) ?: fail(FORMAT, DocumentMessages.noFormat(JsonFormat.VERSION, kind))
        if (format != JsonFormat.VERSION)
            fail(
                FORMAT,
                if (later.matches(format)) DocumentMessages.laterFormat(quoted(format), JsonFormat.VERSION)
                else DocumentMessages.notAFormat(quoted(format), JsonFormat.VERSION),
            )
        val found = text(root, JsonFormat.KIND) ?: fail(KIND, DocumentMessages.kindIsUnknown(kind))
        if (found != kind) fail(KIND, DocumentMessages.anotherKind(kind, quoted(found)))
        val (envelope, content) = root.members.partition { it.key == JsonFormat.FORMAT || it.key == JsonFormat.KIND }
        val twice = envelope.groupBy { it.key }.filter { it.value.size > 1 }
        if (twice.isNotEmpty()) {
            throw ProblemsException(
                JsonProblems(file).apply { twice.forEach { (key, all) -> repeated("$.$key", all) } }.problems
            )
        }
        return JsonNode.Object(content, root.line)
    }

    private fun text(root: JsonNode.Object, key: String): String? = (root[key] as? JsonNode.Text)?.text

    private fun fail(path: String, message: Message): Nothing = throw ProblemsException(message.at("$file: $path"))

    private companion object {
        const val FORMAT = "$.${JsonFormat.FORMAT}"
        const val KIND = "$.${JsonFormat.KIND}"
        val later = Regex("heddle/[1-9][0-9]{0,8}")
    }
}
