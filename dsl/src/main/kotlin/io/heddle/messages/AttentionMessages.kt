package io.heddle.messages

/** What is told of the heads of attentions, and of what is said together but does not go together. */
internal object AttentionMessages {
    fun headsDoNotDivideWidth(width: Int, heads: Int): Message {
        val below = width / heads * heads
        val widths = if (below > 0) "$below or ${below + heads}" else "${below + heads}"
        val divisor = (minOf(heads, width) downTo 1).first { width % it == 0 }
        val mend = "$width is not a multiple of $heads. Try width = $widths, or heads = $divisor."
        return Message("heads do not divide width", mend)
    }

    fun headsAreUnknown(from: String) =
        Message(
            "how many heads it has is not known",
            "No attention of its block comes before it to take them from. Say crossAttention(from = $from, heads = 8).",
        )

    fun headsAreTooWide(together: Long, most: Int) =
        Message("heads are too wide together", "heads * headWidth is $together, and at most $most will do.")

    fun keyValueHeadsDoNotDivideHeads(divisor: Int) =
        Message(
            "heads of keys and values do not divide heads",
            "Each head of keys and values serves the same number of query heads. Try keyValueHeads = $divisor.",
        )

    fun sharedMapsHaveOtherHeads() =
        Message(
            "shared queries and keys have other numbers of heads",
            "One map for queries and keys gives as many of each: leave keyValueHeads out.",
        )

    fun lengthIsUnknown(rank: Int) =
        Message(
            "how long sequences become is not known",
            "Say lowRank($rank, length = 512), or give the input learnedPositions(512).",
        )

    fun bucketsComeInPairs(next: Int) =
        Message("buckets come in pairs", "A direction and its opposite are a bucket each: say $next.")

    fun methodDoesNotGoWith(method: String, word: String) =
        Message(
            "$method does not go with $word",
            "Leave out one of the two: $method has no scores of single keys that $word could change.",
        )

    fun hashedLooksElsewhere() =
        Message(
            "hashed does not go with crossAttention",
            "Leave out hashed(...): queries and keys are sorted together, as one sequence.",
        )

    fun hashedHeadsShareKeys(heads: Int) =
        Message(
            "hashed does not go with shared keys",
            "Each head sorts keys of its own: say keyValueHeads = $heads, or leave it out.",
        )

    fun givesNoProbabilities(method: String, asker: String) =
        Message(
            "where it looks cannot be told",
            "$asker asks for the probability of each key, and $method has none: leave out one of the two.",
        )

    fun hasNoWeights() =
        Message(
            "this attention has no weights to show",
            "kernel sums keys times values before any query, so that no query weighs a key. Choose another.",
        )

    fun lessThanNothingIsRemembered() = Message("less than nothing is remembered", "Say memory(150), or leave it out.")

    fun memoryHasNoRelation() =
        Message(
            "what is remembered has no place in a relation",
            "A relation tells of the positions of one run: leave memory() out.",
        )

    fun nothingIsGlobal() = Message("no position is global", "Say which: mask = Window(256) or Global(0).")
}
