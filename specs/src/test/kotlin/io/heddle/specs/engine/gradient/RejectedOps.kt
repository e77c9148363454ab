package io.heddle.specs.engine.gradient

import io.heddle.dims.Dim
import io.heddle.graph.AttentionKind
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.ScoreBias
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.terms.Everything
import io.heddle.terms.Gelu

/** An op on the way from the input `x` to the loss that cannot be differentiated. */
class RejectedOp(val op: Op, val message: String, private val inputs: GraphBuilder.(x: Value) -> List<Value>) {
    fun graph(): Graph =
        GraphBuilder().run {
            val x = first(Op.Input("x", real(1, 1, 1)), "x")
            val made = add(op, inputs(x), "here").first()
            output("loss", first(Op.SumLeading(0), "loss", made))
            build()
        }
}

private val kind = AttentionKind(1, 1, 1.0, Everything, ScoreBias.None, 0.0, "")

/** The ops that have no gradient; their tensors are all of one number. */
val rejected: List<RejectedOp> =
    listOf(
        RejectedOp(
            Op.WriteAt,
            "here: WriteAt has no gradient\n  op = WriteAt\n  It is for decoding: differentiate the graph of training.",
        ) { x ->
            listOf(first(Op.State("state", Shape(Dim.of(1), Dim.of(1), Dim.of(1))), "state"), x, index("offset"))
        },
        RejectedOp(
            Op.Blend(0.1),
            "here: Blend has no gradient\n  op = Blend(momentum=0.1)\n" +
                "  Compute with what the state was, or with what is blended into it.",
        ) { x ->
            listOf(first(Op.State("state", Shape(Dim.of(1), Dim.of(1), Dim.of(1))), "state"), x)
        },
        RejectedOp(
            Op.Remember,
            "here: Remember has no gradient\n  op = Remember\n" +
                "  Compute with what the state was, and with what is fresh.",
        ) { x ->
            listOf(first(Op.State("state", Shape(Dim.of(1), Dim.of(1), Dim.of(1))), "state"), x)
        },
        second(Op.SoftmaxGradient) { x -> listOf(x, x) },
        second(Op.RunningCorrectionGradient(0.1)) { x -> listOf(x, one("correction", 1), one("real", 1, 1), x) },
        second(Op.FlowGradient(1)) { x ->
            val y = first(Op.Reshape(Shape(Dim.of(1), Dim.of(1))), "y", x)
            listOf(one("start", 1), one("up", 1, 2), one("upBias", 1), one("down", 1, 1), one("downBias", 1), y, y)
        },
        second(Op.ChainLossGradient(1)) { x ->
            listOf(x, one("left", 1, 1), one("right", 1, 1), index("labels", 1, 1), one("dloss"))
        },
        second(Op.ActivateGradient(Gelu)) { x -> listOf(x, x) },
        second(Op.LayerNormGradient) { x -> listOf(x, one("gain", 1), one("mean", 1, 1), one("deviation", 1, 1), x) },
        second(Op.RmsNormGradient) { x -> listOf(x, one("gain", 1), one("root", 1, 1), x) },
        second(Op.AttentionGradient(kind)) { x ->
            listOf(x, x, x, index("lengths", 1), index("offset"), x, one("logSumExp", 1, 1, 1), x)
        },
        second(Op.CrossEntropyGradient(0.0)) { x ->
            listOf(x, index("labels", 1, 1), one("logSumExp", 1, 1), one("dloss"))
        },
        second(Op.BiasActivateGradient(Gelu)) { x -> listOf(x, one("bias", 1), x) },
        second(Op.ActivateWithSlope(Gelu)) { x -> listOf(x, one("bias", 1)) },
    )

private fun second(op: Op, inputs: GraphBuilder.(Value) -> List<Value>): RejectedOp {
    val name = op.javaClass.simpleName
    val message =
        "here: $name has no gradient of its own\n  op = $op\n" +
            "  Second derivatives are not computed: differentiate the forward graph."
    return RejectedOp(op, message, inputs)
}

private fun dims(sizes: IntArray) = sizes.map { Dim.of(it.toLong()) }.toTypedArray()

private fun real(vararg sizes: Int) = TensorType.real(*dims(sizes))

private fun GraphBuilder.one(name: String, vararg sizes: Int) = first(Op.Input(name, real(*sizes)), name)

private fun GraphBuilder.index(name: String, vararg sizes: Int) =
    first(Op.Input(name, TensorType.index(*dims(sizes))), name)
