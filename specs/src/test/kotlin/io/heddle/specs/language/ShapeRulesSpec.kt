package io.heddle.specs.language

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.AttentionKind
import io.heddle.graph.Direction
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.ScoreBias
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.outputTypes
import io.heddle.terms.Causal
import io.heddle.terms.Gelu
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.SinusoidOrder
import io.kotest.core.spec.style.StringSpec

private val batch = Dims.batch
private val time = Dims.sequence("text")
private val memory = Dims.sequence("source")
private val width = Dims.width(512)
private val hidden = Dims.hidden(2048)
private val vocabulary = Dims.vocabulary(65)

private fun real(vararg dims: Dim) = TensorType.real(*dims)

private fun index(vararg dims: Dim) = TensorType.index(*dims)

private val x = real(batch, time, width)
private val wide = real(batch, time, hidden)
private val gain = real(width)
private val perToken = real(batch, time)
private val lengths = index(batch)
private val scalar = index()
private val randomness = index(Dim.of(2))

private fun kind(heads: Int = 8, keyValueHeads: Int = 8, dropout: Double = 0.0) =
    AttentionKind(heads, keyValueHeads, 0.125, Causal, ScoreBias.None, dropout, "stream")

private fun types(op: Op, vararg inputs: TensorType): String = op.outputTypes(inputs.toList()).joinToString()

class ShapeRulesSpec :
    StringSpec({
        "what every op makes follows from what it is given" {
            listOf(
                    types(Op.Input("text", index(batch, time))),
                    types(Op.Parameter("w", Shape(hidden, width), Start.Zeros, Role.Matrix)),
                    types(Op.State("keys", Shape(batch, Dims.capacity, width))),
                    types(Op.Constant(0.0, index())),
                    types(Op.MatMul(ProductForm.RowsByRows), x, real(hidden, width)),
                    types(Op.MatMul(ProductForm.RowsByColumns), x, real(width, hidden)),
                    types(Op.MatMul(ProductForm.ColumnsByColumns), x, wide),
                    types(Op.Add, x, gain),
                    types(Op.Multiply, x, x),
                    types(Op.Multiply, x, real()),
                    types(Op.Scale(2.0), x),
                    types(Op.SumLeading(1), x),
                    types(Op.Activate(Gelu), x),
                    types(Op.ActivateGradient(Gelu), x, x),
                    types(Op.Dropout(0.1, "stream"), x, randomness),
                    types(Op.LayerNorm(1e-5), x, gain, gain),
                    types(Op.LayerNormGradient, x, gain, perToken, perToken, x),
                    types(Op.RmsNorm(1e-5), x, gain),
                    types(Op.RmsNormGradient, x, gain, perToken, x),
                    types(Op.Embed, real(vocabulary, width), index(batch, time)),
                    types(Op.EmbedGradient(vocabulary), index(batch, time), x),
                    types(Op.Positions(time), scalar),
                    types(Op.Sinusoid(width, SinusoidOrder.Interleaved), index(time)),
                    types(
                        Op.Rotate(8, 1e4, RotaryPairs.HalfSplit, RotaryScaling.None, Direction.Forward),
                        x,
                        index(time),
                    ),
                    types(Op.TakeLast, x, lengths),
                    types(Op.PutLast(time), real(batch, width), lengths),
                    types(Op.WriteAt, real(batch, Dims.capacity, width), x, scalar),
                    types(Op.Attention(kind()), x, x, x, lengths, scalar),
                    types(
                        Op.Attention(kind(8, 2, dropout = 0.1)),
                        x,
                        real(batch, memory, width / 4),
                        real(batch, memory, width / 2),
                        lengths,
                        scalar,
                        randomness,
                    ),
                    types(Op.AttentionGradient(kind()), x, x, x, lengths, scalar, x, real(batch, Dim.of(8), time), x),
                    types(Op.CrossEntropy(0.1), real(batch, time, vocabulary), index(batch, time)),
                    types(
                        Op.CrossEntropyGradient(0.1),
                        real(batch, time, vocabulary),
                        index(batch, time),
                        perToken,
                        real(),
                    ),
                    types(Op.BiasActivate(Gelu), x, gain),
                    types(Op.BiasActivateGradient(Gelu), x, gain, x),
                    types(Op.ActivateWithSlope(Gelu), x, gain),
                    types(Op.AddLayerNorm(1e-5), x, x, gain, gain),
                    types(Op.AddRmsNorm(1e-5), x, x, gain),
                )
                .joinToString("\n") shouldRead
                """
                index [batch, text]
                [hidden, width]
                [batch, capacity, width]
                index []
                [batch, text, hidden]
                [batch, text, hidden]
                [width, hidden]
                [batch, text, width]
                [batch, text, width]
                [batch, text, width]
                [batch, text, width]
                [width]
                [batch, text, width]
                [batch, text, width]
                [batch, text, width]
                [batch, text, width], [batch, text], [batch, text]
                [batch, text, width], [width]
                [batch, text, width], [batch, text]
                [batch, text, width], [width]
                [batch, text, width]
                [vocabulary, width]
                index [text]
                [text, width]
                [batch, text, width]
                [batch, width]
                [batch, text, width]
                [batch, capacity, width]
                [batch, text, width], [batch, 8, text]
                [batch, text, 8 * (width / 2) / 2], [batch, 8, text]
                [batch, text, width], [batch, text, width], [batch, text, width]
                [], [batch, text]
                [batch, text, vocabulary]
                [batch, text, width]
                [batch, text, width]
                [batch, text, width], [batch, text, width]
                [batch, text, width], [batch, text, width], [batch, text], [batch, text]
                [batch, text, width], [batch, text, width], [batch, text]
                """
        }
    })
