package io.heddle.specs.generate

import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.runtime.data.SpokenData
import io.heddle.runtime.generate.Speaker
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.sound.Spectrogram
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.largestDifference
import io.heddle.specs.support.numbers
import io.heddle.terms.PreNorm
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe

private const val REDUCTION = 2

private fun speaking(positions: Int = 0): Model =
    model("speaking", width = 8) {
        layout = PreNorm
        dropout = 0.1
        val text by tokens(vocab = 6) { sinusoidal() }
        val before by
            spoken(features = 3, reduction = REDUCTION) {
                preNet(8)
                preNet(5)
                project()
                if (positions > 0) learnedPositions(positions) else sinusoidal()
            }
        val encoder by
            stack(text, layers = 1) {
                attention(heads = 2)
                addNorm()
            }
        val decoder by
            stack(before, layers = 2) {
                attention(heads = 2) { causal() }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
                feedForward()
                addNorm()
            }
        val sound by speech(decoder)
    }

private val texts = listOf(intArrayOf(1, 2, 3, 5), intArrayOf(4, 5))

/**
 * A model with drawn weights says a frame after the other what the whole model says at once, and ends where it should.
 */
class SpeakerSpec :
    FunSpec({
        /** One whose scores of the last frame are [more] than they were drawn. */
        fun drawn(engine: Engine, more: Double, positions: Int = 0): RunnableModel {
            val model = RunnableModel.initialized(speaking(positions), engine, 7)
            model.weights().tensors().getValue("sound/stop/bias").addi(more)
            return model
        }

        /** What the whole model says that reads what was said. */
        fun parallel(model: RunnableModel, text: IntArray, said: Spectrogram): Pair<Numbers, Numbers> {
            val before = SpokenData.before(said, REDUCTION)
            val sizes = mapOf("batch" to 1L, "text" to text.size.toLong(), "before" to before.size(0).toLong())
            val program = model.executable(Purpose.Inference).bind(sizes)
            program.setInput("text", text)
            program.setInput(Names.lengths("text"), intArrayOf(text.size))
            program.setInput("before", before.values())
            program.setInput(Names.lengths("before"), intArrayOf(before.size(0)))
            program.run()
            return program.output("sound").numbers() to program.output(Names.stops("sound")).numbers()
        }

        for ((name, open) in
            listOf("portable, double" to { Engine.portable(Precision.DOUBLE) }, "cpu, float" to { Engine.cpu(1) })) {
            test("step by step and at once, side by side and alone, the same is said ($name)") {
                open().use { engine ->
                    val model = drawn(engine, more = -9.0)
                    val together = Speaker(model).say(texts, 11) { false }
                    texts.zip(together) { text, said ->
                        said.end() shouldBe Speaker.End.COUNT
                        said.frames().frames() shouldBe 11
                        val whole = parallel(model, text, said.frames()).first.data.take(11 * 3).toDoubleArray()
                        val steps = said.frames().values().map { it.toDouble() }.toDoubleArray()
                        largestDifference(numbers(steps), numbers(whole)) shouldBeLessThan 1e-5
                        val alone = Speaker(model).say(listOf(text), 11) { false }.single().frames().values()
                        largestDifference(
                            numbers(steps),
                            numbers(alone.map { it.toDouble() }.toDoubleArray()),
                        ) shouldBeLessThan 1e-5
                    }
                }
            }
        }

        test("the first frame that is more likely than not to be the last one is the last one") {
            Engine.portable(Precision.DOUBLE).use { engine ->
                val endless = drawn(engine, more = -9.0)
                val frames = Speaker(endless).say(texts, 40) { false }.map { it.frames() }
                val scores =
                    texts.zip(frames) { text, said -> parallel(endless, text, said).second.data.map { it + 9.0 } }
                // A score in between: one text ends somewhere on its way.
                val bar = scores.first().take(20).max()
                val model = drawn(engine, more = -bar + 1e-9)
                val said = Speaker(model).say(texts, 40) { false }
                scores.zip(said) { row, one ->
                    val last = row.indexOfFirst { it >= bar - 1e-12 }
                    one.frames().frames() shouldBe if (last < 0) 40 else last + 1
                    one.end() shouldBe if (last < 0) Speaker.End.COUNT else Speaker.End.STOP
                }
            }
        }

        test("it ends with its positions, or when nobody wants more") {
            Engine.cpu(1).use { engine ->
                val short = Speaker(drawn(engine, more = -9.0, positions = 3)).say(texts, 40) { false }
                short.map { it.end() to it.frames().frames() } shouldBe List(2) { Speaker.End.POSITIONS to 6 }
                var asked = 0
                val stopped = Speaker(drawn(engine, more = -9.0)).say(texts, 40) { asked++ == 2 }
                stopped.map { it.end() to it.frames().frames() } shouldBe List(2) { Speaker.End.ASKED to 4 }
            }
        }
    })

private fun numbers(data: DoubleArray) = Numbers(listOf(data.size), data)
