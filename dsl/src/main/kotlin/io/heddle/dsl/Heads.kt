package io.heddle.dsl

/**
 * How many heads an attention has and how wide they are, for Java, which has no named arguments:
 * `attention(Heads.of(32).keyValue(8).width(128))`.
 */
public class Heads
private constructor(
    internal val count: Int,
    internal val keyValue: Int,
    internal val width: Int?,
    internal val value: Int?,
) {
    /** Fewer heads of keys and values, each shared by neighbouring query heads; as many where it is left out. */
    public fun keyValue(heads: Int): Heads = Heads(count, heads, width, value)

    /** Numbers of a query or key of a head; the stack's width over the heads where it is left out. */
    public fun width(numbers: Int): Heads = Heads(count, keyValue, numbers, value)

    /** Numbers of a value of a head; as many as of a query where it is left out. */
    public fun valueWidth(numbers: Int): Heads = Heads(count, keyValue, width, numbers)

    public companion object {
        /** [count] heads that share the width evenly, each with its own keys and values. */
        @JvmStatic public fun of(count: Int): Heads = Heads(count, count, null, null)
    }
}
