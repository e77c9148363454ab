package io.heddle.messages

import io.heddle.check.Nearest

/** What is told of descriptions and their edits as they are written. */
internal object DescriptionMessages {
    fun modelIsEmpty() =
        Message("the model is empty", "Describe an input, a stack and a head: val text by tokens(vocab = 65)")

    fun saidTooLate(choice: String, first: String) =
        Message("$choice is said too late", "Say $choice before \"$first\", the first component.")

    fun replacedByNothing(verb: String, path: String) =
        Message("$verb(\"$path\") says nothing", "Say what comes in its place, or remove(\"$path\").")

    fun editFitsNothing(verb: String, path: String, known: List<String>): Message {
        val near = Nearest.of(path, known)
        val mend =
            when {
                known.isEmpty() -> "The model has none."
                near != null -> "Did you mean \"$near\"?"
                else -> "There is \"${known.first()}\"."
            }
        return Message("$verb(\"$path\") fits nothing", mend)
    }
}
