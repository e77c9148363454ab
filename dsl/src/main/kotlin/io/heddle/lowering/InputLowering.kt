package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.ClassToken
import io.heddle.model.Classify
import io.heddle.model.CopiesInput
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.LearnedInput
import io.heddle.model.Model
import io.heddle.model.Projection
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.SpokenInput
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.Pooling
import io.heddle.terms.PositionTarget

/** Writes inputs: content, positions, norm, dropout. */
internal class InputLowering(private val model: Model, private val context: LoweringContext) {
    private val graph = context.graph
    private val places = PositionLowering(context)
    private val frames = FrameLowering(context)
    private val norms = NormLowering(context)
    val tables = TableLowering(model, context)

    fun lower(input: InputComponent): Track =
        when (input) {
            is TokenInput -> tokens(input)
            is VectorInput -> vectors(input)
            is FrameInput -> frames(input)
            is SpokenInput -> spoken(input)
            is ImageInput -> image(input)
            is FeatureMapInput -> featureMap(input)
            is LearnedInput -> learned(input)
            is CopiesInput -> copies(input)
        }

    /**
     * The positions of what stands at [place], with [before] others before the first; see [PositionLowering.positions].
     */
    fun positions(place: Place, before: Int): Value =
        if (before == 0) places.positions(place.input, place.time)
        else graph.first(Op.Positions(place.time), place.input, context.place(before))

    /** Who is related to whom, `index [batch, time, time]`. */
    fun relation(name: String, time: Dim): Value {
        require(model.component(name) is RelationInput) { "$name is no relation." }
        return context.input(name, TensorType.index(Dims.batch, time, time))
    }

    /** The relative bias named [name]. */
    fun bias(name: String): RelativeBias = model.component(name) as RelativeBias

    private fun sequence(input: InputComponent) = Dims.sequence(input.name)

    private fun place(
        input: InputComponent,
        time: Dim,
        columns: Dim,
        lengths: () -> Value,
        width: Dim,
    ): Pair<Place, Added> {
        val added = places.added(input, time, columns, width)
        fun only(target: PositionTarget) = if (input.position.to == target) added else Added.Nothing
        val toQueries = only(PositionTarget.QueriesAndKeys)
        val place = Place(input.name, time, columns, lengths, toQueries, only(PositionTarget.EveryLayer))
        return place to only(PositionTarget.Input)
    }

    /** The norm of [content] and what is added to it, and dropout. */
    private fun finished(content: Value, added: Added, place: Place, input: InputComponent): Value {
        val spot = Spot(input.name)
        val placed =
            when (added) {
                is Added.Nothing -> content
                is Added.This -> context.add(content, added.value, spot)
            }
        val normed = norms.norm(placed, input.norm, true, place, spot / "norm")
        return context.dropout(normed, input.dropout, spot)
    }

    private fun row(input: InputComponent, content: Value): Track {
        val time = content.type.shape[1]
        val (place, added) = place(input, time, time, { context.lengths(input.name) }, content.type.shape.last)
        return Track(finished(content, added, place, input), place)
    }

    private fun tokens(input: TokenInput): Track {
        val type = TensorType.index(Dims.batch, sequence(input))
        val rows = tables.embedded(input, context.input(input.name, type))
        val content = if (input.segments == 0) rows else context.add(rows, segments(input, type), Spot(input.name))
        val track = row(input, content)
        return track.copy(vectors = projected(track.vectors, input.projection, input))
    }

    private fun segments(input: TokenInput, type: TensorType): Value {
        val (kinds, width) = Dims.segments(input.segments) to Dim.of(input.tableWidth.toLong())
        val start = Start.Drawn(tables.initializer(input), kinds.size, width.size, 1.0)
        val name = Names.segments(input.name)
        val table = context.parameter("$name/embedding", Shape(kinds, width), start, Role.Embedding)
        return graph.first(Op.Embed, input.name, table, context.input(name, type))
    }

    private fun vectors(input: VectorInput): Track {
        val features = Dims.features(input.features)
        val vectors = context.input(input.name, TensorType.real(Dims.batch, sequence(input), features))
        return row(input, projected(vectors, input.projection, input))
    }

    private fun projected(x: Value, projection: Projection, input: InputComponent): Value =
        when (projection) {
            is Projection.None -> x
            is Projection.Linear ->
                context.linear(
                    x,
                    Dims.width(input.width),
                    projection.initializer,
                    projection.bias,
                    Spot("${input.name}/projection"),
                )
        }

    private fun frames(input: FrameInput): Track {
        val features = Dims.features(input.features)
        val sound = context.input(input.name, TensorType.real(Dims.batch, sequence(input), features))
        val convolved = frames.convolved(input, sound, context.lengths(input.name))
        val content = projected(convolved.vectors, input.projection, input)
        val time = content.type.shape[1]
        val (place, added) = place(input, time, time, { convolved.lengths }, content.type.shape.last)
        return Track(finished(content, added, place, input), place)
    }

    private fun spoken(input: SpokenInput): Track {
        val before = context.input(input.name, TensorType.real(Dims.batch, sequence(input), Dim.of(input.numbers)))
        val inside =
            input.preNet.foldIndexed(before) { number, x, layer ->
                val spot = Spot("${input.name}/$number")
                val mapped = context.linear(x, Dims.hidden(layer.width), layer.initializer, layer.bias, spot)
                context.dropout(graph.first(Op.Activate(layer.activation), spot.path, mapped), layer.dropout, spot)
            }
        return row(input, projected(inside, input.projection, input))
    }

    private fun image(input: ImageInput): Track {
        val spot = Spot(input.name)
        val patch = input.patch.toLong()
        val (rows, columns) = Dim.of(input.patchRows.toLong()) to Dim.of(input.patchColumns.toLong())
        val channels = Dims.channels(input.channels)
        val pixels =
            context.input(
                input.name,
                TensorType.real(Dims.batch, Dim.of(input.rows.toLong()), Dim.of(input.columns.toLong()), channels),
            )
        val side = Dim.of(patch)
        val whole = context.filled(context.filled(pixels, 1, rows * side, spot), 2, columns * side, spot)
        val cut = context.reshape(whole, spot, Dims.batch, rows, side, columns, side, channels)
        val squares = context.permute(cut, spot, 0, 1, 3, 2, 4, 5)
        val count = rows * columns
        val patches = context.reshape(squares, spot, Dims.batch, count, side * side * channels)
        val content = withClassToken(projected(patches, input.projection, input), input, spot)
        val time = content.type.shape[1]
        val (place, added) = place(input, time, columns, { context.everywhere(time.size) }, content.type.shape.last)
        return Track(finished(content, added, place, input), place)
    }

    private fun withClassToken(patches: Value, input: ImageInput, spot: Spot): Value =
        when (val token = input.classToken) {
            is ClassToken.None -> patches
            is ClassToken.Learned -> {
                val width = patches.type.shape.last
                val start = Start.Drawn(token.initializer, 1, width.size, 1.0)
                val weight =
                    context.parameter("${spot.weights}/classToken", Shape(Dim.of(1), width), start, Role.Embedding)
                val tokens = context.repeat(weight, 0, Dims.batch, spot)
                graph.add(Op.Concat(1), listOf(tokens, patches), spot.path).first()
            }
        }

    private fun featureMap(input: FeatureMapInput): Track {
        val spot = Spot(input.name)
        val (rows, columns) = Dims.rows(input.name) to Dims.columns(input.name)
        val channels = Dims.channels(input.channels)
        val map = context.input(input.name, TensorType.real(Dims.batch, rows, columns, channels))
        val content =
            projected(context.reshape(map, spot, Dims.batch, rows * columns, channels), input.projection, input)
        val (place, added) =
            place(input, rows * columns, columns, { context.lengths(input.name) }, content.type.shape.last)
        return Track(finished(content, added, place, input), place)
    }

    private fun learned(input: LearnedInput): Track {
        val spot = Spot(input.name)
        val (count, width) = Dims.count(input.count) to Dims.width(input.width)
        val (place, added) = place(input, count, count, { context.everywhere(count.size) }, width)
        val zeros = context.constant(0.0, Shape(Dims.batch, count, width))
        return Track(finished(zeros, added, place, input), place)
    }

    /** Which position of [source] each place is a copy of: evenly spread, or as each position says. */
    private fun copied(input: CopiesInput, source: TokenInput): Value =
        if ((model.component(input.length) as Classify).pooling == Pooling.Each)
            context.input(Names.copied(input.name), TensorType.index(Dims.batch, sequence(input)))
        else
            graph.first(
                Op.Spread(sequence(input)),
                input.name,
                context.lengths(source.name),
                context.lengths(input.name),
            )

    private fun copies(input: CopiesInput): Track {
        val source = model.component(input.source) as TokenInput
        val ids = context.input(source.name, TensorType.index(Dims.batch, sequence(source)))
        val rows = tables.embedded(source, ids)
        val content = graph.first(Op.Gather, input.name, rows, copied(input, source))
        return row(input, projected(content, source.projection, input))
    }
}
