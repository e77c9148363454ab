package io.heddle.graph

import io.heddle.dims.Dim
import io.heddle.terms.Activation
import io.heddle.terms.RotaryPairs
import io.heddle.terms.SinusoidOrder

/**
 * Everything that a graph can compute, each in one line: inputs -> outputs.
 *
 * `[..]` stands for any leading dims, the same wherever it is written in a line. [outputTypes] holds the shape rules,
 * the engine's `Gradients` the gradient of each, and each backend its kernels. Every `switch` over ops is exhaustive.
 */
public sealed interface Op {
    /** What comes from outside of a graph, by a name that no other node of its kind has. */
    public sealed interface Source : Op {
        public val name: String
    }

    // Where values come from ---------------------------------------------------------------------------------------

    /** `() -> type`: given for each run, by [name]. */
    public data class Input(override val name: String, val type: TensorType) : Source

    /** `() -> real shape`: a weight, kept between runs and trained. */
    public data class Parameter(override val name: String, val shape: Shape, val start: Start, val role: Role) : Source

    /** `() -> real shape`: kept between runs, written by [WriteAt], zero at first. */
    public data class State(override val name: String, val shape: Shape) : Source

    /** `() -> type`: [value] everywhere. */
    public data class Constant(val value: Double, val type: TensorType) : Op

    // Products -----------------------------------------------------------------------------------------------------

    /**
     * Product of two matrices, the leading dims of a taller tensor being rows; see [ProductForm] for the three forms.
     */
    public data class MatMul(val form: ProductForm) : Op

    // Number by number ---------------------------------------------------------------------------------------------

    /** `[.., s], [s] -> [.., s]`: sum; the right shape is the last dims of the left one, all of them, or none. */
    public data object Add : Op

    /** `[.., s], [s] -> [.., s]`: product; shapes as for [Add]. */
    public data object Multiply : Op

    /** `[..] -> [..]`: times [factor]. */
    public data class Scale(val factor: Double) : Op

    /** `[.., s] -> [s]`: sum over the leading dims down to the last [kept] ones, the gradient of a broadcast. */
    public data class SumLeading(val kept: Int) : Op

    /** `[..] -> [..]`: the [activation] of each number. */
    public data class Activate(val activation: Activation) : Op

    /** `x [..], dy [..] -> dx [..]`: `dy * activation'(x)`. */
    public data class ActivateGradient(val activation: Activation) : Op

    /**
     * `x [..], randomness index [2] -> [..]`: zero with probability [rate], else `x / (1 - rate)`; its own gradient.
     */
    public data class Dropout(val rate: Double, val stream: String) : Op

    // Norms: over the last dim -------------------------------------------------------------------------------------

    /** `x [.., w], gain [w](, bias [w]) -> y [.., w], mean [..], inverseDeviation [..]` (arXiv 1607.06450). */
    public data class LayerNorm(val epsilon: Double) : Op

    /** `x [.., w], gain [w], mean [..], inverseDeviation [..], dy [.., w] -> dx [.., w], dgain [w]`. */
    public data object LayerNormGradient : Op

    /**
     * `x [.., w], gain [w] -> y [.., w], inverseRoot [..]`: `y = gain * x / sqrt(mean(x^2) + epsilon)` (arXiv
     * 1910.07467).
     */
    public data class RmsNorm(val epsilon: Double) : Op

    /** `x [.., w], gain [w], inverseRoot [..], dy [.., w] -> dx [.., w], dgain [w]`. */
    public data object RmsNormGradient : Op

    // Tables and positions -----------------------------------------------------------------------------------------

    /** `table [rows, w], ids index [..] -> [.., w]`: the row of each id. */
    public data object Embed : Op

    /** `ids index [..], dy [.., w] -> [rows, w]`: the sum of `dy` for each row. */
    public data class EmbedGradient(val rows: Dim) : Op

    /** `offset index [] -> index [time]`: `offset, offset + 1, ...`. */
    public data class Positions(val time: Dim) : Op

    /**
     * `positions index [time] -> [time, width]`: sines and cosines of `position / 10000^(2i / width)` (arXiv
     * 1706.03762, 3.5).
     */
    public data class Sinusoid(val width: Dim, val order: SinusoidOrder) : Op

    /**
     * `x [batch, time, heads * w], positions index [time] -> x`: pairs turned by `position / base^(2i / w)` (arXiv
     * 2104.09864).
     */
    public data class Rotate(val heads: Int, val base: Double, val pairs: RotaryPairs, val direction: Direction) : Op

    /** `x [batch, time, w], lengths index [batch] -> [batch, w]`: the last real position of each sequence. */
    public data object TakeLast : Op

    /**
     * `x [batch, w], lengths index [batch] -> [batch, time, w]`: zero but at the last real position; [TakeLast]'s
     * gradient.
     */
    public data class PutLast(val time: Dim) : Op

    /**
     * `state [batch, capacity, w], fresh [batch, time, w], offset index [] -> state`: written in place from `offset`
     * on.
     */
    public data object WriteAt : Op

    // Attention ----------------------------------------------------------------------------------------------------

    /**
     * `queries [batch, query, heads * w], keys [batch, key, keyValueHeads * w], values
     * [batch, key, keyValueHeads * v],` `keyLengths index [batch], offset index [](, randomness index [2])` `-> out
     * [batch, query, heads * v], logSumExp [batch, heads, query]` (arXiv 1706.03762, equation 1).
     *
     * Query `i` stands at position `offset + i`, key `j` at `j`. A query that sees nothing gives zeros and `-infinity`.
     */
    public data class Attention(val kind: AttentionKind) : Op

    /**
     * `queries, keys, values, keyLengths, offset, out, logSumExp, dout(, randomness)` `-> dqueries, dkeys, dvalues`,
     * shaped as in [Attention]; probabilities are recomputed.
     */
    public data class AttentionGradient(val kind: AttentionKind) : Op

    // Losses -------------------------------------------------------------------------------------------------------

    /**
     * `logits [.., vocabulary], labels index [..] -> loss [], logSumExp [..]`: the **sum** over labels that are not
     * negative of `(1 - smoothing) * -log p(label) + smoothing * mean(-log p)` (arXiv 1512.00567, section 7).
     */
    public data class CrossEntropy(val smoothing: Double) : Op

    /** `logits [.., vocabulary], labels index [..], logSumExp [..], dloss [] -> dlogits`. */
    public data class CrossEntropyGradient(val smoothing: Double) : Op

    // Fused: written by passes, never by lowering --------------------------------------------------------------------

    /** `x [.., w], bias [w] -> [.., w]`: `activation(x + bias)`. */
    public data class BiasActivate(val activation: Activation) : Op

    /** `x [.., w], bias [w], dy [.., w] -> dx [.., w]`: `dy * activation'(x + bias)`. */
    public data class BiasActivateGradient(val activation: Activation) : Op

    /**
     * `x [.., w], branch [.., w], gain [w](, bias [w]) -> sum, y, mean, inverseDeviation`: [LayerNorm] of `x + branch`.
     */
    public data class AddLayerNorm(val epsilon: Double) : Op

    /** `x [.., w], branch [.., w], gain [w] -> sum, y, inverseRoot`: [RmsNorm] of `x + branch`. */
    public data class AddRmsNorm(val epsilon: Double) : Op
}
