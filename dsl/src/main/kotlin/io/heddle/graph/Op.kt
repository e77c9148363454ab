package io.heddle.graph

import io.heddle.dims.Dim
import io.heddle.terms.Activation
import io.heddle.terms.Mask
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
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

    /**
     * What writes its first input, a state or a weight that is not trained, in place: it happens whether or not anyone
     * reads what it gives.
     */
    public sealed interface Writer : Op

    // Where values come from ---------------------------------------------------------------------------------------

    /** `() -> type`: given for each run, by [name]. */
    public data class Input(override val name: String, val type: TensorType) : Source

    /** `() -> real shape`: a weight, kept between runs and trained. */
    public data class Parameter(override val name: String, val shape: Shape, val start: Start, val role: Role) : Source

    /** `() -> real shape`: kept between runs, written by a [Writer], zero at first. */
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
     * 2104.09864), as [scaling] changes it.
     */
    public data class Rotate(
        val heads: Int,
        val base: Double,
        val pairs: RotaryPairs,
        val scaling: RotaryScaling,
        val direction: Direction,
    ) : Op

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
    public data object WriteAt : Writer

    // Attention ----------------------------------------------------------------------------------------------------

    /**
     * `queries [batch, query, heads * w], keys [batch, key, keyValueHeads * w], values
     * [batch, key, keyValueHeads * v],` `keyLengths index [batch], offset index [](, bias [heads, query, key] or
     * [batch, heads, query, key])(, randomness index [2])` `-> out [batch, query, heads * v], logSumExp
     * [batch, heads, query]` (arXiv 1706.03762, equation 1, with the bias added to scaled scores).
     *
     * Query `i` stands at position `offset + i`, key `j` at `j`. A query that sees nothing gives zeros and `-infinity`.
     */
    public data class Attention(val kind: AttentionKind) : Op

    /**
     * `queries, keys, values, keyLengths, offset, out, logSumExp, dout(, bias)(, randomness)` `-> dqueries, dkeys,
     * dvalues(, dbias)`, shaped as in [Attention]; probabilities are recomputed.
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

    // Structure: the same numbers elsewhere ---------------------------------------------------------------------------

    /** `[..] -> shape`: the same numbers in the same order. */
    public data class Reshape(val shape: Shape) : Op

    /** `[d0, d1, ..] -> [d(order0), d(order1), ..]`: axes in another [order]. */
    public data class Permute(val order: List<Int>) : Op

    /** `[.., n, ..] -> [.., size, ..]`: the [size] entries of [axis] from [start] on. */
    public data class Slice(val axis: Int, val start: Dim, val size: Dim) : Op

    /** `[.., n, ..] -> [.., before + n + after, ..]`: zeros around the entries of [axis]; the gradient of [Slice]. */
    public data class Pad(val axis: Int, val before: Dim, val after: Dim) : Op

    /** `[.., n1, ..], [.., n2, ..], .. -> [.., n1 + n2 + .., ..]`: one after the other along [axis]. */
    public data class Concat(val axis: Int) : Op

    /** `[a, b] -> [a, count, b]` at [axis] 1: a new axis of [count] copies; numbers or indices. */
    public data class Repeat(val axis: Int, val count: Dim) : Op

    /** `[a, n, b] -> [a, b]` at [axis] 1: the sum over an axis; the gradient of [Repeat], and the other way round. */
    public data class Sum(val axis: Int) : Op

    /** `x [.., rows, w], places index [.., n] -> [.., n, w]`: the row at each place; zeros where it is negative. */
    public data object Gather : Op

    /**
     * `y [.., n, w], places index [.., n] -> [.., rows, w]`: the sum of the rows sent to each place; [Gather]'s
     * gradient.
     */
    public data class Scatter(val rows: Dim) : Op

    /**
     * `x [batch, time, c] -> [batch, frames, kernel * c]`: windows of [window], zeros outside; rows of a convolution.
     */
    public data class Unfold(val window: FrameWindow) : Op

    /**
     * `y [batch, frames, kernel * c] -> [batch, time, c]`: the sum of windows back in their places; [Unfold]'s
     * gradient.
     */
    public data class Fold(val window: FrameWindow, val time: Dim) : Op

    // Many matrices, and rows
    // ------------------------------------------------------------------------------------------

    /**
     * `[.., a, b], [.., c, d] -> [.., e, f]`: the products of matrices with the same leading dims; see [ProductForm].
     */
    public data class BatchMatMul(val form: ProductForm) : Op

    /**
     * `q [.., time, f], k [.., time, f], v [.., time, w] -> [.., time, w]`: `y(i) = sum of (q(i) k(j)) v(j)` over `j <=
     * i`, or over `j >= i` for [Direction.Backward] (arXiv 2006.16236, equation 9 without its divisor).
     */
    public data class CausalProduct(val direction: Direction) : Op

    /** `[..] -> [..]`: the [function] of each number. */
    public data class Apply(val function: Function) : Op

    /** `x [.., n] -> [.., n]`: `exp(x) / sum(exp(x))`; zeros where every `x` is `-infinity`. */
    public data object Softmax : Op

    /** `y [.., n], dy [.., n] -> dx [.., n]`: `y * (dy - sum(y * dy))` for the `y` of [Softmax]. */
    public data object SoftmaxGradient : Op

    /** `x [.., n] -> [.., n]`: `x - log(sum(exp(x)))`; `-infinity` where every `x` is. */
    public data object LogSoftmax : Op

    /**
     * `x [.., n] -> values [.., count], places index [.., count]`: the largest, from the largest on; the first of
     * equals.
     */
    public data class Largest(val count: Int) : Op

    /** `x [.., n] -> places index [.., n]`: the places of its numbers in rising order; equals keep theirs. */
    public data object Sort : Op

    /** `index [..] -> [..]`: whole numbers as real ones. */
    public data object Real : Op

    /** `x [..] -> index [..]`: real numbers rounded to the nearest whole one, halves to the even one. */
    public data object Whole : Op

    // Places and masks
    // -------------------------------------------------------------------------------------------------

    /** `lengths index [batch] -> [batch, time]`: 1 for each real position, 0 for padding. */
    public data class RealPositions(val time: Dim) : Op

    /**
     * `offset index [](, given index [batch, time, time], ..) -> [heads, queries, keys]`, with a `batch` before it
     * where relations are given: 0 where the [mask] lets a query see a key, `-infinity` elsewhere. Relations come in
     * the order in which the mask names them.
     */
    public data class MaskScores(
        val mask: Mask,
        val heads: Int,
        val layer: Int,
        val columns: Dim,
        val queries: Dim,
        val keys: Dim,
    ) : Op

    /** `offset index [] -> index [queries, keys]`: what [distance] makes of `offset + query` and `key`. */
    public data class Distances(val distance: Distance, val queries: Dim, val keys: Dim) : Op

    /**
     * `() -> [rows * columns, width]`: sines and cosines of rows and columns that are brought to `0 .. 2 pi` (arXiv
     * 2005.12872, section A.4).
     */
    public data class GridWaves(val width: Dim, val rows: Dim, val columns: Dim) : Op

    /**
     * `start [w], up [hidden, w + 1], upBias [hidden], down [w, hidden], downBias [w] -> [time, w]`: `p(0) = start`,
     * and `p(t + 1) = p(t) +` the integral of `down(tanh(up([p, t])))` over one unit by [steps] steps of Runge-Kutta of
     * fourth order (arXiv 2003.09229, equation 6).
     */
    public data class Flow(val steps: Int, val time: Dim) : Op

    /** The inputs of [Flow], then `y [time, w], dy [time, w]` -> the gradients of its five inputs. */
    public data class FlowGradient(val steps: Int) : Op

    /**
     * `sources index [batch], targets index [batch] -> index [batch, time]`: see `CopiesInput`; -1 beyond the target.
     */
    public data class Spread(val time: Dim) : Op

    // Experts, matching, chains
    // ----------------------------------------------------------------------------------------

    /**
     * `chosen index [n, k], capacity index [] -> slots index [n, k]`: `expert * capacity + place`, places given in the
     * order of first choices, then second ones; -1 where an expert of [experts] is full.
     */
    public data class Dispatch(val experts: Int) : Op

    /**
     * `costs [batch, n, m], counts index [batch] -> index [batch, n]`: which of the first `count` of `m` each of `n` is
     * matched with at the least total cost (Kuhn 1955); -1 for none.
     */
    public data object Match : Op

    /**
     * `scores [batch, time, v], left [v, rank], right [v, rank], labels index [batch, time] -> loss []`: the **sum**
     * over sequences of `-log p(labels)` of a chain over the [beam] best words of each position and the label (arXiv
     * 1910.11555, equations 4 to 7).
     */
    public data class ChainLoss(val beam: Int) : Op

    /** `scores, left, right, labels, dloss [] -> dscores, dleft, dright`. */
    public data class ChainLossGradient(val beam: Int) : Op

    // What is kept between runs
    // ----------------------------------------------------------------------------------------

    /** `state [s], fresh [s] -> state`: `(1 - momentum) * state + momentum * fresh`, written in place. */
    public data class Blend(val momentum: Double) : Writer

    /**
     * `x [.., w], correction [w], real [..] -> x`: the same numbers, whose gradient is `dy - correction * x` in rows
     * where `real` is 1, and `dy` where it is 0 (arXiv 2003.07845).
     */
    public data class RunningCorrection(val momentum: Double) : Op

    /**
     * `x [.., w], correction [w], real [..], dy [.., w] -> dx [.., w], next [w]`: what the correction becomes,
     * `correction * (1 - momentum * mean(x^2)) + momentum * mean(dy * x)` with means over rows where `real` is 1,
     * beside the gradient of [RunningCorrection] (arXiv 2003.07845, algorithm 2).
     */
    public data class RunningCorrectionGradient(val momentum: Double) : Op

    /** `state [batch, n, w], fresh [batch, time, w] -> state`: the last `n` of both, written in place. */
    public data object Remember : Writer

    // Fused: written by passes, never by lowering --------------------------------------------------------------------

    /** `x [.., w], bias [w] -> [.., w]`: `activation(x + bias)`. */
    public data class BiasActivate(val activation: Activation) : Op

    /** `x [.., w], bias [w], dy [.., w] -> dx [.., w]`: `dy * activation'(x + bias)`. */
    public data class BiasActivateGradient(val activation: Activation) : Op

    /**
     * `x [.., w](, bias [w]) -> slope [.., w], y [.., w]`: `activation'(x + bias)`, all that its gradient needs to
     * know, and `activation(x + bias)`.
     */
    public data class ActivateWithSlope(val activation: Activation) : Op

    /**
     * `x [.., w], branch [.., w], gain [w](, bias [w]) -> sum, y, mean, inverseDeviation`: [LayerNorm] of `x + branch`.
     */
    public data class AddLayerNorm(val epsilon: Double) : Op

    /** `x [.., w], branch [.., w], gain [w] -> sum, y, inverseRoot`: [RmsNorm] of `x + branch`. */
    public data class AddRmsNorm(val epsilon: Double) : Op
}
