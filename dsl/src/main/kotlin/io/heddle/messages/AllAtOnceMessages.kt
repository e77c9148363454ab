package io.heddle.messages

/** What is told of models that write all words at once. */
internal object AllAtOnceMessages {
    fun onlyAnswersAreWrittenAtOnce() =
        Message(
            "only answers to a source are written all at once",
            "How many words there are is foretold from it. Train on pairs, or leave decoderInput out.",
        )

    fun nothingForetellsHowMany() =
        Message(
            "nothing foretells how many words there are to fill in",
            "Describe val length by classify(encoder, Mean, classes = 64), and a decoder without causal().",
        )

    fun decoderReadsMasks() =
        Message(
            "the model writes all words at once, and would read the words that it is to write",
            "Say decoderInput = DecoderInput.Masked, or DecoderInput.Blanks.",
        )

    fun decoderReadsCopies() =
        Message(
            "the decoder reads copies of its source, and no word of its target",
            "Say decoderInput = DecoderInput.Blanks.",
        )

    fun alignedAlone() =
        Message(
            "alignments are there for one of training and validation, and not for the other",
            "Say files(source, target, alignments) of both, or files(source, target).",
        )

    fun nothingFertile() =
        Message(
            "the files say which words belong together, and nothing learns from it",
            "Describe val fertility by classify(encoder, Each, classes = 8), or leave the alignments out.",
        )

    fun oneLength() = Message("a target has one length, and the model any number", "Leave multiLabel() out.")

    fun tooFewLengths(classes: Long) =
        Message(
            "the model knows fewer lengths than the data has",
            "Class n is a target of n tokens, the end token included. Say classes = $classes, or make the data " +
                "shorter.",
        )

    fun otherObjectives(words: String, length: String) =
        Message(
            "words and their number are learned together, and the model has other objectives",
            "Say objective { crossEntropy($words); crossEntropy($length) }.",
        )

    fun copiesAtOnce() =
        Message(
            "words cannot be copied where all are written at once",
            "A copied word has a number that no table of tokens has. Leave copyFrom(...) out.",
        )

    fun noRulesAtOnce() =
        Message("rules are for words that follow each other", "All words are chosen at once. Leave the rules out.")

    fun writesAtOnce() =
        Message(
            "the model writes all words at once, and none after the other",
            "Say Decoding.AllAtOnce(passes = 10), or Decoding.Greedy, which is one pass.",
        )

    fun writesWordByWord() =
        Message(
            "the model writes a word after the other, and not all at once",
            "Say Decoding.Greedy, Decoding.Beam(4) or Decoding.Sampling().",
        )

    fun chainNeedsAllWords() =
        Message(
            "a chain scores neighbours together, and a word that is read is part of none",
            "Say decoderInput = DecoderInput.Blanks, or leave crf(...) out.",
        )

    fun chainIsWhole(lengths: Int) =
        Message(
            "words of a chain are sure together, and none less than others",
            "Say Decoding.AllAtOnce(passes = 1, lengths = $lengths), or leave crf(...) out.",
        )

    fun nothingToRefine(lengths: Int) =
        Message(
            "the decoder reads copies of its source, and a second pass would read the same",
            "Say Decoding.AllAtOnce(passes = 1, lengths = $lengths).",
        )
}
