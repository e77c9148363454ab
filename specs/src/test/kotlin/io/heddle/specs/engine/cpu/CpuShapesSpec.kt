package io.heddle.specs.engine.cpu

import io.heddle.dims.Dim
import io.heddle.graph.AttentionKind
import io.heddle.graph.Direction
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.ScoreBias
import io.heddle.graph.Value
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.Trial
import io.heddle.specs.support.TrialBuilder
import io.heddle.specs.support.activations
import io.heddle.specs.support.roundedTo
import io.heddle.specs.support.run
import io.heddle.specs.support.showingAll
import io.heddle.terms.Causal
import io.heddle.terms.Everything
import io.heddle.terms.Mask
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.Self
import io.heddle.terms.SinusoidOrder
import io.heddle.terms.Window
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.math.abs
import kotlin.random.Random

/** The cpu backend agrees with the portable one on sizes that fill vectors, tiles and workers, and leave odd tails. */
class CpuShapesSpec :
    FreeSpec({
        val portable = autoClose(Engine.portable(Precision.DOUBLE))
        val engines = listOf(1, 2, 3).map { autoClose(Engine.cpu(it)) }
        val masks = listOf(Everything, Causal, Causal and Window(9), !Self and Causal, Window(3) or Self, !Everything)

        masks.forEachIndexed { at, mask ->
            "a model of every op under $mask" {
                for (sizes in listOf(SIZES[at], SIZES[(at + 3) % SIZES.size])) withClue(sizes) {
                    val trial = everyOp(sizes, mask, Random(at))
                    val graph = Gradients.differentiate(trial.graph, "loss", trial.wanted)
                    val given = trial.given.roundedTo(Precision.FLOAT)
                    val expected = portable.run(graph.showingAll(), given)
                    for (engine in engines) {
                        val computed = engine.run(graph.showingAll(), given)
                        computed.shouldBeNear(expected, graph)
                        engine.run(graph.showingAll(), given).forEach { (name, again) ->
                            again.data shouldBe computed.getValue(name).data
                        }
                        engine.run(graph, given).forEach { (name, shared) ->
                            withClue(name) {
                                shared.data shouldBe computed.getValue("${graph.outputs.getValue(name)}").data
                            }
                        }
                    }
                }
            }
        }
    })

internal data class Sizes(val batch: Int, val time: Int, val headWidth: Int, val heads: Int, val vocabulary: Int)

private val SIZES =
    listOf(
        Sizes(batch = 1, time = 1, headWidth = 2, heads = 2, vocabulary = 1),
        Sizes(batch = 2, time = 67, headWidth = 18, heads = 2, vocabulary = 33),
        Sizes(batch = 3, time = 13, headWidth = 16, heads = 4, vocabulary = 50),
        Sizes(batch = 1, time = 130, headWidth = 6, heads = 2, vocabulary = 17),
        Sizes(batch = 5, time = 2, headWidth = 34, heads = 2, vocabulary = 100),
        Sizes(batch = 2, time = 64, headWidth = 32, heads = 4, vocabulary = 65),
    )

/** Within 2e-5 of the largest number of each tensor; minus infinity is minus infinity. */
private fun Map<String, Numbers>.shouldBeNear(expected: Map<String, Numbers>, graph: Graph) {
    graph.nodes.forEach { node ->
        val outputs = if (node.op is Op.CrossEntropy) node.outputs.take(1) else node.outputs
        outputs.forEach { value ->
            val wanted = expected.getValue("$value").data
            val largest = wanted.filter { it.isFinite() }.maxOfOrNull { abs(it) } ?: 0.0
            val difference =
                getValue("$value").data.withIndex().maxOf { (at, number) ->
                    if (number == wanted[at]) 0.0 else abs(number - wanted[at])
                }
            withClue({ "$node" }) { difference shouldBeLessThan maxOf(1.0, largest) * 5e-5 }
        }
    }
}

internal fun everyOp(sizes: Sizes, mask: Mask, random: Random): Trial =
    TrialBuilder(random).run {
        val (batch, time, headWidth, heads, vocabulary) = sizes
        val width = headWidth * heads
        val ids = index("ids", listOf(batch, time)) { random.nextInt(vocabulary) }
        val labels = index("labels", listOf(batch, time)) { random.nextInt(-1, vocabulary) }
        val lengths = index("lengths", listOf(batch)) { random.nextInt(1, time + 1) }
        val offset = index("offset", 0)
        val randomness = randomness()
        val positions = first(Op.Positions(Dim.of(time.toLong())), offset)
        fun vector(name: String) = real(name, width)
        fun product(name: String, x: Value, outputs: Int) =
            first(
                Op.MatMul(ProductForm.RowsByRows),
                x,
                first(Op.Scale(0.3), real(name, outputs, x.type.shape.last.size.toInt())),
            )
        val table = real("table", vocabulary, width)
        val waves = first(Op.Sinusoid(Dim.of(width.toLong()), SinusoidOrder.Concatenated), positions)
        var x = first(Op.Add, first(Op.Embed, table, ids), waves)
        x = first(Op.Multiply, first(Op.Dropout(0.25, "embedding"), x, randomness), vector("scale"))
        val (sum, normed) =
            all(Op.AddLayerNorm(1e-5), x, first(Op.LayerNorm(1e-5), x, vector("g0"), vector("b0")), vector("g1"))
        fun turned(value: Value, of: Int, pairs: RotaryPairs) =
            first(Op.Rotate(of, 10_000.0, pairs, RotaryScaling.None, Direction.Forward), value, positions)
        val queries = turned(product("queries", normed, width), heads, RotaryPairs.HalfSplit)
        val keys = turned(product("keys", normed, width / 2), heads / 2, RotaryPairs.Interleaved)
        val values = product("values", normed, width / 2)
        val kind = AttentionKind(heads, heads / 2, 0.2, mask, ScoreBias.None, 0.1, "attention")
        val attended = first(Op.Attention(kind), queries, keys, values, lengths, offset, randomness)
        val (residual, scaled) = all(Op.AddRmsNorm(1e-6), sum, attended, vector("g2"))
        x = product("columns", scaled, 3 * width + 1)
        activations.forEachIndexed { at, activation ->
            x =
                if (at % 2 == 0) first(Op.BiasActivate(activation), x, real("bias/$at", 3 * width + 1))
                else first(Op.Activate(activation), x)
        }
        val back =
            first(Op.MatMul(ProductForm.RowsByColumns), x, first(Op.Scale(0.1), real("rows", 3 * width + 1, width)))
        x = first(Op.RmsNorm(1e-6), first(Op.Add, residual, back), vector("g3"))
        val logits = first(Op.MatMul(ProductForm.RowsByRows), x, first(Op.Scale(0.2), table))
        val loss = first(Op.CrossEntropy(0.1), logits, labels)
        val last = first(Op.TakeLast, x, lengths)
        build(listOf(loss, last))
    }
