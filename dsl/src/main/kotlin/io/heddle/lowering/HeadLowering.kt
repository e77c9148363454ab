package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Contrast
import io.heddle.model.Dense
import io.heddle.model.Head
import io.heddle.model.Logits
import io.heddle.model.LogitsScale
import io.heddle.model.Model
import io.heddle.model.Pool
import io.heddle.model.ScoreCap
import io.heddle.model.Speech
import io.heddle.model.Structure
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.Transform
import io.heddle.terms.Relu
import io.heddle.terms.Sigmoid
import io.heddle.terms.Tanh
import io.heddle.terms.Temperature
import io.heddle.terms.XavierUniform
import kotlin.math.ln
import kotlin.math.sqrt

/** Writes what is asked of sequences. */
internal class HeadLowering(
    private val model: Model,
    private val context: LoweringContext,
    private val inputs: InputLowering,
    private val track: (String) -> Track,
) {
    private val graph = context.graph
    private val norms = NormLowering(context)
    private val pooling = PoolLowering(context)
    private val copying = CopyLowering(model, context, track)
    private val made = HashMap<String, Value>()

    /** The scores, boxes or vectors of [head], once for all that ask. */
    fun scores(head: Head): Value = made.getOrPut(head.name) { scores(head, below(head)) }

    /** The same of another sequence, [below], by the same weights. */
    fun scores(head: Head, below: Track): Value =
        when (head) {
            is Logits -> logits(head, below)
            is Pool ->
                transformed(
                    pooling.pooled(below, head.pooling, Spot(head.name)),
                    head.transform,
                    below.place,
                    head.name,
                )
            is Classify -> classified(head, below)
            is Boxes -> boxes(head, below)
            is Contrast -> contrast(head)
            is Speech -> said(head, head.features.toLong() * head.reduction, "frames")
        }

    /** A score of each frame that nothing comes after it. */
    fun stops(head: Speech): Value =
        made.getOrPut(Names.stops(head.name)) { said(head, head.reduction.toLong(), "stop") }

    private fun said(head: Speech, numbers: Long, word: String): Value {
        val below = below(head)
        val x = if (context.scoresLast) last(below.vectors, below) else below.vectors
        return context.linear(x, Dim.of(numbers), head.initializer, true, Spot("${head.name}/$word"))
    }

    /** The vectors that [head] scores. */
    fun vectors(head: Logits): Value = below(head).vectors

    private fun below(head: Head): Track =
        when (head) {
            is Logits -> track(head.input)
            is Pool -> track(head.input)
            is Boxes -> track(head.input)
            is Speech -> track(head.input)
            is Contrast -> below(model.component(head.left) as Head)
            is Classify ->
                when (val component = model.component(head.input)) {
                    is Pool -> below(component)
                    else -> track(component.name)
                }
        }

    private fun transformed(x: Value, transform: Transform, place: Place, name: String): Value {
        val dense =
            when (val dense = transform.dense) {
                is Dense.None -> x
                is Dense.Layer -> {
                    val width = Dim.of(dense.width.toLong())
                    val mapped = context.linear(x, width, dense.initializer, dense.bias, Spot("$name/dense"))
                    graph.first(Op.Activate(dense.activation), name, mapped)
                }
            }
        return norms.norm(dense, transform.norm, transform.normBias, place, Spot("$name/norm"))
    }

    private fun logits(head: Logits, below: Track): Value {
        val spot = Spot(head.name)
        val whole = transformed(below.vectors, head.transform, below.place, head.name)
        val x = if (context.scoresLast) last(whole, below) else whole
        val scaled =
            when (head.scale) {
                LogitsScale.One -> x
                LogitsScale.InverseRootWidth ->
                    context.scale(x, 1.0 / sqrt(x.type.shape.last.size.toDouble()), spot.path)
            }
        val product = tabled(head, scaled, spot)
        val capped = capped(if (head.bias) context.biased(product, spot) else product, head.cap, spot)
        return copying.copied(head, capped, x, spot)
    }

    private fun capped(x: Value, cap: ScoreCap, spot: Spot): Value =
        when (cap) {
            is ScoreCap.None -> x
            is ScoreCap.Soft -> {
                val bent = graph.first(Op.Activate(Tanh), spot.path, context.scale(x, 1.0 / cap.limit, spot.path))
                context.scale(bent, cap.limit, spot.path)
            }
        }

    private fun tabled(head: Logits, x: Value, spot: Spot): Value =
        when (val table = head.table) {
            is Table.Tied -> inputs.tables.scores(model.component(table.input) as TokenInput, x, spot)
            is Table.Own -> own(head, x, table, spot)
            is Table.Adaptive -> error("${head.name} has an adaptive table of its own.")
        }

    private fun own(head: Logits, x: Value, table: Table.Own, spot: Spot): Value {
        val (vocabulary, width) = Dims.vocabulary(head.vocabulary) to x.type.shape.last
        val start = Start.Drawn(table.initializer, width.size, vocabulary.size, 1.0)
        val weight = context.parameter("${head.name}/weight", Shape(vocabulary, width), start, Role.Matrix)
        return graph.first(Op.MatMul(ProductForm.RowsByRows), spot.path, x, weight)
    }

    /** How well a word goes with the one before it: the rows of both sides of a chain, `[vocabulary, rank]`. */
    fun neighbours(head: Head, chain: Structure.Chain, vocabulary: Dim): Pair<Value, Value> {
        val rank = Dims.rank(chain.rank)
        fun rows(name: String) =
            context.parameter(
                name,
                Shape(vocabulary, rank),
                Start.Drawn(XavierUniform(), rank.size, vocabulary.size, 1.0),
                Role.Embedding,
            )
        return rows(Names.left(head.name)) to rows(Names.right(head.name))
    }

    private fun last(x: Value, below: Track): Value {
        val fresh = context.input(Names.fresh(below.place.input), TensorType.index(Dims.batch))
        return graph.first(Op.TakeLast, below.place.input, x, fresh)
    }

    private fun classified(head: Classify, below: Track): Value {
        val component = model.component(head.input)
        val x = if (component is Pool) scores(component) else pooling.pooled(below, head.pooling, Spot(head.name))
        val ready =
            context.dropout(transformed(x, head.transform, below.place, head.name), head.dropout, Spot(head.name))
        return context.linear(ready, Dims.classes(head.classes), head.initializer, head.bias, Spot(head.name))
    }

    private fun boxes(head: Boxes, below: Track): Value {
        val width = below.vectors.type.shape.last
        val inside =
            (0 until head.layers - 1).fold(below.vectors) { x, number ->
                val mapped = context.linear(x, width, head.initializer, true, Spot("${head.name}/$number"))
                graph.first(Op.Activate(Relu), head.name, mapped)
            }
        val corners = Dim.of(BOX)
        val last = context.linear(inside, corners, head.initializer, true, Spot("${head.name}/${head.layers - 1}"))
        return graph.first(Op.Activate(Sigmoid), head.name, last)
    }

    private fun contrast(head: Contrast): Value {
        fun direction(name: String, side: String): Value {
            val spot = Spot("${head.name}/$side")
            val x = scores(model.component(name) as Head)
            return unit(context.linear(x, Dim.of(head.width.toLong()), head.initializer, false, spot), spot)
        }
        val spot = Spot(head.name)
        val rows = context.repeat(direction(head.left, "left"), 0, Dim.of(1), spot)
        val columns = context.repeat(direction(head.right, "right"), 0, Dim.of(1), spot)
        val cosines = context.reshape(context.pairs(rows, columns, spot), spot, Dims.batch, Dims.batch)
        return when (val temperature = head.temperature) {
            is Temperature.Fixed -> context.scale(cosines, 1.0 / temperature.value, spot.path)
            is Temperature.Learned -> {
                val start = Start.Filled(-ln(temperature.start))
                val logarithm = context.parameter("${head.name}/scale", Shape(), start, Role.Gain)
                context.multiply(cosines, context.apply(Function.Exponential, logarithm, spot), spot)
            }
        }
    }

    private fun unit(x: Value, spot: Spot): Value {
        val length = context.apply(Function.Root, context.sum(context.multiply(x, x, spot), 1, spot), spot)
        val share = context.repeat(context.apply(Function.Reciprocal, length, spot), 1, x.type.shape.last, spot)
        return context.multiply(x, share, spot)
    }

    private companion object {
        /** Center, width and height. */
        const val BOX = 4L
    }
}
