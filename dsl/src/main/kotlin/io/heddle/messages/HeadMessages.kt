package io.heddle.messages

/** What is told of logits, and of what is pooled, classified or boxed. */
internal object HeadMessages {
    fun vocabularyIsUnknown(input: String) =
        Message(
            "over which tokens is not known",
            "There are no tokens below it to take the vocabulary from. Say logits($input, vocab = 32).",
        )

    fun beamIsWiderThanVocabulary(vocabulary: Int) =
        Message(
            "the beam is wider than the vocabulary",
            "There are only $vocabulary words: say crf(beam = $vocabulary).",
        )

    fun copiesElsewhere(input: String, source: String, known: List<String>) =
        Message(
            "it copies through an attention that is elsewhere",
            if (known.isEmpty()) "No cross-attention below $input looks at $source: add one, or leave copyFrom out."
            else "Below $input these look at $source: ${listed(known)}.",
        )

    fun copiesByNoHead(through: String, heads: Int) =
        Message(
            "it copies by a head that is not there",
            if (heads == 1) "$through has one head: say CopyHeads.One(0), or CopyHeads.Mean."
            else "$through has heads 0 to ${heads - 1}; CopyHeads.Mean takes all of them.",
        )

    fun copiesWhatItWrites(source: String) =
        Message("it copies from what it writes itself", "Read a source beside $source, and copy from that.")

    fun chainOfCopies() =
        Message(
            "words that are copied have no rows in the tables of a chain",
            "Only the source has them: leave out crf(...), or copyFrom(...).",
        )

    fun tiedTableHasOtherSizes() =
        Message(
            "the table it is tied to has other sizes",
            "Leave tiedTo out, or give both the same width and vocabulary.",
        )

    fun adaptiveTableOfItsOwn(input: String) =
        Message(
            "an adaptive table of its own",
            "A tokens input has it: say adaptive(...) there, and logits($input, tiedTo = that input).",
        )

    fun tiedTableIsNarrow(width: Int) =
        Message("the table it is tied to has other sizes", "Say { dense(width = $width) }, or leave tiedTo out.")

    fun nothingWasSaid(input: String) =
        Message(
            "it says frames, and reads none that were said before",
            "Below $input there is no spoken(...) input: say spoken(features = 80), and a stack over it.",
        )

    fun saysOtherFrames() =
        Message(
            "it says other frames than it reads",
            "What is said becomes what is read: give both the same features and reduction.",
        )

    fun widthIsNotWhatItMakes(width: Int) = Message("it has another width than what it makes", "Say $width.")

    fun eachPositionIsNoVector() =
        Message("each position by itself is no vector for a sequence", "Say First, Last, Mean, Max or Attentive.")

    fun pooledAlready(input: String, classes: Int) =
        Message(
            "what it reads is pooled already",
            "$input is one vector already: say classify($input, classes = $classes).",
        )
}
