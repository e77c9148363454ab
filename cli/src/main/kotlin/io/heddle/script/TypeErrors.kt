package io.heddle.script

import io.heddle.script.messages.TypeMessage
import io.heddle.script.messages.TypeMessages
import io.heddle.script.messages.TypeWords
import kotlin.script.experimental.api.ScriptDiagnostic

/** Tells in the language's words what the compiler says of values that do not fit where they stand. */
internal object TypeErrors {
    /** Those of [errors] that do not only say again what another one says better. */
    fun causes(errors: List<ScriptDiagnostic>): List<ScriptDiagnostic> =
        errors.filterNot { error ->
            val beside = (errors - error).filter { line(it) == line(error) }
            when {
                error.message.startsWith(CANDIDATES) ->
                    beside.any { isAboutAnArgument(it) && column(it) >= column(error) }
                error.message.startsWith(SECOND) -> beside.any { column(it) == column(error) }
                isMismatch(error) && beside.any { it.message.startsWith(UNKNOWN) } -> true
                error.message.startsWith(ASSIGNED) -> beside.any { it.message.startsWith(SECOND) }
                else -> false
            }
        }

    private fun isAboutAnArgument(error: ScriptDiagnostic) =
        error.message.startsWith("Argument type mismatch") || MISSING.containsMatchIn(error.message)

    private fun isMismatch(error: ScriptDiagnostic) =
        error.message.startsWith(ASSIGNED) || error.message.startsWith("Argument type mismatch")

    private fun line(error: ScriptDiagnostic) = error.location?.start?.line

    private fun column(error: ScriptDiagnostic) = error.location?.start?.col ?: 0

    /** What [message] says of [line], where it is about a value that does not fit; null where it is not. */
    fun told(message: String, line: String): TypeMessage? {
        val outside = OUTSIDE.find(message)?.groupValues?.get(1)
        val missing = MISSING.find(message)?.groupValues?.get(1)
        val joined = JOINED.find(message)?.groupValues?.get(1)
        return when {
            outside != null -> TypeMessages.furtherOut(outside)
            missing != null -> TypeMessages.notSaid(missing)
            joined != null -> TypeMessages.forMasks(joined)
            message.startsWith(SECOND) -> TypeMessages.saidTwice()
            else -> mismatch(message, line)
        }
    }

    private fun mismatch(message: String, line: String): TypeMessage? {
        val pairs = MISMATCH.findAll(message).map { it.groupValues[1] to it.groupValues[2].substringBefore('?') }
        val (given, wanted) = pairs.firstOrNull { (_, wanted) -> wanted in TypeWords.all } ?: return null
        // The name of a relation will do for a relation, and is all that the compiler asks for.
        val isRelation = wanted == "String" && "Given(" in line && given in TypeWords.all
        val belongs = TypeWords.all.getValue(if (isRelation) "RelationInput" else wanted)
        return when {
            given.startsWith(UNNAMED) -> TypeMessages.unnamed(belongs)
            given.endsWith(COMPANION) -> TypeMessages.withoutBrackets(belongs, given.removeSuffix(COMPANION))
            else -> TypeMessages.another(belongs, given)
        }
    }

    private const val CANDIDATES = "None of the following candidates"
    private const val SECOND = "'val' cannot be reassigned"
    private const val ASSIGNED = "Assignment type mismatch"
    private const val UNKNOWN = "Unresolved reference"
    private const val UNNAMED = "Unnamed<"
    private const val COMPANION = ".Companion"
    private val MISMATCH = Regex("ctual type is '([^']+)', but '([^']+)' was expected")
    private val MISSING = Regex("^No value passed for parameter '(\\w+)'")
    private val OUTSIDE =
        Regex("^'(?:val|var|fun) (\\w+).*' cannot be called in this context with an implicit receiver")
    private val JOINED = Regex("^Unresolved reference '(and|or|not)'")
}
