package io.heddle.specs.engine.plan

import io.heddle.check.ProblemsException
import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.TensorType
import io.heddle.runtime.plan.Sizes
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** A program needs a size for every symbol, and each leaves something to compute. */
class SizesSpec :
    StringSpec({
        val graph = graph(Dims.batch, Dims.sequence("text"), Dims.capacity - Dims.sequence("text"))

        fun refusal(vararg sizes: Pair<String, Long>) =
            shouldThrow<ProblemsException> { Sizes.of(graph, mapOf(*sizes)) }.message

        "sizes that the graph does not ask for are left out" {
            val sizes = Sizes.of(graph, mapOf("text" to 3, "batch" to 2, "capacity" to 8, "source" to 5))
            sizes.toString() shouldBe "batch = 2, capacity = 8, text = 3"
            sizes shouldBe Sizes.of(graph, mapOf("batch" to 2, "capacity" to 8, "text" to 3))
        }

        "what is missing is told all at once" {
            refusal("text" to 3) shouldBe
                """
                sizes: no size is given for batch
                  text = 3
                  The graph needs a size for each of batch, capacity, text.

                sizes: no size is given for capacity
                  text = 3
                  The graph needs a size for each of batch, capacity, text.
                """
                    .trimIndent()
        }

        "a size that only an op knows of is asked for as well" {
            val sliced =
                GraphBuilder().run {
                    val x = first(Op.Input("x", TensorType.real(Dim.of(9))), "x")
                    output("y", first(Op.Slice(0, Dim.symbol("start"), Dim.of(2)), "slice", x))
                    build()
                }
            Sizes.of(sliced, mapOf("start" to 3)).toString() shouldBe "start = 3"
            shouldThrow<ProblemsException> { Sizes.of(sliced, emptyMap()) }
        }

        "an empty batch and a negative length are refused" {
            refusal("batch" to 0, "text" to -3, "capacity" to 8) shouldBe
                """
                sizes: batch = 0 leaves nothing to compute
                  A size is a whole number from 1 on.

                sizes: text = -3 leaves nothing to compute
                  A size is a whole number from 1 on.
                """
                    .trimIndent()
        }

        "a dim that comes out empty is refused with what it comes from" {
            refusal("batch" to 2, "text" to 9, "capacity" to 8) shouldBe
                """
                place: capacity - text = -1 leaves nothing to compute
                  capacity = 8
                  text = 9
                  A size is a whole number from 1 on.
                """
                    .trimIndent()
        }
    })

private fun graph(vararg dims: Dim): Graph =
    GraphBuilder().run {
        output("x", first(Op.Input("x", TensorType.real(*dims)), "place"))
        build()
    }
