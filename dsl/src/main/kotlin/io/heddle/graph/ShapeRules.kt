package io.heddle.graph

import io.heddle.dims.Dim

/** Tells that the inputs of an op do not fit it; [message] says how, in the op's own terms. */
public class ShapeMismatch(message: String) : RuntimeException(message)

/**
 * The shape rule of every op: the types of its outputs for the types of its inputs.
 *
 * @throws ShapeMismatch when they do not fit
 */
public fun Op.outputTypes(inputs: List<TensorType>): List<TensorType> {
    val rule = ShapeRule(this, inputs)
    return when (this) {
        is Op.Input -> rule.source(type)
        is Op.Parameter -> rule.source(TensorType(Element.Real, shape))
        is Op.State -> rule.source(TensorType(Element.Real, shape))
        is Op.Constant -> rule.source(type)
        is Op.MatMul -> rule.product(form)
        is Op.Add,
        is Op.Multiply -> rule.broadcast()
        is Op.Scale,
        is Op.Activate -> rule.same(1)
        is Op.ActivateGradient -> rule.same(2)
        is Op.Dropout -> rule.dropout()
        is Op.SumLeading -> rule.sumLeading(kept)
        is Op.LayerNorm -> rule.layerNorm()
        is Op.LayerNormGradient -> rule.normGradient(statistics = 2)
        is Op.RmsNorm -> rule.rmsNorm()
        is Op.RmsNormGradient -> rule.normGradient(statistics = 1)
        is Op.Embed -> rule.embed()
        is Op.EmbedGradient -> rule.embedGradient(rows)
        is Op.Positions -> rule.positions(time)
        is Op.Sinusoid -> rule.sinusoid(width)
        is Op.Rotate -> rule.rotate(heads)
        is Op.TakeLast -> rule.takeLast()
        is Op.PutLast -> rule.putLast(time)
        is Op.WriteAt -> rule.writeAt()
        is Op.Attention -> rule.attention(kind)
        is Op.AttentionGradient -> rule.attentionGradient(kind)
        is Op.CrossEntropy -> rule.crossEntropy()
        is Op.CrossEntropyGradient -> rule.crossEntropyGradient()
        is Op.BiasActivate -> rule.biasActivate()
        is Op.BiasActivateGradient -> rule.biasActivateGradient()
        is Op.AddLayerNorm -> rule.addLayerNorm()
        is Op.AddRmsNorm -> rule.addRmsNorm()
    }
}

/** One application of a shape rule: the checks that rules are written with, and the rules. */
@Suppress("TooManyFunctions") // One function a rule.
private class ShapeRule(private val op: Op, private val inputs: List<TensorType>) {
    private fun fail(message: String): Nothing = throw ShapeMismatch("$op: $message")

    private fun count(range: IntRange) {
        if (inputs.size !in range)
            fail("takes ${range.toSet().joinToString(" or ")} inputs and was given ${inputs.size}")
    }

    private fun element(at: Int, name: String, element: Element): Shape {
        if (inputs[at].element != element) {
            val wanted =
                when (element) {
                    Element.Real -> "real numbers"
                    Element.Index -> "indices"
                }
            fail("$name must hold $wanted and is ${inputs[at]}")
        }
        return inputs[at].shape
    }

    private fun real(at: Int, name: String): Shape = element(at, name, Element.Real)

    private fun index(at: Int, name: String): Shape = element(at, name, Element.Index)

    private fun rank(shape: Shape, name: String, atLeast: Int): Shape {
        if (shape.rank < atLeast) fail("$name needs at least $atLeast dims and is $shape")
        return shape
    }

    private fun rankExactly(shape: Shape, name: String, rank: Int): Shape {
        if (shape.rank != rank) fail("$name needs $rank dims and is $shape")
        return shape
    }

    private fun same(left: Shape, leftName: String, right: Shape, rightName: String) {
        if (left != right) fail("$leftName $left and $rightName $right must have the same shape")
    }

    private fun same(left: Dim, leftName: String, right: Dim, rightName: String) {
        if (left != right) fail("$leftName is $left and $rightName is $right, which must be equal")
    }

    private fun expect(at: Int, name: String, shape: Shape): Shape =
        real(at, name).also { same(it, name, shape, "what is wanted") }

    private fun expectIndex(at: Int, name: String, shape: Shape) = same(index(at, name), name, shape, "what is wanted")

    private fun real(shape: Shape) = TensorType(Element.Real, shape)

    fun source(type: TensorType): List<TensorType> {
        count(0..0)
        return listOf(type)
    }

    fun same(inputCount: Int): List<TensorType> {
        count(inputCount..inputCount)
        val shape = real(0, "x")
        for (at in 1 until inputCount) expect(at, "input $at", shape)
        return listOf(real(shape))
    }

    fun dropout(): List<TensorType> {
        count(2..2)
        expectIndex(1, "randomness", Shape(Dim.of(2)))
        return listOf(real(real(0, "x")))
    }

    fun product(form: ProductForm): List<TensorType> {
        count(2..2)
        val left = rank(real(0, "left"), "left", 1)
        val right = real(1, "right")
        return when (form) {
            ProductForm.RowsByRows -> {
                rankExactly(right, "right", 2)
                same(left.last, "the left's last dim", right[1], "the right's second dim")
                listOf(real(left.leading(1) + right[0]))
            }
            ProductForm.RowsByColumns -> {
                rankExactly(right, "right", 2)
                same(left.last, "the left's last dim", right[0], "the right's first dim")
                listOf(real(left.leading(1) + right[1]))
            }
            ProductForm.ColumnsByColumns -> {
                rank(right, "right", 1)
                same(left.leading(1), "the left's leading dims", right.leading(1), "the right's leading dims")
                listOf(real(Shape(left.last, right.last)))
            }
        }
    }

    fun broadcast(): List<TensorType> {
        count(2..2)
        val left = real(0, "left")
        val right = real(1, "right")
        if (right.rank > left.rank || left.trailing(right.rank) != right)
            fail("right $right must be the last dims of left $left")
        return listOf(real(left))
    }

    fun sumLeading(kept: Int): List<TensorType> {
        count(1..1)
        return listOf(real(rank(real(0, "x"), "x", kept).trailing(kept)))
    }

    private fun vector(at: Int, name: String, width: Dim) = expect(at, name, Shape(width))

    private fun normed(biased: IntRange, firstVector: Int): Shape {
        count(biased)
        val x = rank(real(0, "x"), "x", 1)
        for (at in firstVector until inputs.size) vector(at, if (at == firstVector) "gain" else "bias", x.last)
        return x
    }

    fun layerNorm(): List<TensorType> {
        val x = normed(2..3, firstVector = 1)
        return listOf(real(x), real(x.leading(1)), real(x.leading(1)))
    }

    fun rmsNorm(): List<TensorType> {
        val x = normed(2..2, firstVector = 1)
        return listOf(real(x), real(x.leading(1)))
    }

    fun addLayerNorm(): List<TensorType> {
        val x = normed(3..4, firstVector = 2)
        expect(1, "branch", x)
        return listOf(real(x), real(x), real(x.leading(1)), real(x.leading(1)))
    }

    fun addRmsNorm(): List<TensorType> {
        val x = normed(3..3, firstVector = 2)
        expect(1, "branch", x)
        return listOf(real(x), real(x), real(x.leading(1)))
    }

    fun normGradient(statistics: Int): List<TensorType> {
        count(3 + statistics..3 + statistics)
        val x = rank(real(0, "x"), "x", 1)
        vector(1, "gain", x.last)
        for (at in 2 until 2 + statistics) expect(at, "statistic ${at - 1}", x.leading(1))
        expect(2 + statistics, "dy", x)
        return listOf(real(x), real(Shape(x.last)))
    }

    fun embed(): List<TensorType> {
        count(2..2)
        val table = rankExactly(real(0, "table"), "table", 2)
        return listOf(real(index(1, "ids") + table[1]))
    }

    fun embedGradient(rows: Dim): List<TensorType> {
        count(2..2)
        val gradient = rank(real(1, "dy"), "dy", 1)
        same(index(0, "ids"), "ids", gradient.leading(1), "dy's leading dims")
        return listOf(real(Shape(rows, gradient.last)))
    }

    fun positions(time: Dim): List<TensorType> {
        count(1..1)
        expectIndex(0, "offset", Shape())
        return listOf(TensorType.index(time))
    }

    fun sinusoid(width: Dim): List<TensorType> {
        count(1..1)
        return listOf(real(rankExactly(index(0, "positions"), "positions", 1) + width))
    }

    private fun divide(width: Dim, heads: Int, name: String): Dim {
        if (width.isKnown && width.size % heads != 0L) fail("$heads heads do not divide $name = $width")
        return width / heads.toLong()
    }

    fun rotate(heads: Int): List<TensorType> {
        count(2..2)
        val x = rankExactly(real(0, "x"), "x", 3)
        val headWidth = divide(x.last, heads, "x's last dim")
        if (headWidth.isKnown && headWidth.size % 2 != 0L) fail("a head of odd width $headWidth has no pairs to rotate")
        expectIndex(1, "positions", Shape(x[1]))
        return listOf(real(x))
    }

    fun takeLast(): List<TensorType> {
        count(2..2)
        val x = rankExactly(real(0, "x"), "x", 3)
        expectIndex(1, "lengths", Shape(x[0]))
        return listOf(real(Shape(x[0], x[2])))
    }

    fun putLast(time: Dim): List<TensorType> {
        count(2..2)
        val x = rankExactly(real(0, "x"), "x", 2)
        expectIndex(1, "lengths", Shape(x[0]))
        return listOf(real(Shape(x[0], time, x[1])))
    }

    fun writeAt(): List<TensorType> {
        count(3..3)
        val state = rankExactly(real(0, "state"), "state", 3)
        val fresh = rankExactly(real(1, "fresh"), "fresh", 3)
        same(state[0], "the state's batch", fresh[0], "the fresh rows' batch")
        same(state[2], "the state's width", fresh[2], "the fresh rows' width")
        expectIndex(2, "offset", Shape())
        return listOf(real(state))
    }

    private fun attended(kind: AttentionKind): Shape {
        val queries = rankExactly(real(0, "queries"), "queries", 3)
        val keys = rankExactly(real(1, "keys"), "keys", 3)
        val values = rankExactly(real(2, "values"), "values", 3)
        if (kind.heads % kind.keyValueHeads != 0)
            fail("${kind.keyValueHeads} key and value heads do not divide ${kind.heads} heads")
        same(keys.leading(1), "the keys' leading dims", values.leading(1), "the values' leading dims")
        same(queries[0], "the queries' batch", keys[0], "the keys' batch")
        val queryWidth = divide(queries[2], kind.heads, "queries")
        same(queryWidth, "a query's width", divide(keys[2], kind.keyValueHeads, "keys"), "a key's width")
        val valueWidth = divide(values[2], kind.keyValueHeads, "values")
        expectIndex(3, "keyLengths", Shape(queries[0]))
        expectIndex(4, "offset", Shape())
        // Equal either way; this one reads better.
        return queries.leading(1) + if (valueWidth == queryWidth) queries[2] else valueWidth * kind.heads.toLong()
    }

    private fun randomness(kind: AttentionKind, at: Int) {
        count(if (kind.dropout > 0.0) at + 1..at + 1 else at..at)
        if (kind.dropout > 0.0) expectIndex(at, "randomness", Shape(Dim.of(2)))
    }

    private fun perQuery(kind: AttentionKind, queries: Shape) =
        Shape(queries[0], Dim.of(kind.heads.toLong()), queries[1])

    fun attention(kind: AttentionKind): List<TensorType> {
        randomness(kind, at = 5)
        val out = attended(kind)
        return listOf(real(out), real(perQuery(kind, out)))
    }

    fun attentionGradient(kind: AttentionKind): List<TensorType> {
        randomness(kind, at = 8)
        val out = attended(kind)
        expect(5, "out", out)
        expect(6, "logSumExp", perQuery(kind, out))
        expect(7, "dout", out)
        return inputs.take(3)
    }

    private fun labelled(): Shape {
        val logits = rank(real(0, "logits"), "logits", 1)
        expectIndex(1, "labels", logits.leading(1))
        return logits
    }

    fun crossEntropy(): List<TensorType> {
        count(2..2)
        return listOf(real(Shape()), real(labelled().leading(1)))
    }

    fun crossEntropyGradient(): List<TensorType> {
        count(4..4)
        val logits = labelled()
        expect(2, "logSumExp", logits.leading(1))
        expect(3, "dloss", Shape())
        return listOf(real(logits))
    }

    fun biasActivate(): List<TensorType> {
        count(2..2)
        val x = rank(real(0, "x"), "x", 1)
        vector(1, "bias", x.last)
        return listOf(real(x))
    }

    fun biasActivateGradient(): List<TensorType> {
        count(3..3)
        val x = rank(real(0, "x"), "x", 1)
        vector(1, "bias", x.last)
        expect(2, "dy", x)
        return listOf(real(x))
    }
}
