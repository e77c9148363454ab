package io.heddle.script

/** The text of a script, to point into. Lines and columns count from 1, as compilers do. */
internal class SourceText(private val text: String) {
    private val lines = text.lines()

    /** The line without its indentation and, below it, a mark under what stands from [column] to [end]. */
    fun pointed(line: Int, column: Int, end: Int?): String? {
        val words = line(line) ?: return null
        val indent = lines[line - 1].length - lines[line - 1].trimStart().length
        val start = column - 1 - indent
        if (start !in 0..words.length) return words
        val length = ((end ?: column) - column).coerceIn(1, maxOf(1, words.length - start))
        return words + "\n" + " ".repeat(start) + "^".repeat(length)
    }

    /** The line without blanks around it; null for an empty one, or none. */
    fun line(line: Int): String? = lines.getOrNull(line - 1)?.trim()?.ifEmpty { null }

    /** How many characters stand before a place. */
    fun offset(line: Int, column: Int): Int = lines.take(line - 1).sumOf { it.length + 1 } + column - 1

    /** The braces that follow a word and its arguments: `stack(source, layers = 2) { ... }`. */
    fun block(line: Int, column: Int): IntRange? {
        var at = offset(line, column)
        while (at < text.length && text[at].isJavaIdentifierPart()) at++
        at = skipBlanks(at)
        if (text.getOrNull(at) == '(') at = skipBlanks((closing(at) ?: return null) + 1)
        if (text.getOrNull(at) != '{') return null
        return closing(at)?.let { at..it }
    }

    /** The names that the script gives to values and functions of its own, from the top. */
    fun declarations(): List<Declaration> =
        DECLARATION.findAll(text)
            .map { Declaration(it.groupValues[1], text.take(it.range.first).count { sign -> sign == '\n' } + 1) }
            .toList()

    /** A name that the script gives, and the line in which it does. */
    data class Declaration(val name: String, val line: Int)

    private fun skipBlanks(from: Int): Int {
        var at = from
        while (at < text.length && (text[at] == ' ' || text[at] == '\t')) at++
        return at
    }

    /** Where the bracket that opens at [from] closes; brackets in strings count, too, which is rarely wrong. */
    private fun closing(from: Int): Int? {
        var depth = 0
        for (at in from..<text.length) {
            if (text[at] in "({[") depth++
            if (text[at] in ")}]" && --depth == 0) return at
        }
        return null
    }

    private companion object {
        val DECLARATION = Regex("""\b(?:val|var|fun)\s+(?:[\w.]+\.)?(\w+)""")
    }
}
