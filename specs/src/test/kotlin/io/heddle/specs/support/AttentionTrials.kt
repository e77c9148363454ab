package io.heddle.specs.support

import io.heddle.graph.AttentionKind
import io.heddle.graph.Op
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Mask
import io.heddle.terms.Self
import io.heddle.terms.Window

/** Attention under every mask, with grouped heads, ragged keys, offsets, dropout, and queries that see nothing. */
internal fun attentionTrials(): List<OpTrial> {
    val masks =
        listOf(Everything, Causal, Self, Window(1), Causal and Window(2), Causal or Window(1), !Causal, !Window(0))
    return masks.flatMap { mask ->
        listOf(0.0, 0.3).map { dropout ->
            trial<Op.Attention>("under $mask" + if (dropout > 0.0) " with dropout $dropout" else "") {
                listOf(attention(mask, dropout))
            }
        }
    } +
        trial<Op.Attention>("of queries that see nothing") { listOf(attention(!Everything, 0.0)) } +
        trial<Op.Attention>("of one value with itself") {
            val (batch, time) = size(3) to size(5)
            val x = real("x", batch, time, 4)
            val lengths = index("lengths", listOf(batch)) { random.nextInt(1, time + 1) }
            val kind = AttentionKind(heads = 2, keyValueHeads = 2, 0.7, Causal, dropout = 0.0, stream = "here")
            listOf(first(Op.Attention(kind), x, x, x, lengths, index("offset", 0)))
        }
}

private fun TrialBuilder.attention(mask: Mask, dropout: Double) = run {
    val keyValueHeads = size(2)
    val heads = keyValueHeads * size(2)
    val (keyWidth, valueWidth) = size(3) to size(3)
    val (batch, query, key) = Triple(size(2), size(), size(5))
    val queries = real("queries", batch, query, heads * keyWidth)
    val keys = real("keys", batch, key, keyValueHeads * keyWidth)
    val values = real("values", batch, key, keyValueHeads * valueWidth)
    val lengths = index("lengths", listOf(batch)) { random.nextInt(0, key + 1) }
    val offset = index("offset", random.nextInt(0, 3))
    val kind = AttentionKind(heads, keyValueHeads, scale = 0.6, mask, dropout, stream = "here")
    if (dropout > 0.0) first(Op.Attention(kind), queries, keys, values, lengths, offset, randomness())
    else first(Op.Attention(kind), queries, keys, values, lengths, offset)
}
