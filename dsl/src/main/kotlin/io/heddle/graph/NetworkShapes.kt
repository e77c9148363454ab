package io.heddle.graph

import io.heddle.dims.Dim
import io.heddle.messages.ShapeMessages

/** The shape rules of what networks are made of: products, norms, tables, attention, losses. */
@Suppress("TooManyFunctions") // One function a rule.
internal class NetworkShapes(op: Op, inputs: List<TensorType>) : ShapeChecks(op, inputs) {
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
            fail(ShapeMessages.notTheLastDims("$left", "$right"))
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
        if (width.isKnown && width.size % heads != 0L) fail(ShapeMessages.headsDoNotDivide(heads, name, "$width"))
        return width / heads.toLong()
    }

    fun rotate(heads: Int): List<TensorType> {
        count(2..2)
        val x = rankExactly(real(0, "x"), "x", 3)
        val headWidth = divide(x.last, heads, "x's last dim")
        if (headWidth.isKnown && headWidth.size % 2 != 0L) fail(ShapeMessages.noPairs("$headWidth"))
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
            fail(ShapeMessages.keyValueHeadsDoNotDivide(kind.keyValueHeads, kind.heads))
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

    /** The bias of scores at the input [at], where there is one; gives the number of the input after it. */
    private fun bias(kind: AttentionKind, at: Int): Int {
        val pairs = Shape(Dim.of(kind.heads.toLong()), inputs[0].shape[1], inputs[1].shape[1])
        return when (kind.bias) {
            ScoreBias.None -> at
            ScoreBias.ForAll -> at + 1.also { expect(at, "bias", pairs) }
            ScoreBias.ForEach -> at + 1.also { expect(at, "bias", Shape(listOf(inputs[0].shape[0]) + pairs.dims)) }
        }
    }

    fun attention(kind: AttentionKind): List<TensorType> {
        val out = attended(kind)
        randomness(kind, at = bias(kind, at = 5))
        return listOf(real(out), real(perQuery(kind, out)))
    }

    fun attentionGradient(kind: AttentionKind): List<TensorType> {
        val out = attended(kind)
        expect(5, "out", out)
        expect(6, "logSumExp", perQuery(kind, out))
        expect(7, "dout", out)
        val next = bias(kind, at = 8)
        randomness(kind, at = next)
        return inputs.take(3) + inputs.subList(8, next)
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

    fun activateWithSlope(): List<TensorType> {
        count(1..2)
        val x = rank(real(0, "x"), "x", 1)
        if (inputs.size > 1) vector(1, "bias", x.last)
        return listOf(real(x), real(x))
    }
}
