package io.heddle.bench

import io.heddle.terms.Mask

/**
 * What is timed: the same computation by Heddle and by libtorch.
 *
 * @property title what the table calls it; [name] is what `--only` does
 * @property goals the largest share of libtorch's time that Heddle may take, by number of threads; none where that is
 *   not what the work is timed for
 */
public sealed interface Work {
    public val name: String
    public val title: String
    public val goals: Map<Int, Double>

    /** What bounds its time on any machine. */
    public val limit: Limit
        get() =
            when (this) {
                is Training ->
                    if (subject.inputs.size > 1) Limit.Unknown
                    else Limit.Arithmetic(PASSES * batch * (subject.operations(time) + subject.scoreOperations(time)))
                is Decoding -> Limit.Memory(subject.bytesOfWeights(storage) + subject.bytesKept(context))
                is Prefill -> Limit.Arithmetic(subject.operations(tokens))
                is CrossEntropy,
                is Attention -> Limit.Unknown
            }

    /**
     * Forward, backward and AdamW, for one batch: [batch] rows of [time] tokens, and as many of the source if it has
     * one.
     */
    public data class Training(
        override val name: String,
        override val title: String,
        override val goals: Map<Int, Double>,
        val subject: Subject,
        val batch: Int,
        val time: Int,
    ) : Work

    /** The loss of scores `[rows, vocabulary]` and its gradient. */
    public data class CrossEntropy(
        override val name: String,
        override val title: String,
        override val goals: Map<Int, Double>,
        val rows: Int,
        val vocabulary: Int,
    ) : Work

    /** Attention by itself, forward and backward, of one sequence of [time] positions; what is seen is [mask]. */
    public data class Attention(override val name: String, override val title: String, val mask: Mask, val time: Int) :
        Work {
        override val goals: Map<Int, Double>
            get() = emptyMap()

        public companion object {
            public const val HEADS: Int = 8
            public const val HEAD_WIDTH: Int = 64
        }
    }

    /** How Heddle stores weights that are read only. */
    public enum class Storage {
        Float,

        /** The upper half of a float. */
        Bfloat16,
    }

    /** One more token after [context] tokens, with what was read kept. */
    public data class Decoding(
        override val name: String,
        override val title: String,
        override val goals: Map<Int, Double>,
        val subject: Subject,
        val context: Int,
        val storage: Storage,
    ) : Work

    /** The scores of the token after [tokens] tokens that are read at once. */
    public data class Prefill(
        override val name: String,
        override val title: String,
        override val goals: Map<Int, Double>,
        val subject: Subject,
        val tokens: Int,
    ) : Work
}

/** Forward, and twice as much backward. */
private const val PASSES = 3
