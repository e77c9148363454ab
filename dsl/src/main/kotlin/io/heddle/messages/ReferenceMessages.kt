package io.heddle.messages

/** What is told of names that mean nothing, or something that does not fit. */
internal object ReferenceMessages {
    fun unknown(name: String, before: List<String>) = Message("there is no \"$name\"", nameOneOf(before))

    fun unknown(what: String, name: String, before: List<String>) =
        Message("there is no $what \"$name\" before it", nameOneOf(before))

    fun unknownCrossAttention(path: String, known: List<String>) =
        Message("there is no cross-attention \"$path\"", nameOneOf(known))

    fun itself(name: String, before: List<String>) =
        Message("\"$name\" looks at itself", "It may look at what comes before it. ${nameOneOf(before)}")

    fun comesLater(name: String, reader: String, before: List<String>): Message {
        val others = if (before.isEmpty()) "" else ", or name one that comes before: ${listed(before)}"
        return Message("\"$name\" comes later", "Move \"$name\" before \"$reader\"$others.")
    }

    fun notASequence(name: String, before: List<String>) = Message("\"$name\" is not a sequence", nameOneOf(before))

    fun noSuchLayer(stack: String, layers: Int) =
        Message(
            "\"$stack\" has no such layer",
            if (layers == 0) "Only a stack has layers." else "Its layers are 0 to ${layers - 1}.",
        )

    fun aboutOtherPositions(relation: String, input: String) =
        Message("\"$relation\" is about other positions", "Say relation($input).")

    fun noTable(name: String, owners: List<String>) =
        Message(
            "\"$name\" has no table of its own that comes before",
            if (owners.isEmpty()) "Leave tiedTo out: there is no table to tie it to."
            else "Tie it to one of: ${listed(owners)}.",
        )
}
