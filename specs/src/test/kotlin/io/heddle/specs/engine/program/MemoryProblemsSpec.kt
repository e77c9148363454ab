package io.heddle.specs.engine.program

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.runtime.messages.MemoryMessages
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.tensor.MemoryLimit
import io.heddle.runtime.tensor.NativeBuffer
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.kotest.core.spec.style.StringSpec
import org.nd4j.linalg.api.buffer.DataType

/** More memory than there is: told before it is taken, with what it is for. */
class MemoryProblemsSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.FLOAT))
        val one = Dim.of(1)

        /** What the machine has is another number on every machine. */
        fun toldOf(work: () -> Unit) =
            told(work).replace(Regex("(of the machine|taken already) = [0-9.]+ [KMGT]iB"), "$1 = 1.0 GiB")

        "a tensor" {
            toldOf { NativeBuffer.allocate(DataType.FLOAT, 1L shl 50) } shouldRead
                """
                memory: there is not enough for a tensor of 1125899906842624 numbers
                  wanted = 4.0 PiB
                  of the machine = 1.0 GiB
                  taken already = 1.0 GiB
                  Try a smaller batch, shorter sequences, or a narrower model.
                """
        }

        "what a program computes in" {
            val graph =
                GraphBuilder().run {
                    val x = first(Op.Input("x", TensorType.real(Dims.sequence("text"), one)), "x")
                    val products = first(Op.MatMul(ProductForm.RowsByRows), "products", x, x)
                    output("loss", first(Op.SumLeading(0), "loss", first(Op.Scale(2.0), "twice", products)))
                    build()
                }
            toldOf {
                val program = engine.compile(graph).bind(mapOf("text" to (1L shl 22)))
                program.setInput("x", FloatArray(1 shl 22))
                program.run()
            } shouldRead
                """
                memory: there is not enough for what is computed between the inputs and the outputs
                  wanted = 64.0 TiB
                  of the machine = 1.0 GiB
                  taken already = 1.0 GiB
                  Try a smaller batch, or shorter sequences.
                """
        }

        "the weights of a model" {
            val graph =
                GraphBuilder().run {
                    val shape = Shape(Dim.of(1L shl 24), Dim.of(1L shl 24))
                    output("y", first(Op.Parameter("table", shape, Start.Zeros, Role.Matrix), "table"))
                    build()
                }
            toldOf { ParameterBuffer.initialized(graph, Precision.FLOAT, 1) } shouldRead
                """
                memory: there is not enough for 281,474,976,710,656 numbers, one for each weight of the model
                  wanted = 1.0 PiB
                  of the machine = 1.0 GiB
                  taken already = 1.0 GiB
                  Try a narrower model, one of fewer layers, or a smaller vocabulary.
                """
        }

        "what a training keeps beside the weights" {
            toldOf { MemoryLimit.require(1L shl 50, MemoryMessages.training(1_000_000)) } shouldRead
                """
                memory: there is not enough for the gradients of 1,000,000 weights and what the optimizer remembers of them
                  wanted = 1.0 PiB
                  of the machine = 1.0 GiB
                  taken already = 1.0 GiB
                  Try a narrower model, one of fewer layers, or a smaller vocabulary; Sgd remembers less than AdamW.
                """
        }
    })
