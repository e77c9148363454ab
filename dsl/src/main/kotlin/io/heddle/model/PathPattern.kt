package io.heddle.model

/**
 * Paths of a model, told by one word after another: `*` stands for any word, `**` for any number of words. A pattern
 * fits what it names and all that is inside: the `decoder` and the `decoder/3/attention`.
 */
public class PathPattern(public val text: String) {
    private val words = text.split('/')

    /** Whether it fits [path], or something around it. */
    public fun fits(path: String): Boolean = fits(0, path.split('/'), 0)

    private fun fits(at: Int, path: List<String>, place: Int): Boolean =
        when {
            at == words.size -> true
            words[at] == "**" -> (place..path.size).any { fits(at + 1, path, it) }
            place == path.size -> false
            words[at] == "*" || words[at] == path[place] -> fits(at + 1, path, place + 1)
            else -> false
        }

    override fun toString(): String = text
}
