package io.heddle.messages

/** What is told of masks. */
internal object MaskMessages {
    fun nothingIsGlobal() = Message("nothing is global", "Global(0) is the first position.")

    fun nothingIsDrawn() = Message("nothing is drawn", "Random(3, seed = 0) draws three keys for every query.")

    fun blockHasNoPositions() = Message("a block has no positions", "Blocks(64) cuts a sequence into pieces of 64.")

    fun windowReachesLessThanNothing() =
        Message("a window reaches less than nothing", "Window(0) is a token alone, Window(128) 128 more on each side.")

    fun windowHasNoSteps() =
        Message(
            "a window has no steps",
            "Window(64, dilation = 4) sees every fourth key; leave dilation out to see each.",
        )

    fun windowHasNoRows() = Message("a window has no rows", "Windows2d(7) is 7 rows of 7 positions.")

    fun windowsAreMovedTooFar(size: Int) =
        Message("windows are not moved within their width", "Say a shift from 0 to ${size - 1}; ${size / 2} is usual.")

    fun filledWindowsStandAlone() =
        Message(
            "its windows cannot be filled",
            "That is for Windows2d alone, over an image() without classToken() and without memory(): leave out edge.",
        )

    fun masksDoNotDivideHeads(heads: Int) =
        Message(
            "masks do not divide heads",
            "Groups of equally many heads have a mask each: say as many masks as divide $heads.",
        )

    fun positionsSeeNothingOf(from: String) =
        Message("some positions see nothing", "Say a mask that shows each position something of $from, or none.")

    fun positionsSeeNothing(mask: String) =
        Message("some positions see nothing", "Let them see themselves: mask = ($mask) or Self.")
}
