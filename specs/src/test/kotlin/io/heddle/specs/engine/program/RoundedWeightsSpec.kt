package io.heddle.specs.engine.program

import io.heddle.dsl.model
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.RoundedWeights
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.tensor.RawMemory
import io.heddle.terms.Gelu
import io.heddle.terms.PreNorm
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.math.abs
import org.nd4j.linalg.api.buffer.DataType
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j

/** A decoder whose widths are no multiples of any vector. */
private fun oddDecoder(): Model =
    model("odd", width = 42) {
        layout = PreNorm
        val text by tokens(vocab = 37) { learnedPositions(16) }
        val decoder by
            stack(text, layers = 2) {
                attention(heads = 2) { causal() }
                addNorm()
                feedForward(hidden = 75) { activation = Gelu }
                addNorm()
            }
        val next by logits(decoder, tiedTo = text)
        check(next.name == "next")
    }

/** A number with 8 significant bits, as bfloat16 has: the nearest, or the one that ends in 0. */
private fun nearest(number: Double): Double {
    if (number == 0.0) return number
    val unit = Math.scalb(1.0, Math.getExponent(number) - 7)
    return Math.rint(number / unit) * unit
}

private fun scores(model: RunnableModel, rows: Int, time: Int): INDArray {
    val program = model.executable(Purpose.Inference).bind(mapOf("batch" to rows.toLong(), "text" to time.toLong()))
    program.setInput("text", IntArray(rows * time) { it * 7 % 37 })
    program.setInput("text/lengths", IntArray(rows) { time })
    program.run()
    return program.output("next").castTo(DataType.DOUBLE)
}

/** Weights in bfloat16 are the nearest ones, and computing with them is what it is with their values in float. */
class RoundedWeightsSpec :
    FunSpec({
        val cpu = autoClose(Engine.cpu(2))
        val portable = autoClose(Engine.portable(Precision.DOUBLE))

        test("a weight is rounded to the nearest number of 8 bits, ties to the even one") {
            val numbers = floatArrayOf(1f, 1f + 1f / 256, 1f + 3f / 256, -1f - 1f / 255, 3.4e38f, 1e-39f, 0f, 0.1f)
            val bits = listOf(0x3F80, 0x3F80, 0x3F82, 0xBF81, 0x7F80, 0x000B, 0x0000, 0x3DCD)
            val model =
                model("table", width = 8) {
                    val text by tokens(vocab = 1)
                    val next by logits(text)
                    check(next.name == "next")
                }
            val runnable = RunnableModel.blank(model, cpu)
            runnable.weights().tensor("text/embedding").assign(Nd4j.create(numbers).reshape(1, 8))
            val graph = runnable.executable(Purpose.Inference).graph()
            val place = RoundedWeights.of(runnable.weights(), graph).place("text/embedding")
            bits.indices.map { RawMemory.index(place.address(), it / 2L) ushr (16 * (it % 2)) and 0xFFFF } shouldBe bits
        }

        test("scores are those of the rounded weights in double, for one row and for many") {
            val model = oddDecoder()
            val rounded = RunnableModel.initialized(model, cpu, 5).rounded()
            val reference = RunnableModel.initialized(model, portable, 5)
            val original = RunnableModel.initialized(model, cpu, 5).weights()
            reference.weights().tensors().forEach { (name, weight) ->
                val given = original.tensor(name)
                val isRounded = name.endsWith("/weight") || name.startsWith("text/")
                for (place in 0 until given.length()) {
                    val number = given.getDouble(place)
                    weight.putScalar(place, if (isRounded) nearest(number) else number)
                }
            }
            for ((rows, time) in listOf(1 to 1, 1 to 5, 3 to 7)) {
                val expected = scores(reference, rows, time)
                val difference = scores(rounded, rows, time).sub(expected).amaxNumber().toDouble()
                withClue("$rows rows of $time") { difference / expected.amaxNumber().toDouble() shouldBeLessThan 1e-5 }
            }
        }

        test("they take half the room, but for gains and biases") {
            val whole = RunnableModel.initialized(oddDecoder(), cpu, 5)
            val entries = whole.weights().layout().entries().values
            val bytes = entries.sumOf { it.elements() * if (it.shape().size > 1) 2 else 4 }
            RoundedWeights.of(whole.weights(), whole.executable(Purpose.Inference).graph()).bytes() shouldBe bytes
        }

        test("they are not trained, and not read by a backend that cannot") {
            val rounded = RunnableModel.initialized(oddDecoder(), cpu, 5).rounded()
            shouldThrow<IllegalStateException> { rounded.weights() }.message shouldBe
                "Rounded weights can only be read."
            shouldThrow<IllegalStateException> { RunnableModel.blank(oddDecoder(), portable).rounded() }
                .message shouldBe "The portable backend does not read rounded weights."
        }

        test("scores differ from those of the whole weights by no more than 8 bits explain") {
            val model = oddDecoder()
            val whole = RunnableModel.initialized(model, cpu, 5)
            val expected = scores(whole, 2, 6)
            val difference = abs(scores(whole.rounded(), 2, 6).sub(expected).amaxNumber().toDouble())
            difference / expected.amaxNumber().toDouble() shouldBeLessThan 0.02
        }
    })
