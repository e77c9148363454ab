package io.heddle.script

import io.heddle.check.Nearest
import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.script.messages.ScriptMessages
import kotlin.script.experimental.api.ScriptDiagnostic
import kotlin.script.experimental.api.ScriptDiagnostic.Severity

/** Tells what the compiler says of a script in the words, and with the mends, of Heddle's own problems. */
internal class CompilerErrors(private val file: String, private val text: String) {
    private val source = SourceText(text)

    fun errors(reports: List<ScriptDiagnostic>): ProblemsException {
        val errors = reports.filter { it.severity == Severity.ERROR || it.severity == Severity.FATAL }
        val problems = causes(errors).sortedBy { it.location?.start?.line ?: 0 }.map { problem(it) }.distinct()
        check(problems.isNotEmpty()) { "The compiler failed on $file without a word: $reports" }
        return ProblemsException(problems)
    }

    /** The errors without those that only follow from another one. */
    private fun causes(errors: List<ScriptDiagnostic>): List<ScriptDiagnostic> {
        val unread = errors.filter { it.message.startsWith("Syntax error") }
        if (unread.isNotEmpty()) return unread
        val unknown = errors.filter { UNRESOLVED.containsMatchIn(it.message) }
        val blocks = unknown.mapNotNull { it.location?.start }.mapNotNull { source.block(it.line, it.col) }
        val misnamed = errors.filter { NO_PARAMETER.containsMatchIn(it.message) }.map { it.location?.start?.line }
        return TypeErrors.causes(errors).filterNot {
            val isShadowed = it in unknown && it.isInside(blocks) && quoted(it) in KnownWords.all
            isShadowed || (it.location?.start?.line in misnamed && NO_VALUE.containsMatchIn(it.message))
        }
    }

    fun warnings(reports: List<ScriptDiagnostic>): List<String> =
        reports
            .filter { it.severity == Severity.WARNING && it.location != null }
            .map { "warning: ${problem(it).render()}" }

    /**
     * Whether it is about a word in the braces of a word that nobody knows, whose scope is therefore not known either.
     */
    private fun ScriptDiagnostic.isInside(blocks: List<IntRange>): Boolean {
        val start = location?.start ?: return false
        return blocks.any { source.offset(start.line, start.col) in it }
    }

    private fun problem(report: ScriptDiagnostic): Problem {
        val title = report.message.lineSequence().joinToString(" ") { it.trim() }.trim().removeSuffix(".")
        val start = report.location?.start
        val place = if (start == null) file else "$file:${start.line}:${start.col}"
        val shown =
            start?.let {
                source.pointed(it.line, it.col, report.location?.end?.takeIf { end -> end.line == it.line }?.col)
            }
        val told = TypeErrors.told(report.message, shown.orEmpty())
        return ScriptMessages.compiler(
            place,
            told?.title ?: title.replaceFirstChar { it.lowercase() },
            shown,
            told?.mend ?: mend(report),
        )
    }

    private fun mend(report: ScriptDiagnostic): String? {
        val word = quoted(report) ?: return null
        if (NO_PARAMETER.containsMatchIn(report.message)) return didYouMean(Nearest.of(word, KnownWords.parameters))
        val elsewhere = report.location?.start?.line?.let { elsewhere(word, it) }
        if (UNINITIALIZED.containsMatchIn(report.message)) return elsewhere
        if (!UNRESOLVED.containsMatchIn(report.message)) return null
        return elsewhere ?: within(word) ?: similar(word)
    }

    /** What to do about a word that is known, only not where it stands. */
    private fun within(word: String): String? {
        val scopes = KnownWords.scopes(word)
        return if (scopes.isEmpty()) null else ScriptMessages.belongsInside(word, scopes)
    }

    private fun similar(word: String): String? =
        didYouMean(Nearest.of(word, (KnownWords.all + source.declarations().map { it.name }) - word))

    /** What to do about a name that the script does give, only not where [line] could read it. */
    private fun elsewhere(word: String, line: Int): String? {
        val declarations = source.declarations()
        val reader = declarations.lastOrNull { it.line <= line }
        val places = declarations.filter { it.name == word }
        val later = places.firstOrNull { it.line > line }
        val earlier = places.lastOrNull { it.line <= line }
        return when {
            earlier != null && earlier == reader -> ScriptMessages.readsItself(word)
            later != null -> ScriptMessages.describedBelow(word, later.line, reader?.name)
            earlier != null -> ScriptMessages.describedInside(word, earlier.line)
            else -> null
        }
    }

    private fun didYouMean(word: String?) = word?.let { ScriptMessages.didYouMean(it) }

    private fun quoted(report: ScriptDiagnostic) = QUOTED.find(report.message)?.groupValues?.get(1)

    private companion object {
        val UNRESOLVED = Regex("^Unresolved reference '")
        val UNINITIALIZED = Regex("^Variable '\\w+' must be initialized")
        val NO_VALUE = Regex("^No value passed for parameter '")
        val NO_PARAMETER = Regex("^No parameter with name '")
        val QUOTED = Regex("'(\\w+)'")
    }
}
