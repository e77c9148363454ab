package io.heddle.messages

/** What is told of graphs that are not legal: of whoever wrote them, a lowering or a pass. */
internal object GraphMessages {
    fun readBeforeMade(value: String, node: String) =
        Message(
            "reads $value before it is made, or with another type: $node",
            "Put the maker of a value before all that read it, and read what it made.",
        )

    fun madeTwice(value: String, node: String) =
        Message("value $value is made twice: $node", "Give each output a number of its own, as a GraphBuilder does.")

    fun sourcesShareAName(name: String, node: String) =
        Message("another node is named \"$name\": $node", "Give each input, parameter and state a name of its own.")

    fun neverMade(value: String) = Message("value $value is never made", "Keep the node that makes it.")

    fun outputsHaveOtherTypes(op: String) =
        Message(
            "the outputs of $op have other types than its shape rule says",
            "Write its outputs anew when what it reads changes.",
        )

    fun inputsDoNotFit(mismatch: String) = Message(mismatch, "Give the op inputs that its shape rule takes.")
}
