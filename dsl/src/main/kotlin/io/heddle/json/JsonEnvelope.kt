package io.heddle.json

import io.heddle.check.Problem
import io.heddle.check.ProblemsException

/** What says of a document which format it has and what it holds. */
internal class JsonEnvelope(private val file: String, private val kind: String) {
    /** What is inside of [root]. */
    fun open(root: JsonNode): JsonNode.Object {
        if (root !is JsonNode.Object)
            fail("this is no Heddle document", "An object is expected: {\"format\": \"${JsonFormat.VERSION}\", ...}")
        val format =
            text(root, JsonFormat.FORMAT)
                ?: fail(
                    "this is no Heddle document",
                    "It would say what it is: {\"format\": \"${JsonFormat.VERSION}\", \"kind\": \"$kind\", ...}",
                )
        if (format != JsonFormat.VERSION) {
            if (!later.matches(format))
                fail("${quoted(format)} is not a format of Heddle", "This Heddle reads ${JsonFormat.VERSION}.")
            fail(
                "it was written by a Heddle that came later",
                "It has the format ${quoted(format)}, and this Heddle reads ${JsonFormat.VERSION}. Use a newer Heddle.",
            )
        }
        val found = text(root, JsonFormat.KIND)
        if (found != kind) {
            val holds = if (found == null) "does not say what it holds" else "holds a ${quoted(found)}"
            fail("this is no $kind", "The document $holds, and \"kind\": \"$kind\" is expected.")
        }
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

    private fun fail(title: String, mend: String): Nothing = throw ProblemsException(Problem(file, title, mend))

    private companion object {
        val later = Regex("heddle/[1-9][0-9]{0,8}")
    }
}
