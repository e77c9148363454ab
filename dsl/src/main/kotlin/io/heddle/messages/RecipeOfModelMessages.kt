package io.heddle.messages

/** What is told of recipes that cannot train a model. */
internal object RecipeOfModelMessages {
    fun modelHasNoText() = wrongInputs("This data needs 1 and 1: a text to go on with.")

    fun modelHasNoMaskedText() =
        wrongInputs("This data needs 1 and 1: a text to read, and scores for its hidden words.")

    fun modelHasNoPairs() = wrongInputs("This data needs 2 and 1: a source to read, and a target to write.")

    fun readsMore() = wrongInputs("This data has nothing for it. Leave it out.")

    fun wrongInputs(mend: String) = Message("the model does not fit the data of its recipe", mend)

    fun nothingIsRemembered() =
        Message(
            "nothing stands before what is read that could be remembered",
            "Only text goes on from batch to batch. Leave memory() out, or train on text(\"input.txt\", context = 64).",
        )

    fun tooFewPositions(longest: Long) = shortOfPositions("", longest)

    fun tooFewPositionsForAnEnd(longest: Long) = shortOfPositions("One is for the begin or end token. ", longest)

    /** Of the reverse task, that holds out sequences which are [more] tokens longer than [said]. */
    fun tooFewPositionsForHeldOut(said: Int, more: Int, longest: Long) =
        shortOfPositions(
            "Held-out sequences are up to $more longer than $said, and one is for the begin or end token.\n",
            longest,
        )

    private fun shortOfPositions(because: String, longest: Long) =
        Message(
            "there are fewer learned positions than the data is long",
            "${because}Say learnedPositions($longest), or make the data shorter.",
        )
}
