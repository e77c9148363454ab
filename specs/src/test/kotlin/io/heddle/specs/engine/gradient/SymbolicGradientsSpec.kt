package io.heddle.specs.engine.gradient

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.FrameWindow
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.GraphVerifier
import io.heddle.graph.Op
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.pass.Passes
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.bound
import io.heddle.specs.support.largestDifference
import io.heddle.specs.support.numbers
import io.heddle.specs.support.set
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.random.Random

/** What moves numbers about does so for sizes that are not known yet, and so do the gradients. */
class SymbolicGradientsSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))
        val (text, memory) = Dims.sequence("text") to Dims.sequence("memory")
        val width = Dim.of(4)

        fun graph(write: GraphBuilder.(Value) -> Value): Graph =
            GraphBuilder().run {
                val y = write(first(Op.Input("x", TensorType.real(Dims.batch, text, width)), "x"))
                // Squares, so that a gradient depends on where it is.
                output("loss", first(Op.SumLeading(0), "loss", first(Op.Multiply, "squares", y, y)))
                build()
            }

        val graphs =
            mapOf(
                "padded in front, and the middle of it" to
                    graph { x ->
                        val padded = first(Op.Pad(1, memory, Dim.of(1)), "pad", x)
                        first(Op.Slice(1, memory - 1, text), "slice", padded)
                    },
                "behind itself, halved, and without the beginning" to
                    graph { x ->
                        val both = first(Op.Concat(1), "concat", x, first(Op.Scale(0.5), "half", x))
                        first(Op.Slice(1, text - 1, text + 1), "slice", both)
                    },
                "in heads" to
                    graph { x ->
                        val split = first(Op.Reshape(Shape(Dims.batch, text, Dim.of(2), Dim.of(2))), "split", x)
                        val heads = first(Op.Permute(listOf(0, 2, 1, 3)), "heads", split)
                        val flat = first(Op.Reshape(Shape(Dims.batch * 2, text, Dim.of(2))), "flat", heads)
                        first(Op.Softmax, "softmax", flat)
                    },
                "as windows" to
                    graph { x ->
                        val frames = first(Op.Unfold(FrameWindow(3, 2, 1, 1)), "frames", x)
                        first(Op.LogSoftmax, "softmax", frames)
                    },
                "summed, and over and over" to
                    graph { x -> first(Op.Repeat(1, memory), "repeat", first(Op.Sum(1), "sum", x)) },
            )

        graphs.forEach { (name, graph) ->
            "a text $name" {
                val both = Gradients.differentiate(graph, "loss", listOf("x"))
                GraphVerifier.problems(both) shouldBe emptyList()
                for ((batch, length, before) in listOf(Triple(1L, 1L, 1L), Triple(2L, 5L, 3L), Triple(3L, 2L, 4L))) {
                    val sizes = mapOf("batch" to batch, "text" to length, "memory" to before)
                    val shape = Shape(Dims.batch, text, width).bound(sizes)
                    val given = mapOf("x" to Numbers.random(shape, Random(batch)))
                    val expected = Interpreter(sizes).run(both, given)
                    val program = engine.compile(Passes.afterDifferentiation().apply(both)).bind(sizes)
                    program.set(given)
                    program.run()
                    for (output in listOf("loss", "gradient/x")) withClue("$output with $sizes") {
                        largestDifference(program.output(output).numbers(), expected.getValue(output)) shouldBeLessThan
                            1e-12
                    }
                }
            }
        }
    })
