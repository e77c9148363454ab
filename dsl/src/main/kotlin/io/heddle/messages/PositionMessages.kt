package io.heddle.messages

/** What is told of how positions are said, in inputs and in attentions. */
internal object PositionMessages {
    fun headsTurnNoPairs(heads: Int, headWidth: Int) =
        Message(
            "rotary positions turn pairs, and a head has an odd width",
            "Choose heads so that width / heads is even, " +
                "or say attention(heads = $heads, headWidth = ${headWidth + 1}).",
        )

    fun shareTurnsNoPairs(turned: Int, headWidth: Int) =
        Message(
            "rotary positions turn pairs, and a share of a head is odd",
            "It is $turned of $headWidth numbers. Choose share or heads so that it is even.",
        )

    fun highIsNotAboveLow() = Message("high is not above low", "Llama 3.1 has low = 1.0 and high = 4.0.")

    fun biasHasOtherHeads(bias: String, heads: Int) =
        Message("its relative bias has other heads", "Say relativeBias(heads = $heads) for $bias.")

    fun farDistancesHaveNoBuckets(half: Int) =
        Message("the far distances have no buckets", "Half of the buckets hold one distance each: say more than $half.")

    fun reachOfGridIsUnknown() =
        Message(
            "how far the relative bias reaches is not known",
            "Say relativeBias2d(7), or mask = Windows2d(7) before it.",
        )

    fun attentionSeesNoGrid() =
        Message(
            "its positions have no rows and columns",
            "Rows and columns come from image() without classToken(), or from featureMap().",
        )

    fun inputHasNoGrid() = Message("its positions have no rows and columns", "Say sinusoidal().")

    fun positionsAreNarrow() =
        Message(
            "its positions are narrower than its layers",
            "Positions of the table's width can only be added before project(): leave out \"to\".",
        )

    fun unusedIsNoNumberOfRows() =
        Message(
            "rows without a position are not a number of rows",
            "learnedPositions(1_024, unused = 2) has a table of 1,026 rows.",
        )

    fun notOnePositionAPatch(patches: Long) =
        Message("there is not one learned position for each patch", "Say $patches.")

    fun notOneVectorAPosition(count: Int) = Message("it has not as many vectors as positions", "Say $count.")
}
