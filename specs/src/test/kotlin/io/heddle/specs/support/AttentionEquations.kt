package io.heddle.specs.support

import io.heddle.graph.AttentionKind
import io.heddle.graph.ScoreBias
import io.heddle.runtime.random.DropoutStream
import io.heddle.terms.MaskView
import io.heddle.terms.Sight
import kotlin.math.exp
import kotlin.math.ln

/**
 * Equation 1 of arXiv 1706.03762, for each batch, head and query: softmax over the keys that are seen, dropout of the
 * probabilities, and the weighted sum of the values.
 *
 * @param inputs queries, keys, values, keyLengths, offset
 * @param more the bias of the scores and randomness, where the kind has them
 */
class AttentionEquations(private val kind: AttentionKind, inputs: List<Numbers>, more: List<Numbers>) {
    private val queries = inputs[0]
    private val keys = inputs[1]
    private val values = inputs[2]
    private val keyLengths = inputs[3]
    private val offset = inputs[4].int(0)
    private val bias = more.take(if (kind.bias == ScoreBias.None) 0 else 1).firstOrNull()
    private val stream =
        more.drop(if (bias == null) 0 else 1).firstOrNull()?.let {
            DropoutStream.of(kind.stream, kind.dropout, it.int(0), it.int(1))
        }

    private val batch = queries.shape[0]
    private val queryCount = queries.shape[1]
    private val keyCount = keys.shape[1]
    private val keyWidth = queries.last / kind.heads
    private val valueWidth = values.last / kind.keyValueHeads
    private val shared = kind.heads / kind.keyValueHeads

    private fun query(b: Int, head: Int, i: Int, at: Int) = queries[b, i, head * keyWidth + at]

    private fun key(b: Int, head: Int, j: Int, at: Int) = keys[b, j, head / shared * keyWidth + at]

    private fun value(b: Int, head: Int, j: Int, at: Int) = values[b, j, head / shared * valueWidth + at]

    private fun seen(b: Int, head: Int, i: Int): List<Int> {
        val view = MaskView(keyCount.toLong(), keyCount.toLong(), head, kind.heads, 0)
        return (0 until keyCount).filter { j ->
            val hidden = kind.mask.sight((offset + i).toLong(), j.toLong(), view) == Sight.Hidden
            j < keyLengths.int(b) && !hidden && score(b, head, i, j) != Double.NEGATIVE_INFINITY
        }
    }

    private fun biasAt(b: Int, head: Int, i: Int, j: Int): Int {
        val row =
            when (kind.bias) {
                ScoreBias.ForEach -> b * kind.heads + head
                ScoreBias.ForAll,
                ScoreBias.None -> head
            }
        return (row * queryCount + i) * keyCount + j
    }

    private fun score(b: Int, head: Int, i: Int, j: Int) =
        kind.scale * (0 until keyWidth).sumOf { query(b, head, i, it) * key(b, head, j, it) } +
            (bias?.get(biasAt(b, head, i, j)) ?: 0.0)

    /** What a probability is multiplied by: 0 where it is dropped. */
    private fun kept(b: Int, head: Int, i: Int, j: Int): Double {
        if (stream == null) return 1.0
        val element = ((b.toLong() * kind.heads + head) * queryCount + i) * keyCount + j
        return if (stream.keeps(element)) 1.0 / (1.0 - kind.dropout) else 0.0
    }

    private fun forEachQuery(action: (b: Int, head: Int, i: Int) -> Unit) {
        for (b in 0 until batch) for (head in 0 until kind.heads) for (i in 0 until queryCount) action(b, head, i)
    }

    /** `out, logSumExp`. */
    fun forward(): List<Numbers> {
        val out = Numbers.zeros(listOf(batch, queryCount, kind.heads * valueWidth))
        val logSumExp = Numbers.filled(listOf(batch, kind.heads, queryCount), Double.NEGATIVE_INFINITY)
        forEachQuery { b, head, i ->
            val scores = seen(b, head, i).associateWith { score(b, head, i, it) }
            val highest = scores.values.maxOrNull() ?: return@forEachQuery
            val total = scores.values.sumOf { exp(it - highest) }
            logSumExp.data[(b * kind.heads + head) * queryCount + i] = highest + ln(total)
            scores.forEach { (j, score) ->
                val weight = kept(b, head, i, j) * exp(score - highest) / total
                for (at in 0 until valueWidth) {
                    out.data[(b * queryCount + i) * out.last + head * valueWidth + at] += weight * value(b, head, j, at)
                }
            }
        }
        return listOf(out, logSumExp)
    }

    /**
     * `dqueries, dkeys, dvalues(, dbias)`, through the Jacobian of the softmax: `ds_j = p_j * (dp_j - sum_k p_k dp_k)`.
     */
    fun backward(logSumExp: Numbers, dout: Numbers): List<Numbers> {
        val dqueries = Numbers.zeros(queries.shape)
        val dkeys = Numbers.zeros(keys.shape)
        val dvalues = Numbers.zeros(values.shape)
        val dbias = bias?.let { Numbers.zeros(it.shape) }
        forEachQuery { b, head, i ->
            fun dout(at: Int) = dout[b, i, head * valueWidth + at]
            val lse = logSumExp[b, head, i]
            val probability = seen(b, head, i).associateWith { exp(score(b, head, i, it) - lse) }
            val dprobability =
                probability.mapValues { (j, _) ->
                    kept(b, head, i, j) * (0 until valueWidth).sumOf { dout(it) * value(b, head, j, it) }
                }
            val mean = probability.entries.sumOf { (j, p) -> p * dprobability.getValue(j) }
            probability.forEach { (j, p) ->
                for (at in 0 until valueWidth) {
                    dvalues.data[(b * keyCount + j) * values.last + head / shared * valueWidth + at] +=
                        kept(b, head, i, j) * p * dout(at)
                }
                dbias?.let { it.data[biasAt(b, head, i, j)] += p * (dprobability.getValue(j) - mean) }
                val dscore = kind.scale * p * (dprobability.getValue(j) - mean)
                for (at in 0 until keyWidth) {
                    dqueries.data[(b * queryCount + i) * queries.last + head * keyWidth + at] +=
                        dscore * key(b, head, j, at)
                    dkeys.data[(b * keyCount + j) * keys.last + head / shared * keyWidth + at] +=
                        dscore * query(b, head, i, at)
                }
            }
        }
        return listOfNotNull(dqueries, dkeys, dvalues, dbias)
    }
}
