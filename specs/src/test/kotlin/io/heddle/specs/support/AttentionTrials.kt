package io.heddle.specs.support

import io.heddle.graph.AttentionKind
import io.heddle.graph.Op
import io.heddle.graph.ScoreBias
import io.heddle.graph.Value
import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Given
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.PerHead
import io.heddle.terms.Random
import io.heddle.terms.Self
import io.heddle.terms.Window
import io.heddle.terms.Windows2d

/** Masks by positions alone, each kind at least once. */
internal val masks: List<Mask> =
    listOf(
        Everything,
        Causal,
        Self,
        Window(1),
        Causal and Window(2),
        Causal or Window(1),
        !Causal,
        !Window(0),
        Window(2, dilation = 2) or Global(0, -1),
        Blocks(2) of (Window(1) and Causal),
        Random(2, seed = 5) or Self,
        PerHead(Causal, !Self),
        Windows2d(2, shift = 1),
    )

/**
 * Attention under every mask, with grouped heads, ragged keys, offsets, dropout, biases, and queries that see nothing.
 */
internal fun attentionTrials(): List<OpTrial> =
    masks.flatMap { mask ->
        listOf(0.0, 0.3).map { dropout ->
            trial<Op.Attention>("under $mask" + if (dropout > 0.0) " with dropout $dropout" else "") {
                listOf(attention(mask, dropout, ScoreBias.None))
            }
        }
    } +
        listOf(ScoreBias.ForAll, ScoreBias.ForEach).flatMap { bias ->
            listOf(
                trial<Op.Attention>("biased $bias") { listOf(attention(Causal, 0.0, bias)) },
                trial<Op.Attention>("biased $bias with dropout") { listOf(attention(Everything, 0.3, bias)) },
            )
        } +
        trial<Op.Attention>("of queries that see nothing") { listOf(attention(!Everything, 0.0, ScoreBias.None)) } +
        trial<Op.Attention>("that leaves to a bias what positions do not tell") {
            listOf(attention(Causal and Given("edges"), 0.0, ScoreBias.ForEach))
        } +
        trial<Op.Attention>("of one value with itself") {
            val (batch, time) = size(3) to size(5)
            val x = real("x", batch, time, 4)
            val lengths = index("lengths", listOf(batch)) { random.nextInt(1, time + 1) }
            val kind =
                AttentionKind(heads = 2, keyValueHeads = 2, 0.7, Causal, ScoreBias.None, dropout = 0.0, stream = "here")
            listOf(first(Op.Attention(kind), x, x, x, lengths, index("offset", 0)))
        }

private fun TrialBuilder.attention(mask: Mask, dropout: Double, bias: ScoreBias): Value {
    val keyValueHeads = size(2)
    val heads = keyValueHeads * size(2)
    val (keyWidth, valueWidth) = size(3) to size(3)
    val (batch, query, key) = Triple(size(2), size(), size(5))
    val queries = real("queries", batch, query, heads * keyWidth)
    val keys = real("keys", batch, key, keyValueHeads * keyWidth)
    val values = real("values", batch, key, keyValueHeads * valueWidth)
    val lengths = index("lengths", listOf(batch)) { random.nextInt(0, key + 1) }
    val offset = index("offset", random.nextInt(0, 3))
    val kind = AttentionKind(heads, keyValueHeads, scale = 0.6, mask, bias, dropout, stream = "here")
    val more = bias(bias, batch, listOf(heads, query, key)) + if (dropout > 0.0) listOf(randomness()) else emptyList()
    return first(Op.Attention(kind), queries, keys, values, lengths, offset, *more.toTypedArray())
}

/** A bias that hides a key here and there: of each sequence for itself, or of all. */
private fun TrialBuilder.bias(bias: ScoreBias, batch: Int, pairs: List<Int>): List<Value> {
    val shape =
        when (bias) {
            ScoreBias.None -> return emptyList()
            ScoreBias.ForAll -> pairs
            ScoreBias.ForEach -> listOf(batch) + pairs
        }
    val (heads, query, key) = pairs
    val holes = Op.MaskScores(Random(key - key / 3, 1), heads, 0, dim(key), dim(query), dim(key))
    return listOf(first(Op.Add, real("bias", shape), first(holes, index("bias/offset", 0))))
}
