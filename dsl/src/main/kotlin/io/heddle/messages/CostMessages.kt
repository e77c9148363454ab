package io.heddle.messages

import io.heddle.check.Nearest

/** What is told of sizes that costs are asked for, and of models that no machine holds. */
internal object CostMessages {
    fun tooManyWeights(count: String) =
        Message("there are too many weights", "No machine holds $count numbers. Make the model smaller.")

    fun noSuchSize(size: String, known: Collection<String>): Message {
        val near = Nearest.of(size, known)
        val mend = if (near == null) "Known are ${known.joinToString()}." else "Did you mean \"$near\"?"
        return Message("there is no size \"$size\"", mend)
    }

    fun longerThanPositions(size: String, length: Long, positions: Int) =
        Message("$size = $length is longer than its positions", "Say at most $positions, or learnedPositions($length).")

    fun notPositive(size: String, value: Long) = Message("$size = $value is not positive", "A size is 1 or more.")
}
