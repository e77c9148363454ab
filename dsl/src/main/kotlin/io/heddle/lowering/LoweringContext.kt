package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Element
import io.heddle.graph.Function
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.PathPattern
import io.heddle.terms.Initializer

/** What every part of a lowering writes with: the graph, and the sources that are made once and read by many. */
internal class LoweringContext(
    val purpose: Purpose,
    frozen: List<String>,
    private val view: DecodingView = DecodingView.Next,
) {
    private val frozen = frozen.map { PathPattern(it) }
    val graph = GraphBuilder()
    private val sources = HashMap<Any, Value>()

    /** Whether the token after the last position alone is scored. */
    val scoresLast: Boolean
        get() = purpose == Purpose.Decoding && view != DecodingView.Every

    /** The source made by [op], made when first asked for. */
    private fun source(op: Op.Source): Value =
        sources.getOrPut("${op::class.simpleName} ${op.name}") { graph.first(op, op.name) }

    fun input(name: String, type: TensorType): Value = source(Op.Input(name, type))

    fun state(name: String, shape: Shape): Value = source(Op.State(name, shape))

    /** A weight; one that is frozen is [Role.Fixed]. */
    fun parameter(name: String, shape: Shape, start: Start, role: Role): Value =
        source(Op.Parameter(name, shape, start, if (isFrozen(name)) Role.Fixed else role))

    fun isFrozen(name: String): Boolean = frozen.any { it.fits(name) }

    fun lengths(input: String): Value = input(Names.lengths(input), TensorType.index(Dims.batch))

    /** The position of the first token of [input]: 0, or what is given when decoding. */
    fun offset(input: String): Value =
        when (purpose) {
            Purpose.Decoding -> input(Names.offset(input), TensorType.index())
            Purpose.Training,
            Purpose.Rewarding,
            Purpose.Evaluation,
            Purpose.Inference,
            Purpose.Encoding,
            Purpose.Filling ->
                sources.getOrPut("offset 0") { graph.first(Op.Constant(0.0, TensorType.index()), "start") }
        }

    /** A position that is always the same, `index []`. */
    fun place(position: Int): Value =
        sources.getOrPut("place $position") {
            graph.first(Op.Constant(position.toDouble(), TensorType.index()), "constant")
        }

    fun randomness(): Value = input(Names.RANDOMNESS, TensorType.index(Dim.of(2)))

    /**
     * The rate at which numbers are dropped for this purpose. What a model wrote without dropout says nothing of the
     * model with dropout: what it teaches there is off, however many words are drawn.
     */
    fun rate(said: Double): Double = if (purpose == Purpose.Training) said else 0.0

    fun dropout(x: Value, rate: Double, spot: Spot): Value =
        if (rate(rate) == 0.0) x
        else graph.first(Op.Dropout(rate(rate), "${spot.path}/dropout"), spot.path, x, randomness())

    fun scale(x: Value, factor: Double, path: String): Value =
        if (factor == 1.0) x else graph.first(Op.Scale(factor), path, x)

    /** A number that is the same everywhere. */
    fun constant(value: Double, shape: Shape): Value =
        sources.getOrPut(value to shape) {
            graph.first(Op.Constant(value, TensorType(Element.Real, shape)), "constant")
        }

    /** As many as [count] for every sequence, `index [batch]`. */
    fun everywhere(count: Long): Value =
        sources.getOrPut("lengths $count") {
            graph.first(Op.Constant(count.toDouble(), TensorType.index(Dims.batch)), "constant")
        }

    /** What is written in place for the next run, by its name, as its last writer left it. */
    val kept = LinkedHashMap<String, Value>()

    private val looking = HashMap<String, () -> Value>()
    private val scenes = HashMap<String, Scene>()

    /** Remembers how to write what the attention at [path] looks at, for those that ask. */
    fun watch(path: String, scene: Scene, write: () -> Value) {
        looking[path] = write
        scenes[path] = scene
    }

    /** Where the queries and keys of the attention at [path] stand, which [looks] can tell of. */
    fun scene(path: String): Scene = scenes.getValue(path)

    /** Lets [write] make more of what the attention at [path] was known to look at. */
    fun watchAgain(path: String, write: (Value) -> Value) {
        val known = looking.getValue(path)
        looking[path] = { write(known()) }
    }

    /** The probabilities of the attention at [path], `[batch, heads, queries, keys]`, written when first asked for. */
    fun looks(path: String): Value = once("looks $path") { looking.getValue(path)() }

    /** What [make] makes, once for all that ask for it by [key]. */
    fun once(key: Any, make: () -> Value): Value = sources[key] ?: make().also { sources[key] = it }

    /** `x * weight^T + bias`, with a weight of `[outputs, inputs]` that begins [factor] times as large. */
    fun linear(
        x: Value,
        outputs: Dim,
        initializer: Initializer,
        bias: Boolean,
        spot: Spot,
        factor: Double = 1.0,
    ): Value {
        val product =
            graph.first(Op.MatMul(ProductForm.RowsByRows), spot.path, x, matrix(x, outputs, initializer, spot, factor))
        return if (bias) biased(product, spot) else product
    }

    private fun matrix(x: Value, outputs: Dim, initializer: Initializer, spot: Spot, factor: Double): Value {
        val inputs = x.type.shape.last
        val start = Start.Drawn(initializer, inputs.size, outputs.size, factor)
        return parameter("${spot.weights}/weight", Shape(outputs, inputs), start, Role.Matrix)
    }

    fun biased(x: Value, spot: Spot): Value {
        val bias = parameter("${spot.weights}/bias", Shape(x.type.shape.last), Start.Zeros, Role.Bias)
        return graph.first(Op.Add, spot.path, x, bias)
    }

    fun add(x: Value, y: Value, spot: Spot): Value = graph.first(Op.Add, spot.path, x, y)

    fun multiply(x: Value, y: Value, spot: Spot): Value = graph.first(Op.Multiply, spot.path, x, y)

    fun reshape(x: Value, spot: Spot, vararg dims: Dim): Value =
        if (x.type.shape == Shape(*dims)) x else graph.first(Op.Reshape(Shape(*dims)), spot.path, x)

    /** [x] with zeros after what it has along [axis], until there are [size]. */
    fun filled(x: Value, axis: Int, size: Dim, spot: Spot): Value =
        if (x.type.shape[axis] == size) x
        else graph.first(Op.Pad(axis, Dim.of(0), size - x.type.shape[axis]), spot.path, x)

    fun permute(x: Value, spot: Spot, vararg order: Int): Value = graph.first(Op.Permute(order.toList()), spot.path, x)

    fun repeat(x: Value, axis: Int, count: Dim, spot: Spot): Value = graph.first(Op.Repeat(axis, count), spot.path, x)

    fun sum(x: Value, axis: Int, spot: Spot): Value = graph.first(Op.Sum(axis), spot.path, x)

    fun apply(function: Function, x: Value, spot: Spot): Value = graph.first(Op.Apply(function), spot.path, x)

    fun products(form: ProductForm, x: Value, y: Value, spot: Spot): Value =
        graph.first(Op.BatchMatMul(form), spot.path, x, y)

    /** 1 for each real position of [place], 0 for padding, `[batch, time]`. */
    fun real(place: Place): Value =
        once(listOf("real", place.input, place.time)) {
            graph.first(Op.RealPositions(place.time), place.input, place.lengths)
        }

    /** [x], `[batch, time, w]`, with zeros where its positions are padding. */
    fun unpadded(x: Value, place: Place, spot: Spot): Value =
        multiply(x, repeat(real(place), 2, x.type.shape.last, spot), spot)
}
