package io.heddle.dims

/**
 * The glossary: every name that a dim goes by in code, errors, JSON and documents.
 *
 * A sequence dim bears the name of the input that it belongs to: `source`, `target`, `text`.
 */
public object Dims {
    /** How many sequences are computed together. */
    @JvmField public val batch: Dim = Dim.symbol("batch")

    /** How many keys a decoding cache has room for. */
    @JvmField public val capacity: Dim = Dim.symbol("capacity")

    /** How many tokens the sequences of the input [name] have, padding included. */
    @JvmStatic public fun sequence(name: String): Dim = Dim.symbol(name)

    /** How many objects the picture with the most of them has, in a batch. */
    @JvmField public val objects: Dim = Dim.symbol("objects")

    /** How many numbers describe a token inside a model. */
    @JvmStatic public fun width(size: Int): Dim = Dim.named("width", size.toLong())

    /** How many different tokens there are. */
    @JvmStatic public fun vocabulary(size: Int): Dim = Dim.named("vocabulary", size.toLong())

    /** How many heads attend side by side. */
    @JvmStatic public fun heads(count: Int): Dim = Dim.named("heads", count.toLong())

    /** How many heads of keys and values there are; queries may share them. */
    @JvmStatic public fun keyValueHeads(count: Int): Dim = Dim.named("keyValueHeads", count.toLong())

    /** How many numbers of a query or a key belong to one head. */
    @JvmStatic public fun headWidth(size: Int): Dim = Dim.named("headWidth", size.toLong())

    /** How many numbers the inside of a feed-forward has for each token. */
    @JvmStatic public fun hidden(size: Int): Dim = Dim.named("hidden", size.toLong())

    /** How many positions a learned table holds. */
    @JvmStatic public fun positions(count: Int): Dim = Dim.named("positions", count.toLong())

    /** How many rows the pictures of the input [name] have. */
    @JvmStatic public fun rows(name: String): Dim = Dim.symbol("$name/rows")

    /** How many columns the pictures of the input [name] have. */
    @JvmStatic public fun columns(name: String): Dim = Dim.symbol("$name/columns")

    /** How many numbers of a value belong to one head. */
    @JvmStatic public fun valueWidth(size: Int): Dim = Dim.named("valueWidth", size.toLong())

    /** How many keys and values a low-rank attention mixes all others into. */
    @JvmStatic public fun rank(size: Int): Dim = Dim.named("rank", size.toLong())

    /** How many feed-forwards stand side by side. */
    @JvmStatic public fun experts(count: Int): Dim = Dim.named("experts", count.toLong())

    /** How many classes a classifier tells apart. */
    @JvmStatic public fun classes(count: Int): Dim = Dim.named("classes", count.toLong())

    /** How many vectors are learned instead of read. */
    @JvmStatic public fun count(vectors: Int): Dim = Dim.named("count", vectors.toLong())

    /** How many numbers a vector or a frame brings, or a kernel makes of a query or a key. */
    @JvmStatic public fun features(count: Int): Dim = Dim.named("features", count.toLong())

    /** How many numbers a pixel or a convolved frame has. */
    @JvmStatic public fun channels(count: Int): Dim = Dim.named("channels", count.toLong())

    /** How many kinds of segments there are. */
    @JvmStatic public fun segments(count: Int): Dim = Dim.named("segments", count.toLong())

    /** How many classes of distances a relative bias tells apart. */
    @JvmStatic public fun buckets(count: Int): Dim = Dim.named("buckets", count.toLong())
}
