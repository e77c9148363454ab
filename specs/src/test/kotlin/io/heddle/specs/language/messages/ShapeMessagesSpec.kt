package io.heddle.specs.language.messages

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.AttentionKind
import io.heddle.graph.Direction
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.ScoreBias
import io.heddle.graph.Shape
import io.heddle.graph.ShapeMismatch
import io.heddle.graph.TensorType
import io.heddle.graph.outputTypes
import io.heddle.specs.language.shouldRead
import io.heddle.terms.Causal
import io.heddle.terms.Gelu
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.SinusoidOrder
import io.kotest.assertions.throwables.shouldThrow
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

private fun mismatch(op: Op, vararg inputs: TensorType): String =
    shouldThrow<ShapeMismatch> { op.outputTypes(inputs.toList()) }.message.orEmpty()

class ShapeMessagesSpec :
    StringSpec({
        "what does not fit is told in the op's own terms" {
            listOf(
                    mismatch(Op.Input("text", x), x),
                    mismatch(Op.MatMul(ProductForm.RowsByRows), x, real(hidden, hidden)),
                    mismatch(Op.MatMul(ProductForm.RowsByRows), x, gain),
                    mismatch(Op.MatMul(ProductForm.RowsByColumns), x, real(hidden, width)),
                    mismatch(Op.MatMul(ProductForm.ColumnsByColumns), x, gain),
                    mismatch(Op.MatMul(ProductForm.RowsByRows), real(), real(hidden, width)),
                    mismatch(Op.MatMul(ProductForm.RowsByRows), x),
                    mismatch(Op.MatMul(ProductForm.RowsByRows), index(batch), real(hidden, width)),
                    mismatch(Op.Add, x, real(hidden)),
                    mismatch(Op.Multiply, gain, x),
                    mismatch(Op.Scale(2.0), scalar),
                    mismatch(Op.SumLeading(4), x),
                    mismatch(Op.ActivateGradient(Gelu), x, wide),
                    mismatch(Op.Dropout(0.1, "stream"), x, index(Dim.of(3))),
                    mismatch(Op.LayerNorm(1e-5), x, real(hidden)),
                    mismatch(Op.LayerNorm(1e-5), x, gain, real(hidden)),
                    mismatch(Op.LayerNormGradient, x, gain, perToken, x, x),
                    mismatch(Op.RmsNorm(1e-5), x, gain, gain),
                    mismatch(Op.RmsNormGradient, x, gain, perToken, wide),
                    mismatch(Op.Embed, gain, index(batch, time)),
                    mismatch(Op.Embed, real(vocabulary, width), perToken),
                    mismatch(Op.EmbedGradient(vocabulary), index(batch), x),
                    mismatch(Op.Positions(time), lengths),
                    mismatch(Op.Sinusoid(width, SinusoidOrder.Interleaved), index(batch, time)),
                    mismatch(
                        Op.Rotate(5, 1e4, RotaryPairs.HalfSplit, RotaryScaling.None, Direction.Forward),
                        x,
                        index(time),
                    ),
                    mismatch(
                        Op.Rotate(512, 1e4, RotaryPairs.HalfSplit, RotaryScaling.None, Direction.Forward),
                        x,
                        index(time),
                    ),
                    mismatch(
                        Op.Rotate(8, 1e4, RotaryPairs.HalfSplit, RotaryScaling.None, Direction.Forward),
                        x,
                        index(batch),
                    ),
                    mismatch(Op.TakeLast, x, index(time)),
                    mismatch(Op.PutLast(time), x, lengths),
                    mismatch(Op.WriteAt, real(batch, Dims.capacity, hidden), x, scalar),
                    mismatch(Op.WriteAt, real(time, Dims.capacity, width), x, scalar),
                    mismatch(Op.Attention(kind(8, 3)), x, x, x, lengths, scalar),
                    mismatch(Op.Attention(kind(5, 5)), x, x, x, lengths, scalar),
                    mismatch(Op.Attention(kind()), x, wide, wide, lengths, scalar),
                    mismatch(Op.Attention(kind()), x, x, real(batch, memory, width), lengths, scalar),
                    mismatch(
                        Op.Attention(kind()),
                        x,
                        real(time, batch, width),
                        real(time, batch, width),
                        lengths,
                        scalar,
                    ),
                    mismatch(Op.Attention(kind()), x, x, x, index(time), scalar),
                    mismatch(Op.Attention(kind(dropout = 0.1)), x, x, x, lengths, scalar),
                    mismatch(
                        Op.AttentionGradient(kind()),
                        x,
                        x,
                        x,
                        lengths,
                        scalar,
                        wide,
                        real(batch, Dim.of(8), time),
                        x,
                    ),
                    mismatch(Op.AttentionGradient(kind()), x, x, x, lengths, scalar, x, perToken, x),
                    mismatch(Op.CrossEntropy(0.1), real(batch, time, vocabulary), index(batch)),
                    mismatch(
                        Op.CrossEntropyGradient(0.1),
                        real(batch, time, vocabulary),
                        index(batch, time),
                        perToken,
                        gain,
                    ),
                    mismatch(Op.BiasActivate(Gelu), x, real(hidden)),
                    mismatch(Op.BiasActivateGradient(Gelu), x, gain, wide),
                    mismatch(Op.ActivateWithSlope(Gelu), x, real(hidden)),
                    mismatch(Op.AddLayerNorm(1e-5), x, wide, gain, gain),
                    mismatch(Op.AddRmsNorm(1e-5), x, x, real(hidden)),
                )
                .joinToString("\n") shouldRead
                """
                Input(name=text, type=[batch, text, width]): takes 0 inputs and was given 1
                MatMul(form=RowsByRows): the left's last dim is width and the right's second dim is hidden, which must be equal
                MatMul(form=RowsByRows): right needs 2 dims and is [width]
                MatMul(form=RowsByColumns): the left's last dim is width and the right's first dim is hidden, which must be equal
                MatMul(form=ColumnsByColumns): the left's leading dims [batch, text] and the right's leading dims [] must have the same shape
                MatMul(form=RowsByRows): left needs at least 1 dims and is []
                MatMul(form=RowsByRows): takes 2 inputs and was given 1
                MatMul(form=RowsByRows): left must hold real numbers and is index [batch]
                Add: right [hidden] must be the last dims of left [batch, text, width]
                Multiply: right [batch, text, width] must be the last dims of left [width]
                Scale(factor=2.0): x must hold real numbers and is index []
                SumLeading(kept=4): x needs at least 4 dims and is [batch, text, width]
                ActivateGradient(activation=Gelu): input 1 [batch, text, hidden] and what is wanted [batch, text, width] must have the same shape
                Dropout(rate=0.1, stream=stream): randomness [3] and what is wanted [2] must have the same shape
                LayerNorm(epsilon=1.0E-5): gain [hidden] and what is wanted [width] must have the same shape
                LayerNorm(epsilon=1.0E-5): bias [hidden] and what is wanted [width] must have the same shape
                LayerNormGradient: statistic 2 [batch, text, width] and what is wanted [batch, text] must have the same shape
                RmsNorm(epsilon=1.0E-5): takes 2 inputs and was given 3
                RmsNormGradient: dy [batch, text, hidden] and what is wanted [batch, text, width] must have the same shape
                Embed: table needs 2 dims and is [width]
                Embed: ids must hold indices and is [batch, text]
                EmbedGradient(rows=vocabulary): ids [batch] and dy's leading dims [batch, text] must have the same shape
                Positions(time=text): offset [batch] and what is wanted [] must have the same shape
                Sinusoid(width=width, order=Interleaved): positions needs 1 dims and is [batch, text]
                Rotate(heads=5, base=10000.0, pairs=HalfSplit, scaling=None, direction=Forward): 5 heads do not divide x's last dim = width
                Rotate(heads=512, base=10000.0, pairs=HalfSplit, scaling=None, direction=Forward): a head of odd width width / 512 has no pairs to rotate
                Rotate(heads=8, base=10000.0, pairs=HalfSplit, scaling=None, direction=Forward): positions [batch] and what is wanted [text] must have the same shape
                TakeLast: lengths [text] and what is wanted [batch] must have the same shape
                PutLast(time=text): x needs 2 dims and is [batch, text, width]
                WriteAt: the state's width is hidden and the fresh rows' width is width, which must be equal
                WriteAt: the state's batch is text and the fresh rows' batch is batch, which must be equal
                Attention(kind=AttentionKind(heads=8, keyValueHeads=3, scale=0.125, mask=Causal, bias=None, dropout=0.0, stream=stream)): 3 key and value heads do not divide 8 heads
                Attention(kind=AttentionKind(heads=5, keyValueHeads=5, scale=0.125, mask=Causal, bias=None, dropout=0.0, stream=stream)): 5 heads do not divide queries = width
                Attention(kind=AttentionKind(heads=8, keyValueHeads=8, scale=0.125, mask=Causal, bias=None, dropout=0.0, stream=stream)): a query's width is width / 8 and a key's width is hidden / 8, which must be equal
                Attention(kind=AttentionKind(heads=8, keyValueHeads=8, scale=0.125, mask=Causal, bias=None, dropout=0.0, stream=stream)): the keys' leading dims [batch, text] and the values' leading dims [batch, source] must have the same shape
                Attention(kind=AttentionKind(heads=8, keyValueHeads=8, scale=0.125, mask=Causal, bias=None, dropout=0.0, stream=stream)): the queries' batch is batch and the keys' batch is text, which must be equal
                Attention(kind=AttentionKind(heads=8, keyValueHeads=8, scale=0.125, mask=Causal, bias=None, dropout=0.0, stream=stream)): keyLengths [text] and what is wanted [batch] must have the same shape
                Attention(kind=AttentionKind(heads=8, keyValueHeads=8, scale=0.125, mask=Causal, bias=None, dropout=0.1, stream=stream)): takes 6 inputs and was given 5
                AttentionGradient(kind=AttentionKind(heads=8, keyValueHeads=8, scale=0.125, mask=Causal, bias=None, dropout=0.0, stream=stream)): out [batch, text, hidden] and what is wanted [batch, text, width] must have the same shape
                AttentionGradient(kind=AttentionKind(heads=8, keyValueHeads=8, scale=0.125, mask=Causal, bias=None, dropout=0.0, stream=stream)): logSumExp [batch, text] and what is wanted [batch, 8, text] must have the same shape
                CrossEntropy(smoothing=0.1): labels [batch] and what is wanted [batch, text] must have the same shape
                CrossEntropyGradient(smoothing=0.1): dloss [width] and what is wanted [] must have the same shape
                BiasActivate(activation=Gelu): bias [hidden] and what is wanted [width] must have the same shape
                BiasActivateGradient(activation=Gelu): dy [batch, text, hidden] and what is wanted [batch, text, width] must have the same shape
                ActivateWithSlope(activation=Gelu): bias [hidden] and what is wanted [width] must have the same shape
                AddLayerNorm(epsilon=1.0E-5): branch [batch, text, hidden] and what is wanted [batch, text, width] must have the same shape
                AddRmsNorm(epsilon=1.0E-5): gain [hidden] and what is wanted [width] must have the same shape
                """
        }

        "so is what moves numbers" {
            listOf(
                    mismatch(Op.Reshape(Shape(batch, hidden)), real(batch, width)),
                    mismatch(Op.Permute(listOf(0, 0, 1)), x),
                    mismatch(Op.Slice(3, Dim.of(0), width), x),
                    mismatch(Op.Repeat(4, Dim.of(2)), x),
                    mismatch(Op.Concat(1), x, index(batch, time, width)),
                    mismatch(Op.Largest(9), real(batch, Dim.of(8))),
                )
                .joinToString("\n") shouldRead
                """
                    Reshape(shape=[batch, hidden]): the count of x is batch * width and the count of [batch, hidden] is batch * hidden, which must be equal
                    Permute(order=[0, 0, 1]): [0, 0, 1] is no order of the axes of [batch, text, width]
                    Slice(axis=3, start=0, size=width): [batch, text, width] has no axis 3
                    Repeat(axis=4, count=2): [batch, text, width] has no place for an axis 4
                    Concat(axis=1): input 1 holds other numbers than the first
                    Largest(count=9): there are not 9 numbers in 8
                    """
        }
    })
