package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Direction
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.Content
import io.heddle.model.CrossAttention
import io.heddle.model.GlobalMaps
import io.heddle.model.Rotary
import io.heddle.terms.Everything
import io.heddle.terms.NoNorm
import io.heddle.terms.SinusoidOrder
import io.heddle.terms.WindowEdge
import io.heddle.terms.Windows2d

/** What a cross-attention looks at; its vectors are written only where they are asked for. */
internal class Memory(val input: String, val width: Dim, track: () -> Track) {
    val track: Track by lazy(LazyThreadSafetyMode.NONE, track)
}

/** Writes attentions: the maps before and after, and what is kept between runs. */
internal class AttentionLowering(
    private val context: LoweringContext,
    private val inputs: InputLowering,
    private val beginnings: Beginnings,
) {
    private val graph = context.graph
    private val norms = NormLowering(context)
    private val methods = MethodLowering(context, inputs)
    private val remembered = MemoryLowering(context)

    fun self(part: Attention, x: Track, layer: Int, spot: Spot): Value {
        val window = part.mask as? Windows2d
        val heads =
            if (window?.edge == WindowEdge.Filled)
                FilledWindows(context, window.size).over(x, spot) { heads(part, it, layer, spot) }
            else heads(part, x, layer, spot)
        return joined(part, heads, x, spot)
    }

    private fun heads(part: Attention, x: Track, layer: Int, spot: Spot): Value {
        val seen = remembered.before(part, x, spot)
        val before = remembered.count(part)
        val queries = query(part, content(part, x, before, spot), x.place, spot)
        val turned = rotated(part, queries, part.heads, x.place, before, spot)
        val keys = keys(part, seen, spot)
        val values = value(part, seen.vectors, spot)
        val attended =
            if (context.purpose == Purpose.Decoding)
                Attended(
                    turned,
                    cached(keys, Names.keys(spot.path), x, spot),
                    cached(values, Names.values(spot.path), x, spot),
                )
            else Attended(turned, keys, values)
        val width = x.vectors.type.shape.last
        val scene = Scene(x.place, seen.place, layer, width, before, remembered.hidden(part, seen, spot))
        val heads = methods.attend(part, part.mask, part.relative, attended, scene, spot)
        return when (part.globals) {
            GlobalMaps.Shared -> heads
            GlobalMaps.Own -> {
                val own = global(part, x, layer, spot / "global")
                context.watchAgain(spot.path) { others ->
                    methods.weightsWithGlobals(part, x, context.looks("${spot.path}/global"), others, spot)
                }
                methods.withGlobals(part, x, own, heads, spot)
            }
        }
    }

    /** What heads give positions that a mask calls global: they look at all, by maps of their own. */
    private fun global(part: Attention, x: Track, layer: Int, spot: Spot): Value {
        val attended =
            Attended(
                query(part, x.vectors, x.place, spot),
                key(part, x.vectors, x.place, spot),
                value(part, x.vectors, spot),
            )
        val scene = Scene(x.place, x.place, layer, x.vectors.type.shape.last, 0, Added.Nothing)
        return methods.attend(part, Everything, part.relative, attended, scene, spot)
    }

    fun cross(part: CrossAttention, x: Track, memory: Memory, layer: Int, spot: Spot): Value {
        val queries = query(part, positioned(x), x.place, spot)
        val attended =
            if (context.purpose.readsEncoded) {
                val time = Dims.sequence(memory.input)
                fun given(name: String, width: Dim) = context.input(name, TensorType.real(Dims.batch, time, width))
                Attended(
                    queries,
                    given(Names.keys(spot.path), keyWidth(part)),
                    given(Names.values(spot.path), valueWidth(part)),
                )
            } else {
                val track = memory.track
                Attended(queries, key(part, positioned(track), track.place, spot), value(part, track.vectors, spot))
            }
        val place = if (context.purpose.readsEncoded) decoded(memory) else memory.track.place
        val scene = Scene(x.place, place, layer, x.vectors.type.shape.last, 0, Added.Nothing)
        val heads = methods.attend(part, part.mask, attended, scene, spot)
        return joined(part, heads, x, spot)
    }

    private fun decoded(memory: Memory): Place {
        val time = Dims.sequence(memory.input)
        return Place(memory.input, time, time, { context.lengths(memory.input) }, Added.Nothing, Added.Nothing)
    }

    /** The keys and values of [part] over [memory], as outputs of their own. */
    fun encode(part: CrossAttention, memory: Memory, spot: Spot) {
        val track = memory.track
        graph.output(Names.keys(spot.path), key(part, positioned(track), track.place, spot))
        graph.output(Names.values(spot.path), value(part, track.vectors, spot))
    }

    /** Vectors with the positions that only queries and keys have. */
    private fun positioned(x: Track): Value =
        when (val added = x.place.queriesAndKeys) {
            is Added.Nothing -> x.vectors
            is Added.This -> graph.first(Op.Add, x.place.input, x.vectors, added.value)
        }

    /** What queries or keys of [seen] are made of. */
    private fun content(part: Attention, seen: Track, before: Int, spot: Spot): Value =
        when (part.content) {
            Content.Own,
            Content.SharedQueriesAndKeys -> positioned(seen)
            Content.Positions -> {
                val sinusoid = Op.Sinusoid(seen.vectors.type.shape.last, SinusoidOrder.Interleaved)
                val waves = graph.first(sinusoid, spot.path, inputs.positions(seen.place, before))
                context.repeat(waves, 0, Dims.batch, spot)
            }
        }

    private fun keys(part: Attention, seen: Track, spot: Spot): Value {
        val from = content(part, seen, 0, spot)
        val keys =
            if (part.content == Content.SharedQueriesAndKeys) query(part, from, seen.place, spot)
            else key(part, from, seen.place, spot)
        return rotated(part, keys, part.keyValueHeads, seen.place, 0, spot)
    }

    /** The heads side by side, brought back to the width of [x]. */
    private fun joined(part: Attending, heads: Value, x: Track, spot: Spot): Value {
        val width = x.vectors.type.shape.last
        return context.linear(
            heads,
            width,
            part.initializer,
            part.bias,
            spot / "output",
            beginnings.last(part.initializer),
        )
    }

    private fun query(part: Attending, x: Value, place: Place, spot: Spot): Value {
        val width = Dims.heads(part.heads) * Dims.headWidth(part.headWidth)
        val queries = context.linear(x, width, part.initializer, part.bias, spot / "query")
        return normed(part, queries, part.heads, place, spot / "queryNorm")
    }

    private fun key(part: Attending, x: Value, place: Place, spot: Spot): Value {
        val keys = context.linear(x, keyWidth(part), part.initializer, part.bias, spot / "key")
        return normed(part, keys, part.keyValueHeads, place, spot / "keyNorm")
    }

    private fun value(part: Attending, x: Value, spot: Spot): Value {
        val factor = beginnings.inner(part.initializer)
        return context.linear(x, valueWidth(part), part.initializer, part.bias, spot / "value", factor)
    }

    private fun keyWidth(part: Attending): Dim = Dims.keyValueHeads(part.keyValueHeads) * Dims.headWidth(part.headWidth)

    private fun valueWidth(part: Attending): Dim =
        Dims.keyValueHeads(part.keyValueHeads) *
            if (part.valueWidth == part.headWidth) Dims.headWidth(part.headWidth) else Dims.valueWidth(part.valueWidth)

    private fun normed(part: Attending, x: Value, heads: Int, place: Place, spot: Spot): Value {
        if (part.headNorm is NoNorm) return x
        val (batch, time, width) = x.type.shape.dims
        val apart = context.reshape(x, spot, batch, time, Dim.of(heads.toLong()), Dims.headWidth(part.headWidth))
        return context.reshape(norms.norm(apart, part.headNorm, part.bias, place, spot), spot, batch, time, width)
    }

    private fun rotated(part: Attention, x: Value, heads: Int, place: Place, before: Int, spot: Spot): Value =
        when (val rotary = part.rotary) {
            is Rotary.None -> x
            is Rotary.Turned -> {
                val turn = Op.Rotate(heads, rotary.base, rotary.pairs, rotary.scaling, Direction.Forward)
                val turned = (part.headWidth * rotary.share).toInt()
                val positions = inputs.positions(place, before)
                if (turned == part.headWidth) graph.first(turn, spot.path, x, positions)
                else partly(x, heads, Dim.of(turned.toLong()), spot) { graph.first(turn, spot.path, it, positions) }
            }
        }

    /** What [turn] makes of the first [turned] numbers of each head; the others stay. */
    private fun partly(x: Value, heads: Int, turned: Dim, spot: Spot, turn: (Value) -> Value): Value {
        val (batch, time, width) = x.type.shape.dims
        val count = Dim.of(heads.toLong())
        val headWidth = width / count
        val apart = context.reshape(x, spot, batch, time, count, headWidth)
        val first = graph.first(Op.Slice(LAST, Dim.of(0), turned), spot.path, apart)
        val rest = graph.first(Op.Slice(LAST, turned, headWidth - turned), spot.path, apart)
        val done =
            context.reshape(
                turn(context.reshape(first, spot, batch, time, count * turned)),
                spot,
                batch,
                time,
                count,
                turned,
            )
        return context.reshape(
            graph.add(Op.Concat(LAST), listOf(done, rest), spot.path).first(),
            spot,
            batch,
            time,
            width,
        )
    }

    /** What was decoded before, and [fresh] after it. */
    private fun cached(fresh: Value, name: String, x: Track, spot: Spot): Value {
        val state = context.state(name, Shape(Dims.batch, Dims.capacity, fresh.type.shape.last))
        return graph.first(Op.WriteAt, spot.path, state, fresh, context.offset(x.place.input))
    }

    private companion object {
        /** The axis of a head's numbers in `[batch, time, heads, headWidth]`. */
        const val LAST = 3
    }
}
