package io.heddle.messages

/** What is told of names. */
internal object NameMessages {
    fun notAName(name: String) =
        Message("\"$name\" is not a name", "Use letters, digits, - and _, beginning with a letter.")

    fun notPrintable() = Message("its name cannot be printed", "Give it a name on one line.")

    fun nameless(says: String) =
        Message("a component has no name", "Name it with the property that holds it: val name by $says")

    fun taken(taken: List<String>) =
        Message("the name is taken", "Choose another: the engine's own inputs and outputs are ${taken.joinToString()}.")

    fun weightsOfAComponent(name: String) =
        Message(
            "its weights have the name of a component",
            "A component's weights stand under its name: say weightsNamed(\"${name}Weights\").",
        )

    fun componentsShareIt(count: Int) = Message("$count components have this name", "Give each its own.")

    fun sublayersShareIt(count: Int, name: String) =
        Message(
            "$count sublayers of this block have the same name",
            "Give the second one a name for its path: name = \"${name}2\".",
        )
}
