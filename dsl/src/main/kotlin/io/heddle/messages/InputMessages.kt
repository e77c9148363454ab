package io.heddle.messages

/** What is told of inputs. */
internal object InputMessages {
    fun fewerThanNoSegments() = Message("there are fewer than no segments", "Say segments(2), or leave it out.")

    fun sharedTableHasOtherSizes(input: String) =
        Message(
            "a table cannot be shared by inputs of other sizes",
            "Give both the same vocabulary and width, or $input a table of its own.",
        )

    fun tableIsAnothers(owner: String) =
        Message(
            "the table it is tied to is another's",
            "Say adaptive() of $owner, whose table it is, or leave tiedTo out.",
        )

    fun learnedVectorsHavePositions() =
        Message(
            "learned vectors are told apart by themselves alone",
            "Leave noPositions() out: nothing is added to them.",
        )

    fun cutoffsDoNotRise() =
        Message("cutoffs do not rise", "Say rising numbers between 0 and the vocabulary: adaptive(20_000, 40_000).")

    fun widthIsNotTheModels(says: String) =
        Message("what it gives does not have the model's width", "Say $says { project() }.")

    fun tooMuchTogether(most: Int) =
        Message("a position holds too many numbers", "Features times reduction are $most at the most. Say fewer.")

    fun patchesDoNotDivide(side: Int) = Message("patches do not divide the picture", "Try patches($side).")

    fun copiedHasAnotherWidth() = Message("what it copies has another width", "Give both the same width.")
}
