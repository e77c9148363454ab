package io.heddle.model

/**
 * Paths of a model, told by one word after another: `*` stands for any word, `{0,2}` for either, `**` for any number of
 * words. A pattern fits what it names and all that is inside: the `decoder` and the `decoder/3/attention`.
 */
public class PathPattern(public val text: String) {
    private val words =
        text.split('/').let { all -> all.filterIndexed { at, word -> word != "**" || all.getOrNull(at + 1) != word } }

    /** Whether it fits [path], or something around it. */
    public fun fits(path: String): Boolean = reached(path.split('/')).isNotEmpty()

    /** Whether it fits [path] itself. */
    internal fun names(path: String): Boolean = path.split('/').let { it.size in reached(it) }

    /** How many words of [path] the whole pattern may stand for: all ways at once, so that `**` never tries twice. */
    private fun reached(path: List<String>): Set<Int> =
        words.fold(setOf(0)) { reached, word ->
            if (reached.isEmpty()) return reached
            if (word == "**") (reached.min()..path.size).toSet()
            else reached.filter { it < path.size && stands(word, path[it]) }.mapTo(HashSet()) { it + 1 }
        }

    private fun stands(word: String, name: String) =
        word == "*" || word == name || (word.startsWith('{') && word.endsWith('}') && name in choices(word))

    private fun choices(word: String) = word.substring(1, word.length - 1).split(',')

    override fun toString(): String = text
}
