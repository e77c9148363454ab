package io.heddle.messages

import io.heddle.check.Nearest

/** What is told of pictures that cannot be drawn. */
internal object PictureMessages {
    fun sizeIsNone(size: Int, most: Int) =
        Message("size = $size is no number of positions to show", "A picture of a mask shows 1 to $most positions.")

    fun tooManyMasks(text: String, most: Int, example: String) =
        Message("\"$text\" asks for too many masks", "One picture shows $most. Choose fewer, for example \"$example\".")

    fun beginsSeveral(text: String, count: Int, example: String) =
        Message("\"$text\" begins the paths of $count attentions", "Write more of it, for example \"$example\".")

    fun noAttention(text: String, known: List<String>): Message {
        val near = Nearest.of(text, known)
        val mend =
            when {
                known.isEmpty() -> "This model has no attention at all."
                near != null -> "Did you mean \"$near\"?"
                else -> "Write the path of an attention, or a pattern: * is any word, ** any number of words."
            }
        return Message("no attention is at \"$text\"", mend)
    }
}
