package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.EmbeddingScale
import io.heddle.model.InputComponent
import io.heddle.model.Model
import io.heddle.model.Position
import io.heddle.model.Projection
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import kotlin.math.sqrt

/** Writes inputs: ids or vectors, positions, dropout. */
internal class InputLowering(private val model: Model, private val context: LoweringContext) {
    private val graph = context.graph

    fun lower(input: InputComponent): Value {
        val content =
            when (input) {
                is TokenInput -> embedded(input)
                is VectorInput -> projected(input)
            }
        return context.dropout(positioned(content, input), input.dropout, input.name)
    }

    /** The table of `[vocabulary, width]` that [input] reads: its own, or its owner's. */
    fun table(input: TokenInput): Value =
        when (val table = input.table) {
            is Table.Tied -> table(model.component(table.input) as TokenInput)
            is Table.Own -> {
                val start = Start.Drawn(table.initializer, input.vocabulary.toLong(), input.width.toLong(), 1.0)
                val shape = Shape(Dims.vocabulary(input.vocabulary), Dims.width(input.width))
                context.parameter(Names.embedding(input.name), shape, start, Role.Embedding)
            }
        }

    private fun embedded(input: TokenInput): Value {
        val ids = context.input(input.name, TensorType.index(Dims.batch, Dims.sequence(input.name)))
        val rows = graph.first(Op.Embed, input.name, table(input), ids)
        return when (input.scale) {
            EmbeddingScale.None -> rows
            EmbeddingScale.RootWidth -> context.scale(rows, sqrt(input.width.toDouble()), input.name)
        }
    }

    private fun projected(input: VectorInput): Value {
        val features = Dim.named("features", input.features.toLong())
        val vectors = context.input(input.name, TensorType.real(Dims.batch, Dims.sequence(input.name), features))
        return when (val projection = input.projection) {
            is Projection.None -> vectors
            is Projection.Linear -> {
                val path = "${input.name}/projection"
                context.linear(vectors, Dims.width(input.width), projection.initializer, projection.bias, path)
            }
        }
    }

    private fun positioned(content: Value, input: InputComponent): Value {
        val width = content.type.shape.last
        return when (val position = input.position) {
            is Position.None -> content
            is Position.Sinusoidal -> {
                val waves = graph.first(Op.Sinusoid(width, position.order), input.name, positions(input.name))
                graph.first(Op.Add, input.name, content, waves)
            }
            is Position.Learned -> {
                val length = Dims.positions(position.length)
                val start = Start.Drawn(position.initializer, length.size, width.size, 1.0)
                val name = Names.positions(input.name)
                val table = context.parameter(name, Shape(length, width), start, Role.Embedding)
                val rows = graph.first(Op.Embed, input.name, table, positions(input.name))
                graph.first(Op.Add, input.name, content, rows)
            }
        }
    }

    /** The positions of the tokens of [input], `index [time]`. */
    fun positions(input: String): Value = graph.first(Op.Positions(Dims.sequence(input)), input, context.offset(input))
}
