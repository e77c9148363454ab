package io.heddle.bench

/** What bounds the time of a work from below. */
public sealed interface Limit {
    /** It has to do this many multiplications and additions. */
    public data class Arithmetic(val operations: Double) : Limit

    /** It has to read this many bytes that no cache holds. */
    public data class Memory(val bytes: Double) : Limit

    /** Nothing simple. */
    public data object Unknown : Limit
}

/** How much of what the machine can do is done by work that takes [seconds]; 0 where that is not known. */
internal fun Limit.share(seconds: Double, machine: Said): Double =
    when (this) {
        is Limit.Arithmetic -> operations / seconds / machine["sgemm"]
        is Limit.Memory -> bytes / seconds / machine["copy"]
        Limit.Unknown -> 0.0
    }
