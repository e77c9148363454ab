package io.heddle.messages

/** What is told of recipes that learn blocks of graphs. */
internal object BlockGraphMessages {
    fun fewBlocks() = Message("blocks is less than 2", "There must be something to tell apart.")

    fun nodesAreTheWrongWayRound() =
        Message("maximumNodes is less than minimumNodes", "Say the fewest nodes of a graph first, then the most.")

    fun notAChance(word: String) = RecipeMessages.outOfRange(word, "at least 0 and at most 1")

    fun tooLarge(most: Long) =
        Message(
            "the graphs are too large",
            "All together may have $most pairs of nodes, and as many features. Say fewer graphs, or smaller ones.",
        )

    fun batchIsTooLarge(pairs: Long, most: Long) =
        Message(
            "batch is too large",
            "A graph has up to $pairs pairs of nodes, and $most are the most. " +
                "Say batch(${maxOf(1, most / pairs)}) or less.",
        )

    fun modelHasNoNodes() =
        RecipeOfModelMessages.wrongInputs("This data needs 1 and 1: vectors of nodes, and their blocks.")

    fun otherFeatures(count: Int) =
        Message("the model reads other features than the data has", "Say vectors(features = $count).")

    fun blocksAreOfNodes(count: Int) =
        Message(
            "the model has one class for a graph, and its data one for each node",
            "Say that each node has one: classify(encoder, Each, classes = $count).",
        )
}
