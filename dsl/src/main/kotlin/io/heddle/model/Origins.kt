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

/**
 * Which words said each part of a model, by its path; the model itself is at the empty path.
 *
 * Edits change parts word by word: what said the `scale` of an attention is at `decoder/3/attention:scale`, and where
 * nobody said it alone, it is what said the attention.
 */
public class Origins internal constructor(private val find: (String) -> Origin?) {
    public constructor(
        byPath: Map<String, Origin>
    ) : this({ path -> byPath[path] ?: byPath[path.substringBeforeLast(WORD)] })

    /** The words that said [path], or [Origin.Unknown]. */
    public operator fun get(path: String): Origin = find(path) ?: Origin.Unknown

    /** These and [more], of which [more] win. */
    public operator fun plus(more: Origins): Origins = Origins { path -> more.find(path) ?: find(path) }

    /** These, of parts that [source] says the earlier path of; what it knows none of is forgotten. */
    @JvmSynthetic internal fun moved(source: (String) -> String?): Origins = Origins { path -> source(path)?.let(find) }

    public companion object {
        @JvmField public val None: Origins = Origins(emptyMap())

        /** Stands between the path of a part and the name of a property of it. */
        internal const val WORD = ':'
    }
}

/** Where [property] of the part at this path is said; this itself where it names a property already. */
internal fun String.word(property: String): String = if (Origins.WORD in this) this else "$this${Origins.WORD}$property"
