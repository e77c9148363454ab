package io.heddle.specs.golden

import io.heddle.dsl.model
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.pass.Passes
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.terms.Activation
import io.heddle.terms.Gelu
import io.heddle.terms.Layout
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.Relu
import io.kotest.core.spec.style.FunSpec
import org.nd4j.linalg.indexing.NDArrayIndex

/** torch.nn.Transformer 1.13: 2 + 2 layers, padded sources, causal targets; outputs and every gradient. */
class TorchTransformerSpec :
    FunSpec({
        val layouts = mapOf("post" to PostNorm, "pre" to PreNorm)
        val activations = mapOf("relu" to Relu, "gelu" to Gelu)
        for ((layoutName, layout) in layouts) {
            for ((activationName, activation) in activations) {
                for (setting in Setting.entries) {
                    test("a $layoutName-norm transformer with $activationName equals nn.Transformer on $setting") {
                        agree(
                            Golden("torch-golden/nn_transformer_${layoutName}_$activationName.safetensors"),
                            layout,
                            activation,
                            setting,
                        )
                    }
                }
            }
        }
    })

private fun transformer(layout: Layout, activation: Activation): Model =
    model("nn-transformer", width = 16) {
        this.layout = layout
        val source by vectors(features = 16)
        val target by vectors(features = 16)
        val encoder by
            stack(source, layers = 2) {
                attention(heads = 4)
                addNorm()
                feedForward(hidden = 28) { this.activation = activation }
                addNorm()
            }
        // nn.Transformer has a last norm in both layouts; pre-norm has it by itself.
        val memory =
            if (layout == PostNorm) {
                val memory by norm(encoder)
                memory
            } else {
                encoder
            }
        val decoder by
            stack(target, layers = 2) {
                attention(heads = 4) { causal() }
                addNorm()
                crossAttention(from = memory)
                addNorm()
                feedForward(hidden = 28) { this.activation = activation }
                addNorm()
            }
        if (layout == PostNorm) {
            val out by norm(decoder)
            check(out.name == "out")
        }
    }

private fun agree(golden: Golden, layout: Layout, activation: Activation, setting: Setting) {
    val model = transformer(layout, activation)
    val out = if (layout == PostNorm) "out" else "decoder"
    val inference = model.lower(Purpose.Inference)
    val graph =
        GraphBuilder(inference).run {
            val output = inference.output(out)
            val cotangent = first(Op.Input("cotangent", output.type), "cotangent")
            output(out, output)
            output(Names.LOSS, first(Op.SumLeading(0), "loss", first(Op.Multiply, "loss", output, cotangent)))
            build()
        }
    setting.engine().use { engine ->
        val forward = Passes.beforeDifferentiation().apply(graph)
        val weights = ParameterBuffer.initialized(forward, engine.precision(), 0)
        val references = weights.layout().entries().keys.associateWith { torchTensor(it) }
        weights.load(references.mapValues { (_, read) -> read(golden, "w.").part }, "nn.Transformer")
        val wanted = weights.layout().entries().keys.toList() + listOf("source", "target")
        val both = Passes.afterDifferentiation().apply(Gradients.differentiate(forward, Names.LOSS, wanted))
        val program = engine.compile(both, weights).bind(mapOf("batch" to 2L, "source" to 7L, "target" to 5L))
        program.setInput("source", golden.tensor("src"))
        program.setInput("target", golden.tensor("tgt"))
        program.setInput(Names.lengths("source"), intArrayOf(7, 5))
        program.setInput(Names.lengths("target"), intArrayOf(5, 5))
        program.setInput("cotangent", golden.tensor("cotangent"))
        program.run()
        shouldAgree("out", program.output(out), golden.stored("out"), setting.stored32)
        shouldAgree("source", program.output("gradient/source"), golden.stored("grad_src"), setting.stored32)
        shouldAgree("target", program.output("gradient/target"), golden.stored("grad_tgt"), setting.stored32)
        references.forEach { (name, read) ->
            shouldAgree(name, program.output("gradient/$name"), read(golden, "grad."), setting.stored32)
        }
    }
}

/**
 * How the reference stores the weight that Heddle calls [name]; the reader is given the reference and `w.` or `grad.`.
 */
private fun torchTensor(name: String): (Golden, String) -> Stored {
    val words = name.split('/')
    val last = mapOf("gain" to "weight", "weight" to "weight", "bias" to "bias").getValue(words.last())
    if (words[0] == "memory" || words[0] == "out" || words.size == 3) {
        val stack = if (words[0] == "memory" || words[0] == "encoder") "encoder" else "decoder"
        return { golden, kind -> golden.stored("$kind$stack.norm.$last") }
    }
    val (stack, layer, part) = words
    val base = "$stack.layers.$layer"
    val attention = mapOf("attention" to "self_attn", "crossAttention" to "multihead_attn")[part]
    val norms =
        if (stack == "encoder") listOf("attention", "feedForward")
        else listOf("attention", "crossAttention", "feedForward")
    return when (val piece = words[3]) {
        "norm" -> { golden, kind -> golden.stored("$kind$base.norm${norms.indexOf(part) + 1}.$last") }
        "up" -> { golden, kind -> golden.stored("$kind$base.linear1.$last") }
        "down" -> { golden, kind -> golden.stored("$kind$base.linear2.$last") }
        "output" -> { golden, kind -> golden.stored("$kind$base.$attention.out_proj.$last") }
        else -> { golden, kind ->
                val third = listOf("query", "key", "value").indexOf(piece)
                val joined = golden.stored("$kind$base.$attention.in_proj_$last")
                val rows = NDArrayIndex.interval(16L * third, 16L * (third + 1))
                joined.part { if (last == "bias") it.get(rows) else it.get(rows, NDArrayIndex.all()) }
            }
    }
}
