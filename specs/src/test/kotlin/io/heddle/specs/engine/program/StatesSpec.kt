package io.heddle.specs.engine.program

import io.heddle.check.ProblemsException
import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.AttentionKind
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.GraphVerifier
import io.heddle.graph.Op
import io.heddle.graph.ScoreBias
import io.heddle.graph.Shape
import io.heddle.graph.TensorType
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.pass.Passes
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.Program
import io.heddle.runtime.program.States
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.numbers
import io.heddle.terms.Causal
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs

/** Programs of different sizes work on the same memory of a decoder. */
class StatesSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))
        val graph = decoder()
        val sizes = mapOf("batch" to 2L, "capacity" to 6L)
        val executable = engine.compile(graph)
        val numbers = DoubleArray(2 * 5 * WIDTH) { Math.sin(it * 0.7) }

        fun Program.feed(from: Int, time: Int): List<Double> {
            val x =
                DoubleArray(2 * time * WIDTH) { at ->
                    val (batch, rest) = at / (time * WIDTH) to at % (time * WIDTH)
                    numbers[(batch * 5 + from) * WIDTH + rest]
                }
            setInput("x", x)
            setInput("offset", from)
            setInput("lengths", intArrayOf(from + time, from + time))
            run()
            return output("y").numbers().data.toList()
        }

        fun States.take(from: Int, time: Int) =
            executable.bind(sizes + ("time" to time.toLong()), this).feed(from, time)

        fun lastOf(outputs: List<Double>, time: Int) =
            (0 until 2).flatMap { batch ->
                outputs.subList((batch * time + time - 1) * WIDTH, (batch + 1) * time * WIDTH)
            }

        "a prompt and then token by token gives what the whole text gives" {
            val whole = lastOf(engine.states(graph, sizes + ("time" to 5L)).take(0, 5), 5)
            val states = engine.states(graph, sizes + ("time" to 3L))
            states.take(0, 3)
            states.take(3, 1)
            states.take(4, 1) shouldBe whole
            states.reset()
            states.take(0, 3)
            states.take(3, 2).let { lastOf(it, 2) } shouldBe whole
        }

        "states keep their programs" {
            val states = engine.states(graph, sizes + ("time" to 1L))
            val program = executable.bind(sizes + ("time" to 1L), states)
            executable.bind(sizes + ("time" to 1L), states) shouldBeSameInstanceAs program
        }

        "rows of the batch take over what other rows had" {
            val states = engine.states(graph, sizes + ("time" to 1L))
            states.take(0, 3)
            val before = states.tensor("keys").numbers().data.toList().chunked(6 * WIDTH)
            states.reorder(intArrayOf(1, 0))
            states.tensor("keys").numbers().data.toList().chunked(6 * WIDTH) shouldBe listOf(before[1], before[0])
            states.reorder(intArrayOf(1, 1))
            states.tensor("keys").numbers().data.toList().chunked(6 * WIDTH) shouldBe listOf(before[0], before[0])
            shouldThrow<IllegalArgumentException> { states.reorder(intArrayOf(0, 2)) }.message shouldBe
                "Rows [0, 2] do not reorder state \"keys\" of batch 2."
        }

        "what does not fit the capacity is refused" {
            val states = engine.states(graph, sizes + ("time" to 1L))
            shouldThrow<ProblemsException> {
                    executable.bind(sizes + ("time" to 1L), states).run {
                        setInput("x", DoubleArray(2 * WIDTH))
                        setInput("offset", 6)
                        setInput("lengths", intArrayOf(6, 6))
                        run()
                    }
                }
                .message shouldBe
                "keys: positions 6 to 6 do not fit a capacity of 6\n" +
                    "  Give the states a larger capacity, or stop earlier."
        }

        "a length beyond the capacity is refused with its sequence" {
            val states = engine.states(graph, sizes + ("time" to 1L))
            shouldThrow<ProblemsException> {
                    executable.bind(sizes + ("time" to 1L), states).run {
                        setInput("x", DoubleArray(2 * WIDTH))
                        setInput("offset", 0)
                        setInput("lengths", intArrayOf(1, 7))
                        run()
                    }
                }
                .message shouldBe "attention: length 7 of sequence 1 does not fit 6\n  Give whole numbers from 0 to 6."
        }

        "a running mean moves by its momentum, and the last rows are remembered, longer runs or shorter" {
            val running = running()
            val runs = engine.compile(running)
            fun sizes(time: Int) = mapOf("batch" to 2L, "time" to time.toLong())
            val states = engine.states(running, sizes(1))
            fun take(from: Int, time: Int): List<Double> =
                runs.bind(sizes(time), states).run {
                    val x = (0 until 2).flatMap { batch -> (from until from + time).map { 100.0 * batch + it } }
                    setInput("x", x.toDoubleArray())
                    run()
                    states.tensor("rows").numbers().data.toList()
                }
            take(1, 2) shouldBe listOf(0.0, 1.0, 2.0, 0.0, 101.0, 102.0)
            states.tensor("mean").numbers().data.toList() shouldBe listOf(0.25 * 206.0)
            take(3, 1) shouldBe listOf(1.0, 2.0, 3.0, 101.0, 102.0, 103.0)
            states.tensor("mean").numbers().data.toList() shouldBe listOf(0.75 * 0.25 * 206.0 + 0.25 * 106.0)
            take(4, 5) shouldBe listOf(6.0, 7.0, 8.0, 106.0, 107.0, 108.0)
            take(9, 3) shouldBe listOf(9.0, 10.0, 11.0, 109.0, 110.0, 111.0)
        }

        "gradients see the state as it was, and only then is it written" {
            val both = Gradients.differentiate(running(), "loss", listOf("x"))
            GraphVerifier.problems(both) shouldBe emptyList()
            both.nodes.takeLast(2).map { it.op } shouldBe listOf(Op.Blend(0.25), Op.Remember)
            val sizes = mapOf("batch" to 1L, "time" to 2L)
            val states = engine.states(both, sizes)
            val program = engine.compile(Passes.afterDifferentiation().apply(both)).bind(sizes, states)
            program.setInput("x", doubleArrayOf(4.0, 8.0))
            val gradients = List(2) { program.apply { run() }.output("gradient/x").numbers().data.toList() }
            gradients shouldBe listOf(listOf(0.0, 0.0), listOf(3.0, 3.0))
        }

        "states of other sizes, and none at all, are refused" {
            val states = engine.states(graph, sizes + ("time" to 1L))
            shouldThrow<ProblemsException> {
                    executable.bind(mapOf("batch" to 3L, "capacity" to 6L, "time" to 1L), states)
                }
                .message
                .orEmpty() shouldContain
                """
                keys: state "keys" has another shape than the graph's
                  graph = [3, 6, 4]
                  given = [2, 6, 4]
                """
                    .trimIndent()
            shouldThrow<ProblemsException> { executable.bind(sizes + ("time" to 1L)) }.message.orEmpty() shouldBe
                "keys: state \"keys\" has no memory\n" +
                    "  Make some with engine.states(graph, sizes) and bind with them."
        }
    })

private const val WIDTH = 4

private fun decoder(): Graph =
    GraphBuilder().run {
        val time = Dim.symbol("time")
        val width = Dim.of(WIDTH.toLong())
        val x = first(Op.Input("x", TensorType.real(Dims.batch, time, width)), "x")
        val offset = first(Op.Input("offset", TensorType.index()), "offset")
        val lengths = first(Op.Input("lengths", TensorType.index(Dims.batch)), "lengths")
        val state = Shape(Dims.batch, Dims.capacity, width)
        val keys = first(Op.WriteAt, "keys", first(Op.State("keys", state), "keys"), x, offset)
        val turned = first(Op.Scale(0.5), "turned", x)
        val values = first(Op.WriteAt, "values", first(Op.State("values", state), "values"), turned, offset)
        val kind = AttentionKind(2, 2, 0.7, Causal, ScoreBias.None, 0.0, "")
        output("y", first(Op.Attention(kind), "attention", x, keys, values, lengths, offset))
        build()
    }

/** A mean that follows the sum of all numbers, and a memory of three rows; the loss is made with the mean as it was. */
private fun running(): Graph =
    GraphBuilder().run {
        val x = first(Op.Input("x", TensorType.real(Dims.batch, Dim.symbol("time"), Dim.of(1))), "x")
        val mean = first(Op.State("mean", Shape(Dim.of(1))), "mean")
        val rows = first(Op.State("rows", Shape(Dims.batch, Dim.of(3), Dim.of(1))), "rows")
        val scaled = first(Op.Multiply, "scaled", x, mean)
        output("loss", first(Op.SumLeading(0), "loss", scaled))
        first(Op.Blend(0.25), "mean", mean, first(Op.SumLeading(1), "sum", x))
        first(Op.Remember, "rows", rows, x)
        build()
    }
