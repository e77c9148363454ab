package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.Value
import io.heddle.model.EmbeddingScale
import io.heddle.model.Model
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.terms.Initializer
import kotlin.math.sqrt

/** Writes the tables of tokens: their rows for ids, and their scores for vectors. */
internal class TableLowering(private val model: Model, private val context: LoweringContext) {
    private val graph = context.graph

    /** A group of tokens of an adaptive table: ids from [first] to below [end], in rows of [width]. */
    private data class Group(val number: Int, val first: Int, val end: Int, val width: Int)

    private fun owner(input: TokenInput): TokenInput =
        when (val table = input.table) {
            is Table.Tied -> model.component(table.input) as TokenInput
            is Table.Own,
            is Table.Adaptive -> input
        }

    /** How the table that [input] reads begins. */
    fun initializer(input: TokenInput): Initializer =
        when (val table = owner(input).table) {
            is Table.Own -> table.initializer
            is Table.Adaptive -> table.initializer
            is Table.Tied -> error("${input.name} is tied to a tied table.")
        }

    /** The rows of [ids], scaled. */
    fun embedded(input: TokenInput, ids: Value): Value {
        val owner = owner(input)
        val rows =
            when (val table = owner.table) {
                is Table.Adaptive -> adaptive(owner, table, ids)
                is Table.Own,
                is Table.Tied -> graph.first(Op.Embed, input.name, whole(owner), ids)
            }
        return when (input.scale) {
            EmbeddingScale.None -> rows
            EmbeddingScale.RootWidth -> context.scale(rows, sqrt(input.tableWidth.toDouble()), input.name)
        }
    }

    /**
     * The scores of [x] by the table that [input] reads, `[.., vocabulary]`; log-probabilities where it is adaptive.
     */
    fun scores(input: TokenInput, x: Value, spot: Spot): Value {
        val owner = owner(input)
        return when (val table = owner.table) {
            is Table.Adaptive -> adaptiveScores(owner, table, x, spot)
            is Table.Own,
            is Table.Tied -> graph.first(Op.MatMul(ProductForm.RowsByRows), spot.path, x, whole(owner))
        }
    }

    private fun whole(owner: TokenInput): Value {
        val (vocabulary, width) = Dims.vocabulary(owner.vocabulary) to tableWidth(owner.tableWidth)
        val start = Start.Drawn(initializer(owner), vocabulary.size, width.size, 1.0)
        return context.parameter(Names.embedding(owner.name), Shape(vocabulary, width), start, Role.Embedding)
    }

    private fun tableWidth(size: Int) = if (size == model.width) Dims.width(size) else Dim.of(size.toLong())

    private fun groups(owner: TokenInput, table: Table.Adaptive): List<Group> {
        val bounds = listOf(0) + table.cutoffs + owner.vocabulary
        var width = owner.tableWidth
        return bounds.zipWithNext().mapIndexed { number, (first, end) ->
            if (number > 0) width = maxOf(1, width / table.factor)
            Group(number, first, end, width)
        }
    }

    private fun rows(owner: TokenInput, table: Table.Adaptive, group: Group): Value {
        val (count, width) = Dim.of((group.end - group.first).toLong()) to Dim.of(group.width.toLong())
        val start = Start.Drawn(table.initializer, count.size, width.size, 1.0)
        return context.parameter("${owner.name}/${group.number}/embedding", Shape(count, width), start, Role.Embedding)
    }

    private fun map(owner: TokenInput, table: Table.Adaptive, group: Group): Value {
        val (wide, narrow) = tableWidth(owner.tableWidth) to Dim.of(group.width.toLong())
        val start = Start.Drawn(table.initializer, narrow.size, wide.size, 1.0)
        return context.parameter(
            "${owner.name}/${group.number}/projection/weight",
            Shape(wide, narrow),
            start,
            Role.Matrix,
        )
    }

    /**
     * Each group's table stands among zeros of the others, so that every id finds a row in each, and one that is its
     * own.
     */
    private fun adaptive(owner: TokenInput, table: Table.Adaptive, ids: Value): Value =
        groups(owner, table)
            .map { group ->
                val rows = rows(owner, table, group)
                val padded =
                    graph.first(
                        Op.Pad(0, Dim.of(group.first.toLong()), Dim.of((owner.vocabulary - group.end).toLong())),
                        owner.name,
                        rows,
                    )
                val found = graph.first(Op.Embed, owner.name, padded, ids)
                if (group.width == owner.tableWidth) found
                else graph.first(Op.MatMul(ProductForm.RowsByRows), owner.name, found, map(owner, table, group))
            }
            .reduce { sum, rows -> graph.first(Op.Add, owner.name, sum, rows) }

    /**
     * `log p(token) = log p(group) + log p(token in group)`; the first group's tokens and the other groups are scored
     * together (arXiv 1609.04309, section 3.2).
     */
    private fun adaptiveScores(owner: TokenInput, table: Table.Adaptive, x: Value, spot: Spot): Value {
        val groups = groups(owner, table)
        fun scored(group: Group): Value {
            val narrow =
                if (group.width == owner.tableWidth) x
                else graph.first(Op.MatMul(ProductForm.RowsByColumns), spot.path, x, map(owner, table, group))
            return graph.first(Op.MatMul(ProductForm.RowsByRows), spot.path, narrow, rows(owner, table, group))
        }
        val last = x.type.shape.rank - 1
        val others = Dim.of((groups.size - 1).toLong())
        val chosen = context.linear(x, others, table.initializer, false, spot / "groups")
        val head =
            graph.first(
                Op.LogSoftmax,
                spot.path,
                graph.add(Op.Concat(last), listOf(scored(groups[0]), chosen), spot.path).first(),
            )
        val common = Dim.of(groups[0].end.toLong())
        val first = graph.first(Op.Slice(last, Dim.of(0), common), spot.path, head)
        val rest =
            groups.drop(1).mapIndexed { at, group ->
                val inside = graph.first(Op.LogSoftmax, spot.path, scored(group))
                val one = graph.first(Op.Slice(last, common + at.toLong(), Dim.of(1)), spot.path, head)
                val outside = context.reshape(one, spot, *one.type.shape.leading(1).dims.toTypedArray())
                context.add(inside, context.repeat(outside, last, inside.type.shape.last, spot), spot)
            }
        return graph.add(Op.Concat(last), listOf(first) + rest, spot.path).first()
    }
}
