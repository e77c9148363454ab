package io.heddle.messages

import io.heddle.check.Nearest

/** What is told of objectives and of what is frozen. */
internal object ObjectiveMessages {
    fun thereAreNo(what: String, name: String, known: List<String>) =
        Message("there are no $what \"$name\"", nameOneOf(known))

    fun objectsAreApart(input: String) =
        Message(
            "classes and boxes of other objects",
            "Each position is one object, with a class and a box: say boxes($input).",
        )

    fun nothingFits(what: String, path: String, known: List<String>): Message {
        val near = Nearest.of(path, known)
        val mend =
            when {
                known.isEmpty() -> "The model has none."
                near != null -> "Did you mean \"$near\"?"
                else -> "The model has: ${listed(known)}."
            }
        return Message("no $what at \"$path\"", mend)
    }
}
