package io.heddle.script

import kotlin.script.experimental.api.ScriptDiagnostic

/** What is wrong, and how it is mended. */
internal data class TypeProblem(val title: String, val mend: String)

/** Tells in the language's words what the compiler says of values that do not fit where they stand. */
internal object TypeMessages {
    /** Those of [errors] that do not only say again what another one says better. */
    fun causes(errors: List<ScriptDiagnostic>): List<ScriptDiagnostic> =
        errors.filterNot { error ->
            val beside = (errors - error).filter { line(it) == line(error) }
            when {
                error.message.startsWith(CANDIDATES) ->
                    beside.any { isAboutAnArgument(it) && column(it) >= column(error) }
                error.message.startsWith(SECOND) -> beside.any { column(it) == column(error) }
                error.message.startsWith(ASSIGNED) -> beside.any { it.message.startsWith(SECOND) }
                else -> false
            }
        }

    private fun isAboutAnArgument(error: ScriptDiagnostic) =
        error.message.startsWith("Argument type mismatch") || MISSING.containsMatchIn(error.message)

    private fun line(error: ScriptDiagnostic) = error.location?.start?.line

    private fun column(error: ScriptDiagnostic) = error.location?.start?.col ?: 0

    /** What [message] says of [line], where it is about a value that does not fit; null where it is not. */
    fun told(message: String, line: String): TypeProblem? {
        val outside = OUTSIDE.find(message)?.groupValues?.get(1)
        val missing = MISSING.find(message)?.groupValues?.get(1)
        val joined = JOINED.find(message)?.groupValues?.get(1)
        return when {
            outside != null ->
                TypeProblem(
                    "$outside belongs to a block further out",
                    "Say it there, or in the brackets before these braces: tokens(vocab = 65, width = 16) { ... }.",
                )
            missing != null -> TypeProblem("$missing is not said", "Say it in the brackets: $missing = ...")
            joined != null -> TypeProblem("$joined is for masks", "A mask is a value: mask = Causal and Window(128).")
            message.startsWith(SECOND) ->
                TypeProblem("a val is said once", "Say another val, of another name, for another value.")
            else -> mismatch(message, line)
        }
    }

    private fun mismatch(message: String, line: String): TypeProblem? {
        val pairs = MISMATCH.findAll(message).map { it.groupValues[1] to it.groupValues[2].substringBefore('?') }
        val (given, wanted) = pairs.firstOrNull { (_, wanted) -> wanted in TypeWords.all } ?: return null
        // The name of a relation will do for a relation, and is all that the compiler asks for.
        val isRelation = wanted == "String" && "Given(" in line && given in TypeWords.all
        val (words, mend) = TypeWords.all.getValue(if (isRelation) "RelationInput" else wanted)
        return when {
            given.startsWith(UNNAMED) ->
                TypeProblem("$words belongs here, and this has no name yet", "Name it first: val text by tokens(65).")
            given.endsWith(COMPANION) ->
                given.removeSuffix(COMPANION).let {
                    TypeProblem("$words belongs here, and $it has no brackets", "Say $it().")
                }
            else -> TypeProblem("$words belongs here, and this is ${TypeWords.words(given)}", mend)
        }
    }

    private const val CANDIDATES = "None of the following candidates"
    private const val SECOND = "'val' cannot be reassigned"
    private const val ASSIGNED = "Assignment type mismatch"
    private const val UNNAMED = "Unnamed<"
    private const val COMPANION = ".Companion"
    private val MISMATCH = Regex("ctual type is '([^']+)', but '([^']+)' was expected")
    private val MISSING = Regex("^No value passed for parameter '(\\w+)'")
    private val OUTSIDE =
        Regex("^'(?:val|var|fun) (\\w+).*' cannot be called in this context with an implicit receiver")
    private val JOINED = Regex("^Unresolved reference '(and|or|not)'")
}
