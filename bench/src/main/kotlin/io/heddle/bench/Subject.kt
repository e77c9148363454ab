package io.heddle.bench

import io.heddle.dsl.model
import io.heddle.model.Model
import io.heddle.terms.Activation
import io.heddle.terms.Gelu
import io.heddle.terms.GeluTanh
import io.heddle.terms.Layout
import io.heddle.terms.PreNorm
import io.heddle.terms.Relu

/**
 * A model that both sides compute, and the sizes that libtorch's side is built from.
 *
 * @property model for Heddle; it reads [inputs], and its scores are `next`
 * @property layers of each stack
 */
public data class Subject(
    val model: Model,
    val inputs: List<String>,
    val vocabulary: Int,
    val layers: Int,
    val heads: Int,
    val layout: Layout,
    val activation: Activation,
    val dropout: Double,
) {
    /** Multiplications and additions for a causal reading of [tokens] tokens by one stack, without its scores. */
    internal fun operations(tokens: Int): Double {
        val width = model.width.toDouble()
        val matrices = 2.0 * MATRICES * width * width
        val attention = 2.0 * width * (tokens + 1) // half of all pairs, once for scores and once for values
        return layers * tokens * (matrices + attention)
    }

    /** Multiplications and additions for the scores of [tokens] tokens. */
    internal fun scoreOperations(tokens: Int): Double = 2.0 * tokens * model.width * vocabulary

    /** What one token has to read: every matrix and the table of scores. */
    internal fun bytesOfWeights(storage: Work.Storage): Double {
        val width = model.width.toDouble()
        val numbers = layers * MATRICES * width * width + vocabulary * width
        return when (storage) {
            Work.Storage.Float -> numbers * FLOAT
            Work.Storage.Bfloat16 -> numbers * FLOAT / 2
        }
    }

    /** The keys and values of [tokens] tokens, in float. */
    internal fun bytesKept(tokens: Int): Double = FLOAT * 2 * layers * tokens * model.width

    public companion object {
        /** What the scores of every model are called. */
        public const val SCORES: String = "next"

        /** Matrices of `width x width` in a layer: 4 of attention, and 2 of 4 times the size. */
        private const val MATRICES = 12
        private const val FLOAT = 4.0

        /** nanoGPT's smallest setting for a CPU (github.com/karpathy/nanoGPT). */
        public val small: Subject = gpt(layers = 4, width = 128, heads = 4, context = 64, vocabulary = 65, Gelu)

        /** nanoGPT's model for Shakespeare's letters, without dropout. */
        public val letters: Subject = gpt(layers = 6, width = 384, heads = 6, context = 256, vocabulary = 65, Gelu)

        /** GPT-2 small (Radford et al. 2019). */
        public val gpt2: Subject =
            gpt(layers = 12, width = 768, heads = 12, context = 1_024, vocabulary = 50_257, GeluTanh)

        private fun gpt(
            layers: Int,
            width: Int,
            heads: Int,
            context: Int,
            vocabulary: Int,
            activation: Activation,
        ): Subject {
            val gpt =
                model("gpt", width) {
                    layout = PreNorm
                    val text by tokens(vocab = vocabulary) { learnedPositions(context) }
                    val decoder by
                        stack(text, layers = layers) {
                            attention(heads = heads) { causal() }
                            addNorm()
                            feedForward { this.activation = activation }
                            addNorm()
                        }
                    val next by logits(decoder, tiedTo = text)
                    check(next.name == SCORES)
                }
            return Subject(gpt, listOf("text"), vocabulary, layers, heads, PreNorm, activation, dropout = 0.0)
        }

        /**
         * The transformer of "Attention Is All You Need" (arXiv 1706.03762) at its base width, with two layers a side.
         */
        public fun translator(layout: Layout, dropout: Double): Subject {
            val translator =
                model("translator", width = 512) {
                    this.layout = layout
                    this.dropout = dropout
                    attentionDropout = dropout
                    val source by
                        tokens(vocab = 8_000) {
                            sinusoidal()
                            scaled()
                        }
                    val target by tokens(tiedTo = source)
                    val encoder by
                        stack(source, layers = 2) {
                            attention(heads = 8)
                            addNorm()
                            feedForward {
                                activation = Relu
                                this.dropout = dropout
                            }
                            addNorm()
                        }
                    val decoder by
                        stack(target, layers = 2) {
                            attention(heads = 8) { causal() }
                            addNorm()
                            crossAttention(from = encoder)
                            addNorm()
                            feedForward {
                                activation = Relu
                                this.dropout = dropout
                            }
                            addNorm()
                        }
                    val next by logits(decoder, tiedTo = target)
                    check(next.name == SCORES)
                }
            val inputs = listOf("source", "target")
            return Subject(translator, inputs, 8_000, layers = 2, heads = 8, layout, Relu, dropout)
        }
    }
}
