package io.heddle.terms

/** Whether a key is seen. With [Open], the three values are those of Kleene's logic. */
public enum class Sight {
    Seen,
    Hidden,

    /** A relation that comes with the data decides; see [Given]. */
    Open;

    internal operator fun not(): Sight =
        when (this) {
            Seen -> Hidden
            Hidden -> Seen
            Open -> Open
        }

    internal infix fun and(other: Sight): Sight =
        when {
            this == Hidden || other == Hidden -> Hidden
            this == Open || other == Open -> Open
            else -> Seen
        }

    internal companion object {
        fun of(seen: Boolean): Sight = if (seen) Seen else Hidden
    }
}

/**
 * From where a mask is looked at.
 *
 * @property length how many keys there are
 * @property columns how many positions a row of a picture has; as many as [length] for a sequence
 * @property head which head looks, of [heads]
 * @property layer which layer of its stack the attention is in
 */
public open class MaskView(
    public val length: Long,
    public val columns: Long,
    public val head: Int,
    public val heads: Int,
    public val layer: Int,
) {
    /** The view of the first head in the first layer, on a sequence. */
    public constructor(length: Long) : this(length, length, 0, 1, 0)

    /** What [relation] says of a pair; [Sight.Open] where the data are not at hand. */
    public open fun given(relation: String, query: Long, key: Long): Sight = Sight.Open
}

/** A view in which every position is a block of [size] positions of [whole]. */
internal class BlockView(private val whole: MaskView, private val size: Int) :
    MaskView(
        (whole.length + size - 1) / size,
        (whole.columns + size - 1) / size,
        whole.head,
        whole.heads,
        whole.layer,
    ) {
    override fun given(relation: String, query: Long, key: Long): Sight =
        whole.given(relation, query * size, key * size)
}
