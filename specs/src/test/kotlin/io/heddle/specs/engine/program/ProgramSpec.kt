package io.heddle.specs.engine.program

import io.heddle.check.ProblemsException
import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.runtime.backend.cpu.CpuBackend
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.RandomGraph
import io.heddle.specs.support.numbers
import io.heddle.specs.support.set
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.longs.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import org.nd4j.linalg.factory.Nd4j

/** A graph is compiled once, bound once for each size, and run as often as wanted. */
class ProgramSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.FLOAT))

        fun weights(graph: Graph) = ParameterBuffer.initialized(graph, Precision.FLOAT, 1)

        fun refusal(block: () -> Unit) = shouldThrow<ProblemsException> { block() }.message

        "the same sizes give the same program, and other sizes another one" {
            val executable = engine.compile(embedding(), weights(embedding()))
            val program = executable.bind(mapOf("batch" to 2, "text" to 3))
            executable.bind(mapOf("text" to 3, "batch" to 2)) shouldBeSameInstanceAs program
            executable.bind(mapOf("text" to 2, "batch" to 3)).output("y").shape() shouldBe longArrayOf(3, 2, 2)
        }

        "values of another shape or kind are refused with both" {
            val program = engine.compile(embedding(), weights(embedding())).bind(mapOf("batch" to 2, "text" to 3))
            refusal { program.setInput("ids", IntArray(5)) } shouldBe
                """
                input ids: takes another shape
                  input = [2, 3], 6 numbers
                  given = 5 numbers
                  A program has fixed sizes: bind another one for other sizes.
                """
                    .trimIndent()
            refusal { program.setInput("ids", Nd4j.createFromArray(1, 2, 3, 0, 1, 2).reshape(3, 2)) } shouldBe
                """
                input ids: takes another shape
                  input = [2, 3], 6 numbers
                  given = [3, 2]
                  A program has fixed sizes: bind another one for other sizes.
                """
                    .trimIndent()
            refusal { program.setInput("ids", DoubleArray(6)) } shouldBe
                """
                input ids: takes another kind of number
                  input = whole numbers
                  given = real numbers
                """
                    .trimIndent()
            shouldThrow<NoSuchElementException> { program.setInput("labels", 1) }.message shouldBe
                "There is no input \"labels\", only ids."
        }

        "an input that was never set is refused" {
            val program = engine.compile(embedding(), weights(embedding())).bind(mapOf("batch" to 1, "text" to 1))
            refusal { program.run() } shouldBe "inputs: never set: ids\n  Set every input before the first run."
        }

        "real numbers are not given whole ones" {
            val program = engine.compile(chain(2)).bind(mapOf())
            refusal { program.setInput("x", IntArray(2)) } shouldBe
                """
                input x: takes another kind of number
                  input = real numbers
                  given = whole numbers
                """
                    .trimIndent()
        }

        "a label that is no class is refused with its place" {
            val graph =
                GraphBuilder().run {
                    val labels = first(Op.Input("labels", TensorType.index(Dim.of(2))), "labels")
                    val scores = first(Op.Input("scores", real(2, 3)), "scores")
                    output("loss", first(Op.CrossEntropy(0.0), "next", scores, labels))
                    build()
                }
            val program = engine.compile(graph).bind(mapOf())
            program.setInput("scores", DoubleArray(6))
            program.setInput("labels", intArrayOf(-1, 3))
            refusal { program.run() } shouldBe
                "next: label 3 at place 1 is not one of 3 classes\n" +
                    "  Give whole numbers from 0 to 2. A negative one stands for no label."
        }

        "an id that no row has is refused with its place" {
            val program = engine.compile(embedding(), weights(embedding())).bind(mapOf("batch" to 1, "text" to 2))
            program.setInput("ids", intArrayOf(3, 4))
            refusal { program.run() } shouldBe
                "text: id 4 at place 1 is not a row of a table of 4\n  Give whole numbers from 0 to 3."
        }

        "a weight that the buffer lacks is refused when the graph is compiled" {
            refusal { engine.compile(embedding(rows = 5), weights(embedding())) } shouldBe
                """
                compile: weight "table" has another shape than the model's
                  model = [5, 2]
                  given = [4, 2]
                """
                    .trimIndent()
            refusal { engine.compile(embedding()) } shouldBe
                """
                compile: weight "table" is missing
                  graph = [4, 2]
                  Compile the graph with the weights of the model that it belongs to.
                """
                    .trimIndent()
        }

        "outputs survive the runs of other programs, and a grown arena moves the programs in it" {
            val own = Engine.portable(Precision.FLOAT)
            val trials = (1..6).map { RandomGraph.trial(it) }
            val graphs = trials.map { Gradients.differentiate(it.graph, "loss", it.wanted) }
            val programs = graphs.map { own.compile(it).bind(emptyMap()) }
            val results =
                programs.zip(trials) { program, trial ->
                    program.set(trial.given)
                    program.run()
                    program.scalar("loss")
                }
            val wide = own.compile(chain(4_096)).bind(emptyMap())
            wide.setInput("x", DoubleArray(4_096))
            wide.run()
            own.arenaBytes() shouldBeGreaterThan programs.maxOf { it.plan().arenaBytes() }
            programs.map { it.scalar("loss") } shouldBe results
            programs.map { program -> program.run().let { program.scalar("loss") } } shouldBe results
            own.close()
        }

        "gradients go to the buffer of gradients: zeros, and those that weights have in common, too" {
            val forward = tied()
            val weights = weights(forward)
            weights.tensor("first").assign(2)
            weights.tensor("second").assign(3)
            val gradients = weights.zerosAlike()
            gradients.array().assign(9)
            val program = engine.compile(Gradients.differentiate(forward, "loss"), weights, gradients).bind(emptyMap())
            repeat(2) {
                gradients.array().assign(9)
                program.run()
                program.scalar("loss") shouldBe 4 * (2.0 + 3.0)
                gradients.tensor("first").numbers().data.toList() shouldBe List(4) { 1.0 }
                gradients.tensor("second").numbers().data.toList() shouldBe List(4) { 1.0 }
                gradients.tensor("unread").numbers().data.toList() shouldBe List(3) { 0.0 }
                program.output("gradient/unread").numbers().data.toList() shouldBe List(3) { 0.0 }
            }
        }

        "a precision that a backend does not compute in is refused" {
            CpuBackend(1).use { cpu ->
                shouldThrow<IllegalArgumentException> { Engine(cpu, Precision.DOUBLE) }.message shouldBe
                    "The cpu backend does not compute in DOUBLE. Use the portable one."
            }
        }

        "the same run gives the same bits" {
            val trial = RandomGraph.trial(3)
            val program = engine.compile(trial.graph).bind(emptyMap())
            program.set(trial.given)
            val losses = List(5) { program.run().let { program.scalar("loss").toRawBits() } }
            losses.distinct().size shouldBe 1
        }
    })

private fun real(vararg sizes: Long) = TensorType.real(*sizes.map { Dim.of(it) }.toTypedArray())

private fun GraphBuilder.weight(name: String, vararg sizes: Long) =
    first(Op.Parameter(name, real(*sizes).shape, Start.Ones, Role.Matrix), name)

private fun embedding(rows: Long = 4) =
    GraphBuilder().run {
        val ids = first(Op.Input("ids", TensorType.index(Dims.batch, Dims.sequence("text"))), "ids")
        output("y", first(Op.Embed, "text", weight("table", rows, 2), ids))
        build()
    }

private fun chain(width: Long) =
    GraphBuilder().run {
        val x = first(Op.Input("x", real(1, width)), "x")
        val y = first(Op.Scale(2.0), "y", x)
        val product = first(Op.MatMul(ProductForm.RowsByRows), "product", y, x)
        output("y", first(Op.Scale(2.0), "z", product))
        build()
    }

/** `sum(first + second)`, whose gradients are one value, and a weight that nobody reads. */
private fun tied() =
    GraphBuilder().run {
        val sum = first(Op.Add, "sum", weight("first", 2, 2), weight("second", 2, 2))
        weight("unread", 3)
        output("loss", first(Op.SumLeading(0), "loss", sum))
        build()
    }
