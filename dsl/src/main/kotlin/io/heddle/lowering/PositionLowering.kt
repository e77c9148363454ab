package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.InputComponent
import io.heddle.model.Position

/** Writes what tells positions apart, `[time, width]`. */
internal class PositionLowering(private val context: LoweringContext) {
    private val graph = context.graph

    /** The positions of [time] tokens of [input], `index [time]`: those after the cache when decoding. */
    fun positions(input: String, time: Dim): Value =
        context.once(listOf("positions", input, time)) { graph.first(Op.Positions(time), input, context.offset(input)) }

    /** What the position of [input] adds; [columns] is how many positions a row of a picture has. */
    fun added(input: InputComponent, time: Dim, columns: Dim, width: Dim): Added {
        val spot = Spot(input.name)
        return when (val position = input.position) {
            is Position.None -> Added.Nothing
            is Position.Sinusoidal ->
                Added.This(graph.first(Op.Sinusoid(width, position.order), spot.path, positions(input.name, time)))
            is Position.Sinusoidal2d -> Added.This(waves(time, columns, width, spot))
            is Position.Learned -> Added.This(learned(position, positions(input.name, time), width, input.name))
            is Position.Floater -> Added.This(flowing(position, input, time, width, spot / "floater"))
        }
    }

    private fun learned(position: Position.Learned, places: Value, width: Dim, input: String): Value {
        val rows = Dims.positions(position.unused + position.length)
        val start = Start.Drawn(position.initializer, rows.size, width.size, 1.0)
        val table = context.parameter(Names.positions(input), Shape(rows, width), start, Role.Embedding)
        val unused = Dim.of(position.unused.toLong())
        val used =
            if (position.unused == 0) table
            else graph.first(Op.Slice(0, unused, Dims.positions(position.length)), input, table)
        return graph.first(Op.Embed, input, used, places)
    }

    /** Waves of rows and columns; a class token before them has none. */
    private fun waves(time: Dim, columns: Dim, width: Dim, spot: Spot): Value {
        val rows = time / columns
        val waves = graph.first(Op.GridWaves(width, rows, columns), spot.path)
        val before = time - rows * columns
        if (before == Dim.of(0)) return waves
        return graph.first(Op.Pad(0, before, Dim.of(0)), spot.path, waves)
    }

    private fun flowing(position: Position.Floater, input: InputComponent, time: Dim, width: Dim, spot: Spot): Value {
        val hidden = Dims.hidden(position.hidden)
        fun drawn(inputs: Dim, outputs: Dim) = Start.Drawn(position.initializer, inputs.size, outputs.size, 1.0)
        fun weight(name: String, shape: Shape, start: Start, role: Role) =
            context.parameter("${spot.weights}/$name", shape, start, role)
        val network =
            listOf(
                weight("start", Shape(width), Start.Zeros, Role.Bias),
                weight("up/weight", Shape(hidden, width + 1L), drawn(width + 1L, hidden), Role.Matrix),
                weight("up/bias", Shape(hidden), Start.Zeros, Role.Bias),
                weight("down/weight", Shape(width, hidden), drawn(hidden, width), Role.Matrix),
                weight("down/bias", Shape(width), Start.Zeros, Role.Bias),
            )
        // A cache begins anywhere: all positions before it are walked through.
        if (context.purpose != Purpose.Decoding)
            return graph.add(Op.Flow(position.steps, time), network, spot.path).first()
        val all = graph.add(Op.Flow(position.steps, Dims.capacity), network, spot.path).first()
        return graph.first(Op.Embed, spot.path, all, positions(input.name, time))
    }
}
