package io.heddle.graph

import io.heddle.dims.Dim
import io.heddle.messages.ShapeMessages
import io.heddle.terms.relations

/** The shape rules of what moves numbers, of masks and places, and of what is rare in a network. */
@Suppress("TooManyFunctions") // One function a rule.
internal class StructureShapes(op: Op, inputs: List<TensorType>) : ShapeChecks(op, inputs) {
    private fun one(type: TensorType) = listOf(type)

    private fun one(shape: Shape) = listOf(real(shape))

    private fun axis(axis: Int, shape: Shape): Int {
        if (axis !in 0 until shape.rank) fail(ShapeMessages.noAxis("$shape", axis))
        return axis
    }

    private fun with(shape: Shape, axis: Int, size: Dim) =
        Shape(shape.dims.mapIndexed { at, dim -> if (at == axis) size else dim })

    fun reshape(shape: Shape): List<TensorType> {
        count(1..1)
        val given = inputs[0].shape
        // Dims of both sides cancel, and mostly nothing is left to multiply.
        val left = given.dims.toMutableList()
        val right = shape.dims.filterNot { left.remove(it) }
        if (Shape(left).elements != Shape(right).elements)
            same(given.elements, "the count of x", shape.elements, "the count of $shape")
        return one(TensorType(inputs[0].element, shape))
    }

    fun permute(order: List<Int>): List<TensorType> {
        count(1..1)
        val shape = inputs[0].shape
        if (order.sorted() != shape.dims.indices.toList()) fail(ShapeMessages.notAnOrder("$order", "$shape"))
        return one(TensorType(inputs[0].element, Shape(order.map { shape[it] })))
    }

    fun slice(axis: Int, size: Dim): List<TensorType> {
        count(1..1)
        val shape = inputs[0].shape
        return one(TensorType(inputs[0].element, with(shape, axis(axis, shape), size)))
    }

    fun pad(axis: Int, more: Dim): List<TensorType> {
        count(1..1)
        val shape = real(0, "x")
        return one(with(shape, axis(axis, shape), shape[axis] + more))
    }

    fun concat(axis: Int): List<TensorType> {
        count(1..maxOf(1, inputs.size))
        val first = inputs[0].shape
        axis(axis, first)
        inputs.forEachIndexed { at, input ->
            if (input.element != inputs[0].element) fail(ShapeMessages.otherNumbers(at))
            same(with(input.shape, axis, first[axis]), "input $at, but for the axis,", first, "the first")
        }
        val size = inputs.map { it.shape[axis] }.reduce { sum, dim -> sum + dim }
        return one(TensorType(inputs[0].element, with(first, axis, size)))
    }

    fun repeat(axis: Int, count: Dim): List<TensorType> {
        count(1..1)
        val dims = inputs[0].shape.dims
        if (axis !in 0..dims.size) fail(ShapeMessages.noPlaceForAxis("${inputs[0].shape}", axis))
        return one(TensorType(inputs[0].element, Shape(dims.take(axis) + count + dims.drop(axis))))
    }

    fun sum(axis: Int): List<TensorType> {
        count(1..1)
        val shape = real(0, "x")
        axis(axis, shape)
        return one(Shape(shape.dims.filterIndexed { at, _ -> at != axis }))
    }

    fun gather(): List<TensorType> {
        count(2..2)
        val rows = rank(real(0, "x"), "x", 2)
        val places = rank(index(1, "places"), "places", 1)
        same(places.leading(1), "the places' leading dims", rows.leading(2), "x's leading dims")
        return one(places + rows.last)
    }

    fun scatter(rows: Dim): List<TensorType> {
        count(2..2)
        val sent = rank(real(0, "y"), "y", 2)
        expectIndex(1, "places", sent.leading(1))
        return one(sent.leading(2) + rows + sent.last)
    }

    fun unfold(window: FrameWindow): List<TensorType> {
        count(1..1)
        val x = rankExactly(real(0, "x"), "x", 3)
        return one(Shape(x[0], window.frames(x[1]), x[2] * window.kernel.toLong()))
    }

    fun fold(window: FrameWindow, time: Dim): List<TensorType> {
        count(1..1)
        val y = rankExactly(real(0, "y"), "y", 3)
        same(y[1], "the number of windows", window.frames(time), "that of $time positions")
        return one(Shape(y[0], time, y[2] / window.kernel.toLong()))
    }

    fun products(form: ProductForm): List<TensorType> {
        count(2..2)
        val left = rank(real(0, "left"), "left", 2)
        val right = rank(real(1, "right"), "right", 2)
        same(left.leading(2), "the left's leading dims", right.leading(2), "the right's leading dims")
        val (m, k) = left.trailing(2).dims
        val (p, q) = right.trailing(2).dims
        return when (form) {
            ProductForm.RowsByRows -> {
                same(k, "the left's last dim", q, "the right's last dim")
                one(left.leading(1) + p)
            }
            ProductForm.RowsByColumns -> {
                same(k, "the left's last dim", p, "the right's rows")
                one(left.leading(1) + q)
            }
            ProductForm.ColumnsByColumns -> {
                same(m, "the left's rows", p, "the right's rows")
                one(left.leading(2) + k + q)
            }
        }
    }

    fun causalProduct(): List<TensorType> {
        count(3..3)
        val queries = rank(real(0, "q"), "q", 2)
        expect(1, "k", queries)
        val values = rank(real(2, "v"), "v", 2)
        same(values.leading(1), "the values' leading dims", queries.leading(1), "the queries' leading dims")
        return one(values)
    }

    fun largest(count: Int): List<TensorType> {
        count(1..1)
        val x = rank(real(0, "x"), "x", 1)
        if (x.last.isKnown && x.last.size < count) fail(ShapeMessages.fewerNumbers(count, "${x.last}"))
        val shape = x.leading(1) + Dim.of(count.toLong())
        return listOf(real(shape), TensorType(Element.Index, shape))
    }

    fun sort(): List<TensorType> {
        count(1..1)
        return one(TensorType(Element.Index, rank(real(0, "x"), "x", 1)))
    }

    fun converted(from: Element, to: Element): List<TensorType> {
        count(1..1)
        return one(TensorType(to, element(0, "x", from)))
    }

    fun realPositions(time: Dim): List<TensorType> {
        count(1..1)
        return one(rankExactly(index(0, "lengths"), "lengths", 1) + time)
    }

    fun maskScores(op: Op.MaskScores): List<TensorType> {
        val relations = op.mask.relations()
        count(1 + relations.size..1 + relations.size)
        expectIndex(0, "offset", Shape())
        val pairs = Shape(Dim.of(op.heads.toLong()), op.queries, op.keys)
        if (relations.isEmpty()) return one(pairs)
        val batch = rankExactly(index(1, relations[0]), relations[0], 3)[0]
        relations.forEachIndexed { at, name -> expectIndex(1 + at, name, Shape(batch, op.queries, op.keys)) }
        return one(Shape(listOf(batch) + pairs.dims))
    }

    fun distances(queries: Dim, keys: Dim): List<TensorType> {
        count(1..1)
        expectIndex(0, "offset", Shape())
        return one(TensorType.index(queries, keys))
    }

    fun gridWaves(op: Op.GridWaves): List<TensorType> {
        count(0..0)
        return one(Shape(op.rows * op.columns, op.width))
    }

    private fun network(): Dim {
        val width = rankExactly(real(0, "start"), "start", 1)[0]
        val hidden = rankExactly(real(1, "up"), "up", 2)[0]
        expect(1, "up", Shape(hidden, width + 1L))
        expect(2, "upBias", Shape(hidden))
        expect(3, "down", Shape(width, hidden))
        expect(4, "downBias", Shape(width))
        return width
    }

    fun flow(time: Dim): List<TensorType> {
        count(5..5)
        return one(Shape(time, network()))
    }

    fun flowGradient(): List<TensorType> {
        count(7..7)
        val y = rankExactly(real(5, "y"), "y", 2)
        same(y[1], "y's last dim", network(), "the width")
        expect(6, "dy", y)
        return inputs.take(5)
    }

    fun spread(time: Dim): List<TensorType> {
        count(2..2)
        val sources = rankExactly(index(0, "sources"), "sources", 1)
        expectIndex(1, "targets", sources)
        return one(TensorType.index(sources[0], time))
    }

    fun dispatch(): List<TensorType> {
        count(2..2)
        val chosen = rankExactly(index(0, "chosen"), "chosen", 2)
        expectIndex(1, "capacity", Shape())
        return one(TensorType(Element.Index, chosen))
    }

    fun match(): List<TensorType> {
        count(2..2)
        val costs = rankExactly(real(0, "costs"), "costs", 3)
        expectIndex(1, "counts", Shape(costs[0]))
        return one(TensorType.index(costs[0], costs[1]))
    }

    private fun chain(): Shape {
        val scores = rankExactly(real(0, "scores"), "scores", 3)
        val left = rankExactly(real(1, "left"), "left", 2)
        same(left[0], "the rows of left", scores[2], "the vocabulary")
        expect(2, "right", left)
        expectIndex(3, "labels", scores.leading(1))
        return scores
    }

    fun chainLoss(): List<TensorType> {
        count(4..4)
        chain()
        return one(Shape())
    }

    fun chainLossGradient(): List<TensorType> {
        count(5..5)
        chain()
        expect(4, "dloss", Shape())
        return inputs.take(3)
    }

    fun blend(): List<TensorType> {
        count(2..2)
        val state = real(0, "state")
        expect(1, "fresh", state)
        return one(state)
    }

    fun correction(inputCount: Int): List<TensorType> {
        count(inputCount..inputCount)
        val x = rank(real(0, "x"), "x", 1)
        expect(1, "correction", Shape(x.last))
        expect(2, "real", x.leading(1))
        if (inputCount == 3) return one(x)
        expect(3, "dy", x)
        return listOf(real(x), real(Shape(x.last)))
    }

    fun remember(): List<TensorType> {
        count(2..2)
        val state = rankExactly(real(0, "state"), "state", 3)
        val fresh = rankExactly(real(1, "fresh"), "fresh", 3)
        same(
            Shape(state[0], state[2]),
            "the state's batch and width",
            Shape(fresh[0], fresh[2]),
            "those of what is fresh",
        )
        return one(state)
    }
}
