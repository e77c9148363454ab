package io.heddle.specs.onnx

import io.heddle.graph.AttentionKind
import io.heddle.graph.Element
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.ScoreBias
import io.heddle.graph.Value
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.States
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.TrialBuilder
import io.heddle.specs.support.dim
import io.heddle.specs.support.numbers
import io.heddle.specs.support.set
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Given
import io.heddle.terms.Mask
import io.heddle.terms.Tanh
import kotlin.math.sqrt

/**
 * Attentions: through the language where it can say them. It cannot where numbers are added to the scores, or where
 * scores are to be seen: those are the ops that lowering writes, with keys and values of before in the cache of a
 * decoder.
 */
val attentionNodes: Map<String, NodeRun> =
    mapOf(
        "Attention" to
            { case, engine ->
                when {
                    case.inputOrNull(MASK) == null -> described(case, engine)
                    case.inputOrNull(PAST_KEYS) == null -> NodeGraph(case).apply { masked() }.run(engine)
                    else -> decoded(case, engine)
                }
            }
    )

internal const val QUERIES = 0
internal const val KEYS = 1
internal const val VALUES = 2
private const val MASK = 3
private const val PAST_KEYS = 4
private const val PAST_VALUES = 5
private const val SCORES = 3

/** Heads are an axis of their own, or in the width. */
private fun NodeGraph.flat(place: Int): Value =
    real(place).let { if (case.input(place).rank == HEADED) together(it) else it }

private const val HEADED = 4

private fun NodeGraph.masked() {
    val (queries, keys, values) = Triple(flat(QUERIES), flat(KEYS), flat(VALUES))
    val heads = case.input(QUERIES).let { if (it.rank == HEADED) it.shape[1] else case.whole("q_num_heads", 0) }
    val out = attended(queries, keys, values, heads)
    output(0, if (case.input(QUERIES).rank == HEADED) apart(out, heads) else out)
}

/** With the mask added to the scores where it is of real numbers, and as a relation where it says yes or no. */
private fun NodeGraph.attended(queries: Value, keys: Value, values: Value, heads: Int): Value {
    val keyValueHeads = case.whole("kv_num_heads", heads)
    val causal = if (case.whole("is_causal", 0) == 1) Causal else Everything
    val width = shape(queries).last() / heads
    val scale = case.number("scale", 1.0 / sqrt(width.toDouble()))
    val lengths = given("lengths", Numbers.make(shape(keys).take(1)) { shape(keys)[1].toDouble() }, Element.Index)
    val offset = index("offset", if (case.inputOrNull(PAST_KEYS) == null) 0 else case.input(PAST_KEYS).shape[2])
    fun attention(mask: Mask, kind: ScoreBias, bias: Value): Value {
        val attention = AttentionKind(heads, keyValueHeads, scale, mask, kind, dropout = 0.0, stream = "")
        return op(Op.Attention(attention), queries, keys, values, lengths, offset, bias)
    }
    if (!case.isGiven(MASK)) return attention(causal, ScoreBias.ForAll, repeat(real(MASK), 0, heads))
    val mask = causal and Given("edges")
    val pairs = case.input(MASK)
    val edges = given("edges", Numbers(listOf(1) + pairs.shape, pairs.data), Element.Index)
    val (asking, seen) = pairs.shape.map { dim(it) }
    return attention(mask, ScoreBias.ForEach, op(Op.MaskScores(mask, heads, 0, seen, asking, seen), offset, edges))
}

/** Keys and values of before are written to the states first; then come those of now, at the place after them. */
private fun decoded(case: NodeCase, engine: Engine): Map<String, Numbers> {
    val before = NodeGraph(case).apply { past() }
    val now = NodeGraph(case).apply { present() }
    val states = engine.states(now.builder.build(), emptyMap())
    before.run(engine, states)
    return now.run(engine, states)
}

private fun NodeGraph.past() {
    writtenAt("keys", together(real(PAST_KEYS)), 0)
    writtenAt("values", together(real(PAST_VALUES)), 0)
}

private fun NodeGraph.writtenAt(name: String, fresh: Value, offset: Int): Value {
    val (batch, _, width) = shape(fresh)
    val capacity = case.input(PAST_KEYS).shape[2] + case.input(KEYS).shape[1]
    val state = op(Op.State(name, TrialBuilder.shape(listOf(batch, capacity, width))))
    val written = op(Op.WriteAt, state, fresh, index("$name/offset", offset))
    builder.output("$name/kept", written)
    return written
}

private fun NodeGraph.present() {
    val (heads, keyValueHeads) = case.whole("q_num_heads", 0) to case.whole("kv_num_heads", 0)
    val offset = case.input(PAST_KEYS).shape[2]
    val queries = real(QUERIES)
    val keys = writtenAt("keys", real(KEYS), offset)
    val values = writtenAt("values", real(VALUES), offset)
    output(1, apart(keys, keyValueHeads))
    output(2, apart(values, keyValueHeads))
    if (case.outputs.size <= SCORES) return output(0, attended(queries, keys, values, heads))
    val scores = scores(apart(queries, heads), apart(keys, heads))
    output(SCORES, scores[case.whole("qk_matmul_output_mode", 0)])
    val explicit = together(op(Op.BatchMatMul(ProductForm.RowsByColumns), scores.last(), apart(values, heads)))
    output(0, if (capped()) explicit else attended(queries, keys, values, heads))
}

private fun NodeGraph.capped(): Boolean = case.number("softcap", 0.0) > 0.0

/** The scores after each thing that is done to them: scaled, capped, masked, and as shares. */
private fun NodeGraph.scores(queries: Value, keys: Value): List<Value> {
    val root = 1.0 / sqrt(shape(queries).last().toDouble())
    val scaled = scale(op(Op.BatchMatMul(ProductForm.RowsByRows), queries, keys), root)
    val cap = case.number("softcap", 0.0)
    val kept = if (capped()) scale(op(Op.Activate(Tanh), scale(scaled, 1.0 / cap)), cap) else scaled
    val masked = add(kept, real(MASK))
    return listOf(scaled, kept, masked, op(Op.Softmax, masked))
}

private fun NodeGraph.run(engine: Engine, states: States): Map<String, Numbers> {
    val graph = builder.build()
    val program = engine.compile(graph).bind(emptyMap(), states)
    program.set(given())
    program.run()
    return case.outputs.keys.filter { it in graph.outputs }.associateWith { program.output(it).numbers() }
}
