package io.heddle.model

/**
 * Words that set something, and where they stand.
 *
 * @property says the words, as in `attention(heads = 8)`
 * @property where the file and the line or JSON path, as in `nmt.model.kts:11`; empty when unknown
 */
public data class Origin(val says: String, val where: String) {
    public companion object {
        /** Where nothing is known. */
        @JvmField public val Unknown: Origin = Origin("", "")
    }
}

/** Which words said each part of a model, by its path; the model itself is at the empty path. */
public class Origins internal constructor(private val find: (String) -> Origin?) {
    public constructor(byPath: Map<String, Origin>) : this({ path -> byPath[path] })

    /** The words that said [path], or [Origin.Unknown]. */
    public operator fun get(path: String): Origin = find(path) ?: Origin.Unknown

    /** These and [more], of which [more] win. */
    public operator fun plus(more: Origins): Origins = Origins { path -> more.find(path) ?: find(path) }

    public companion object {
        @JvmField public val None: Origins = Origins(emptyMap())
    }
}
