package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.FrameWindow
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.terms.Side

/** Writes feed-forwards. */
internal class FeedForwardLowering(private val context: LoweringContext, private val beginnings: Beginnings) {
    private val graph = context.graph

    fun feedForward(part: FeedForward, x: Track, spot: Spot): Value {
        val hidden = Dims.hidden(part.hidden)
        val seen = neighbours(part, x, spot)
        val factor = beginnings.inner(part.initializer)
        fun map(name: String) = context.linear(seen, hidden, part.initializer, part.bias, spot / name, factor)
        fun active(value: Value) = graph.first(Op.Activate(part.activation), spot.path, value)
        val inside =
            when (part.gate) {
                Gate.None -> active(map("up"))
                Gate.Gated -> graph.first(Op.Multiply, spot.path, active(map("gate")), map("up"))
            }
        val kept = context.dropout(inside, part.dropout, spot / "hidden")
        val width = x.vectors.type.shape.last
        return context.linear(
            kept,
            width,
            part.initializer,
            part.bias,
            spot / "down",
            beginnings.last(part.initializer),
        )
    }

    /** Each position beside its neighbours, `[batch, time, kernel * width]`. */
    private fun neighbours(part: FeedForward, x: Track, spot: Spot): Value {
        if (part.kernel == 1) return x.vectors
        val before =
            when (part.reach) {
                Side.Both -> (part.kernel - 1) / 2
                Side.Past -> part.kernel - 1
            }
        val window = FrameWindow(part.kernel, 1, before, part.kernel - 1 - before)
        val windows = graph.first(Op.Unfold(window), spot.path, context.unpadded(x.vectors, x.place, spot))
        // As many windows as positions, which the formula of their number does not show.
        val (batch, time, width) = x.vectors.type.shape.dims
        return context.reshape(windows, spot, batch, time, width * Dim.of(part.kernel.toLong()))
    }
}
