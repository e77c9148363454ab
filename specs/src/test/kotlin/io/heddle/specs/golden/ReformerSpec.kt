package io.heddle.specs.golden

import io.heddle.dsl.AttentionScope
import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.pass.Passes
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.LayerNorm
import io.heddle.terms.Merge
import io.heddle.terms.Reversible
import io.heddle.terms.Window
import io.kotest.core.spec.style.FunSpec
import kotlin.math.exp
import kotlin.math.ln
import kotlin.math.sin
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j

/** Reformers: two streams that end side by side, and keys nearby or of like hash. */
class ReformerSpec :
    FunSpec({
        agree("a Reformer whose chunks of 8 see themselves and the one before", localReformer())

        agree("a Reformer that hashes texts of one chunk, where all earlier words are seen", oneChunk())

        // The first word sees none but itself, at a score of -1e5. There the reference's 32 bits leave of e^0 what
        // differs in the third digit, and all other words look at the first one. So its outputs are ours where those
        // words get as much of themselves as there; nothing else differs.
        for (setting in Setting.entries) {
            test("a Reformer that hashes twice equals the reference in outputs, loss and gradients on $setting") {
                val reference = hashed()
                setting.engine().use { engine ->
                    val forward =
                        Passes.beforeDifferentiation().apply(lonely(reference.model.lower(Purpose.Evaluation)))
                    val weights = ParameterBuffer.initialized(forward, engine.precision(), 0)
                    weights.load(reference.weights(weights.layout()), "the reference")
                    val trained = weights.layout().trained()
                    val wanted = trained.entries().keys.toList()
                    val both = Passes.afterDifferentiation().apply(Gradients.differentiate(forward, Names.LOSS, wanted))
                    val program = reference.fed(engine.compile(both, weights).bind(reference.sizes))
                    for (layer in 0..1) program.setInput("lonely/$layer", lonely(reference.io, layer))
                    program.run()
                    reference.agrees(setting, program)
                    val loss = reference.io.stored("loss")
                    shouldAgree("loss", program.output(Names.LOSS), loss, reference.tolerance(setting, 32))
                    reference.agree(setting, wanted.associateWith { program.output("gradient/$it") }, trained)
                }
            }
        }
    })

private const val LENGTH = 32
private const val CHUNK = 8
private const val HEADS = 4
private const val HEAD_WIDTH = 6

internal fun localReformer() = reformer("reformer_local") { mask = Causal and (Blocks(CHUNK) of Window(1)) }

private fun hashed() =
    reformer("reformer_lsh", recorded = (0..1).associate { "decoder/$it/attention/hash" to rotations(it) }) {
        causal()
        hashed(buckets = 4, rounds = 2, chunk = CHUNK)
    }

/**
 * Seven words are a chunk of eight: there, shared queries and keys are compared without any hashing, and here it is all
 * the same what hashes.
 */
internal fun oneChunk() =
    reformer(
        "reformer_short",
        recorded =
            (0..1).associate { layer ->
                "decoder/$layer/attention/hash" to
                    { _: Golden ->
                        Nd4j.createFromArray(*DoubleArray(HEADS * 4 * HEAD_WIDTH) { sin(it + layer.toDouble()) })
                            .reshape('c', HEADS.toLong(), 4, HEAD_WIDTH.toLong())
                    }
            },
        length = 7,
    ) {
        causal()
        hashed(buckets = 4, rounds = 2, chunk = CHUNK)
    }

/** The same graph with a factor, `lonely/layer`, for what each head gives each word. */
private fun lonely(graph: Graph): Graph =
    GraphBuilder().run {
        val made = HashMap<Int, Value>()
        graph.nodes.forEach { node ->
            val inputs = node.inputs.map { made.getValue(it.id) }.toMutableList()
            val weight = node.inputs.getOrNull(1)?.let { graph.maker(it).op } as? Op.Parameter
            if (weight?.name.orEmpty().endsWith("attention/output/weight")) {
                val factor = first(Op.Input("lonely/${node.path.split('/')[1]}", inputs[0].type), node.path)
                inputs[0] = first(Op.Multiply, node.path, inputs[0], factor)
            }
            add(node.op, inputs, node.path).zip(node.outputs) { copy, own -> made[own.id] = copy }
        }
        graph.outputs.forEach { (name, value) -> output(name, made.getValue(value.id)) }
        build()
    }

/** The factors of [layer], `[batch, time, heads * headWidth]`, by the buckets that the reference found. */
private fun lonely(golden: Golden, layer: Int): INDArray {
    val sides = golden.whole("extra.buckets_call$layer").toList().chunked(2 * LENGTH)
    val factors = sides.map { lonely(it) }
    val whole =
        Array(2) { text ->
            Array(LENGTH) { word -> DoubleArray(HEADS * HEAD_WIDTH) { factors[text * HEADS + it / HEAD_WIDTH][word] } }
        }
    return Nd4j.createFromArray(whole)
}

/** How much of itself each word of one head gets in 32 bits, where it sees no other in any round; 1 for others. */
private fun lonely(buckets: List<Int>): List<Double> {
    val chunks = buckets.indices.sortedBy { buckets[it] }.chunked(CHUNK)
    val rounds = List(LENGTH) { mutableListOf<Int>() }
    val sees = HashSet<Int>()
    chunks.forEachIndexed { number, chunk ->
        val keys = (chunks[(number + chunks.size - 1) % chunks.size] + chunk).map { it % LENGTH }
        chunk
            .map { it % LENGTH }
            .forEach { word ->
                rounds[word] += keys.count { it == word }
                if (keys.any { it < word }) sees += word
            }
    }
    return rounds.mapIndexed { word, copies -> if (word in sees) 1.0 else rounded(copies) }
}

/** The sum over rounds of `exp(log - log of all) * copies * exp(own - log)`, as floats have it. */
private fun rounded(copies: List<Int>): Double {
    val own = -1e5f
    val logs = copies.map { own + ln(it.toFloat()) }
    val all = logs.max() + ln(logs.map { exp(it - logs.max()) }.sum())
    return logs.indices.sumOf { (exp(logs[it] - all) * copies[it] * exp(own - logs[it])).toDouble() }
}

/** `[heads, headWidth, rounds, buckets / 2]` there. */
private fun rotations(layer: Int): (Golden) -> INDArray = { golden ->
    golden.tensor("extra.rotations_call$layer").permute(0, 2, 3, 1).dup('c').reshape('c', 4, 4, HEAD_WIDTH.toLong())
}

private fun reformer(
    folder: String,
    recorded: Map<String, (Golden) -> INDArray> = emptyMap(),
    length: Int = LENGTH,
    attend: AttentionScope.() -> Unit,
) =
    Reference(
        folder,
        model("reformer", width = 24) {
            layout = Reversible(Merge.Concatenation)
            norm = LayerNorm(1e-12)
            val text by tokens(vocab = 60) { learnedPositions(32) }
            val decoder by
                stack(text, layers = 2) {
                    attention(heads = 4) {
                        attend()
                        bias = false
                    }
                    addNorm()
                    feedForward(hidden = 40)
                    addNorm()
                }
            val next by logits(decoder) { bias = true }
        },
        names("reformer"),
        mapOf("batch" to 2L, "text" to length.toLong()),
        mapOf("next" to "out.logits"),
        recorded = recorded,
    ) { golden ->
        tokens("text", golden, "in.input_ids")
        setInput(Names.lengths("text"), intArrayOf(length, length))
        labels(
            "next",
            golden.ids("in.labels").flatMap { row -> row.drop(1).map { maxOf(it, NONE) } + NONE }.toIntArray(),
        )
    }
