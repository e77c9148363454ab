package io.heddle.specs.golden

import io.heddle.dsl.AttentionScope
import io.heddle.dsl.model
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.pass.Passes
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.terms.Favor
import io.heddle.terms.ReluFeatures
import io.kotest.core.spec.style.FunSpec
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j
import org.nd4j.linalg.indexing.NDArrayIndex

/** Attentions that cost less than all pairs, equal to lucidrains' linformer and performer-pytorch. */
class EfficientAttentionSpec :
    FunSpec({
        for (setting in Setting.entries) {
            test("Linformer equals its reference in output and gradients on $setting") {
                val golden = Golden("efficient-attention-golden/linformer.safetensors")
                val computed =
                    attended(setting, linformer(), 2, golden.tensor("x"), linformerWeights(golden, "w.")) { out ->
                        first(Op.SumLeading(0), "loss", first(Op.Multiply, "loss", out, out))
                    }
                shouldAgree("out", computed.getValue("out"), golden.stored("out"), setting.stored32)
                shouldAgree("x", computed.getValue("gradient/seen"), golden.stored("grad_x"), setting.stored32)
                linformerWeights(golden, "grad.").forEach { (name, gradient) ->
                    if (name.endsWith("bias") && "output" !in name) return@forEach
                    shouldAgree(name, computed.getValue("gradient/$name"), Stored(gradient), setting.stored32)
                }
            }

            test("Performer equals its reference in output and gradients on $setting") {
                val golden = Golden("efficient-attention-golden/performer.safetensors")
                val computed =
                    attended(
                        setting,
                        performer { kernel = Favor(features = 20) },
                        2,
                        side(golden, ""),
                        picking(golden),
                    ) { out ->
                        val squares = first(Op.Multiply, "loss", out, out)
                        first(Op.SumLeading(0), "loss", first(Op.Add, "loss", out, squares))
                    }
                shouldAgree("out", heads(computed.getValue("out")), golden.stored("out_noncausal"), setting.stored32)
                shouldAgree("x", computed.getValue("gradient/seen"), Stored(side(golden, "grad_")), setting.stored32)
            }

            test("a Performer with relu features equals its reference in output on $setting") {
                val golden = Golden("efficient-attention-golden/performer.safetensors")
                val relu = performer { kernel = ReluFeatures(features = 20) }
                val computed =
                    attended(setting, relu, 2, side(golden, ""), picking(golden)) {
                        first(Op.SumLeading(0), "loss", it)
                    }
                shouldAgree("out", heads(computed.getValue("out")), golden.stored("relu_out"), setting.stored32)
            }

            test("a causal Performer equals its reference in output on $setting") {
                val golden = Golden("efficient-attention-golden/performer.safetensors")
                val causal = performer {
                    causal()
                    kernel = Favor(features = 20)
                }
                val computed =
                    attended(setting, causal, 2, side(golden, ""), picking(golden)) {
                        first(Op.SumLeading(0), "loss", it)
                    }
                shouldAgree("out", heads(computed.getValue("out")), golden.stored("out_causal"), setting.stored32)
            }
        }
    })

private fun linformer(): Model =
    model("linformer", width = 24) {
        val seen by vectors(features = 24)
        val out by stack(seen, layers = 1) { attention(heads = 4) { lowRank(5, length = 16) } }
    }

/** Its maps of queries, keys and values have no bias. */
private fun linformerWeights(golden: Golden, kind: String): Map<String, INDArray> {
    val maps = mapOf("query" to "to_q", "key" to "to_k", "value" to "to_v", "output" to "to_out")
    val weights = maps.map { (ours, theirs) -> "out/0/attention/$ours/weight" to golden.tensor("$kind$theirs.weight") }
    val zeros = listOf("query", "key", "value").map { "out/0/attention/$it/bias" to Nd4j.zeros(24) }
    val mixtures =
        listOf("key" to "proj_k", "value" to "proj_v").map { (ours, theirs) ->
            "out/0/attention/${ours}Mixture/weight" to golden.tensor("$kind$theirs").transpose().dup('c')
        }
    return (weights + zeros + mixtures).toMap() + ("out/0/attention/output/bias" to golden.tensor("${kind}to_out.bias"))
}

private const val HEADS = 3
private const val HEAD_WIDTH = 8
private const val INSIDE = HEADS * HEAD_WIDTH

private fun performer(attend: AttentionScope.() -> Unit): Model =
    model("performer", width = 3 * INSIDE) {
        bias = false
        val seen by vectors(features = 3 * INSIDE)
        val out by stack(seen, layers = 1) { attention(heads = HEADS, headWidth = HEAD_WIDTH, configure = attend) }
    }

/** `[batch, heads, time, headWidth]` of queries, keys and values as `[batch, time, 3 * inside]`. */
private fun side(golden: Golden, prefix: String): INDArray =
    Nd4j.concat(2, *listOf("q", "k", "v").map { flat(golden.tensor("$prefix$it")) }.toTypedArray())

private fun flat(heads: INDArray): INDArray =
    heads.permute(0, 2, 1, 3).dup('c').reshape('c', heads.size(0), heads.size(2), INSIDE.toLong())

private fun heads(out: INDArray): INDArray {
    val first = out.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, INSIDE)).dup('c')
    return first
        .reshape('c', out.size(0), out.size(1), HEADS.toLong(), HEAD_WIDTH.toLong())
        .permute(0, 2, 1, 3)
        .dup('c')
}

/** Maps that pick queries, keys and values out of what stands side by side. */
private fun picking(golden: Golden): Map<String, INDArray> {
    val one = Nd4j.eye(INSIDE.toLong())
    val none = Nd4j.zeros(INSIDE, INSIDE)
    fun pick(at: Int) = Nd4j.concat(1, *List(3) { if (it == at) one else none }.toTypedArray())
    return mapOf(
        "out/0/attention/query/weight" to pick(0),
        "out/0/attention/key/weight" to pick(1),
        "out/0/attention/value/weight" to pick(2),
        "out/0/attention/output/weight" to pick(0).transpose().dup('c'),
        "out/0/attention/features" to golden.tensor("projection"),
    )
}

/** What [model] makes of [x], and the gradients of what [loss] makes of that. */
fun attended(
    setting: Setting,
    model: Model,
    batch: Long,
    x: INDArray,
    weights: Map<String, INDArray>,
    loss: GraphBuilder.(Value) -> Value,
): Map<String, INDArray> {
    val inference = model.lower(Purpose.Inference)
    val graph =
        GraphBuilder(inference).run {
            val out = inference.output("out")
            output("out", out)
            output(Names.LOSS, loss(out))
            build()
        }
    return setting.engine().use { engine ->
        val forward = Passes.beforeDifferentiation().apply(graph)
        val buffer = ParameterBuffer.initialized(forward, engine.precision(), 0)
        buffer.load(weights, "the reference")
        val wanted = buffer.layout().trained().entries().keys.toList() + "seen"
        val both = Passes.afterDifferentiation().apply(Gradients.differentiate(forward, Names.LOSS, wanted))
        val program = engine.compile(both, buffer).bind(mapOf("batch" to batch, "seen" to x.size(1)))
        program.setInput("seen", x)
        program.setInput(Names.lengths("seen"), IntArray(batch.toInt()) { x.size(1).toInt() })
        program.run()
        (listOf("out") + wanted.map { "gradient/$it" }).associateWith { program.output(it).dup() }
    }
}
