package io.heddle.messages

/** What is told of recipes that learn boxes. */
internal object BoxDataMessages {
    fun noClasses() = Message("classes is empty", "Name all that there are.")

    fun notDrawn(known: List<String>) =
        Message("classes has a name that no shape has", "shapes(...) draws ${known.joinToString()}.")

    fun noMatching() =
        Message("meanAveragePrecision is not for this data", "It is for boxedPictures(...). Leave it out.")

    fun noAccumulation() =
        Message(
            "accumulation is not for boxes",
            "Their loss is a mean over all objects of a batch. Leave it out, and say a larger batch.",
        )

    fun modelHasNoBoxes() =
        RecipeOfModelMessages.wrongInputs(
            "This data needs 1, 1 and 1: pictures to look at, and a class and a box of each object."
        )

    fun otherObjectives(label: String, box: String) =
        Message(
            "the model has other objectives than the data of its recipe",
            "A recipe trains one, of what it has labels for. Say objective { matching(\"$label\", \"$box\") }.",
        )

    fun otherClasses(count: Int) =
        Message(
            "the model has other classes than the data of its recipe",
            "The last one is for nothing. Say classes = ${count + 1}.",
        )
}
