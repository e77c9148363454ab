package io.heddle.json

import io.heddle.check.ProblemsException
import io.heddle.messages.DocumentMessages
import java.nio.file.Path
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Stores values of one kind as JSON: versioned, strict, with every value written out.
 *
 *     {
 *       "format": "heddle/1",
 *       "kind": "model",
 *       ...
 *
 * What is read back equals what was written, and writing what was read gives the same text.
 *
 * @property kind what the values are, as in the document: `model`
 */
public class JsonFormat<Value>
internal constructor(
    public val kind: String,
    private val serializer: KSerializer<Value>,
    private val longestText: Int,
    private val rules: (JsonNode.Object, JsonProblems) -> Unit,
) {
    public constructor(kind: String, serializer: KSerializer<Value>) : this(kind, serializer, LONGEST_TEXT, { _, _ -> })

    /**
     * The value as a document, with a line break at its end. What is written can be read.
     *
     * @throws ProblemsException for a value with what JSON cannot hold, a number that is infinite or none at all, half
     *   of a character; and for one with more in it than [read] takes
     */
    public fun write(value: Value): String {
        val members =
            try {
                json.encodeToJsonElement(serializer, value) as JsonObject
            } catch (exception: SerializationException) {
                throw ProblemsException(DocumentMessages.numberIsNone().at(kind), exception)
            }
        val envelope = mapOf(FORMAT to JsonPrimitive(VERSION), KIND to JsonPrimitive(kind))
        val text = json.encodeToString(JsonObject.serializer(), JsonObject(envelope + members)) + "\n"
        if (!isWhole(text)) throw ProblemsException(DocumentMessages.textIsHalf().at(kind))
        tree(text, kind)
        return text
    }

    /**
     * What documents of this format look like, as a JSON Schema (draft 2020-12). It refuses what [read] refuses, but
     * for what a schema cannot tell: keys that stand there twice, whole numbers written as `8.0`, how deep, how long
     * and how many layers a document may be.
     */
    public fun schema(): String =
        json.encodeToString(JsonObject.serializer(), JsonSchema.of(kind, serializer.descriptor)) + "\n"

    /**
     * The value that a document holds.
     *
     * @param file what to call the document in problems
     * @throws ProblemsException with everything that is wrong, each with its JSON path
     */
    public fun read(text: String, file: String): Value = decode(tree(text, file))

    /**
     * The value that the document in [file] holds.
     *
     * @throws ProblemsException as for a text, and when the file cannot be read
     */
    public fun read(file: Path): Value = read(JsonFiles.text(file), "${file.fileName}")

    /** The checked document, without its envelope. */
    internal fun tree(text: String, file: String): JsonNode.Object {
        val root = JsonParser(text, file).parse()
        val content = JsonEnvelope(file, kind).open(root)
        val checker = JsonChecker(file, longestText)
        checker.check(content, serializer.descriptor, "$")
        val more = JsonProblems(file).also { rules(content, it) }
        val problems = checker.problems + more.problems
        if (problems.isNotEmpty()) throw ProblemsException(problems)
        return content
    }

    internal fun decode(tree: JsonNode): Value = json.decodeFromJsonElement(serializer, tree.toElement())

    internal companion object {
        const val FORMAT = "format"
        const val KIND = "kind"
        const val VERSION = "heddle/1"
        private const val LONGEST_TEXT = 100_000

        @OptIn(ExperimentalSerializationApi::class)
        private val json = Json {
            prettyPrint = true
            prettyPrintIndent = "  "
            encodeDefaults = true
            explicitNulls = true
        }
    }
}
