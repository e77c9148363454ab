package io.heddle.lowering

import io.heddle.dims.Dims
import io.heddle.graph.FrameWindow
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.Value
import io.heddle.model.FrameInput

/** Writes convolutions along time. */
internal class FrameLowering(private val context: LoweringContext) {
    private val graph = context.graph

    /** What convolutions made, and how many positions of it are real. */
    data class Convolved(val vectors: Value, val lengths: Value)

    fun convolved(input: FrameInput, sound: Value, lengths: Value): Convolved =
        input.convolutions.foldIndexed(Convolved(sound, lengths)) { number, below, convolution ->
            val spot = Spot("${input.name}/$number")
            val window =
                FrameWindow(
                    convolution.kernel,
                    convolution.stride,
                    (convolution.kernel - 1) / 2,
                    convolution.kernel / 2,
                )
            val windows = graph.first(Op.Unfold(window), spot.path, real(below, spot))
            val channels = Dims.channels(convolution.channels)
            val product = context.linear(windows, channels, convolution.initializer, convolution.bias, spot)
            val made = graph.first(Op.Activate(convolution.activation), spot.path, product)
            Convolved(made, frames(below.lengths, window, spot))
        }

    private fun real(below: Convolved, spot: Spot): Value {
        val time = below.vectors.type.shape[1]
        val real = graph.first(Op.RealPositions(time), spot.path, below.lengths)
        return context.multiply(below.vectors, context.repeat(real, 2, below.vectors.type.shape.last, spot), spot)
    }

    /**
     * `(length + before + after - kernel) / stride + 1`, rounded down: what is rounded to the nearest after half of a
     * step less has no halves to round.
     */
    private fun frames(lengths: Value, window: FrameWindow, spot: Spot): Value {
        val more = (window.before + window.after - window.kernel).toDouble()
        val half = (window.stride - 1) / 2.0
        val real = graph.first(Op.Real, spot.path, lengths)
        val shifted = context.add(real, context.constant(more - half, Shape()), spot)
        val steps = context.scale(shifted, 1.0 / window.stride, spot.path)
        return graph.first(Op.Whole, spot.path, context.add(steps, context.constant(1.0, Shape()), spot))
    }
}
