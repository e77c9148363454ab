package io.heddle.specs.golden

import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.recipe.AdamW
import io.heddle.recipe.Decays
import io.heddle.recipe.Decoding
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.Program
import io.heddle.runtime.train.optimizer.WeightUpdate
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import java.util.OptionalInt
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** GPT2LMHeadModel of Hugging Face transformers 4.28.1, with random weights. */
class Gpt2Spec :
    FunSpec({
        val io = Golden("hf-golden/gpt2_lm/io.safetensors")
        val stored = Golden("hf-golden/gpt2_lm/weights.safetensors")
        val written = Golden("hf-golden/gpt2_lm/generate.safetensors")

        fun loaded(engine: Engine): RunnableModel {
            val model = RunnableModel.initialized(gpt2(), engine, 0)
            val names = model.weights().layout().entries().keys
            model.weights().load(names.associateWith { gpt2Tensor(it, "", stored).part }, "gpt2")
            return model
        }

        /** The batch of the reference; each label is the next token, and the last position has none. */
        fun feed(program: Program): Program {
            val ids = io.ids("in.input_ids")
            val labels = io.ids("in.labels").flatMap { row -> row.drop(1) + -1 }
            program.setInput("text", ids.flatMap { it.toList() }.toIntArray())
            program.setInput(Names.lengths("text"), IntArray(ids.size) { ids[0].size })
            program.setInput(Names.labels("next"), labels.toIntArray())
            program.setInput(Names.NORMALIZER, doubleArrayOf(1.0 / labels.count { it >= 0 }))
            return program
        }
        val meta = checkNotNull(Golden::class.java.getResource("/hf-golden/gpt2_lm/meta.json")).readText()
        val curve = Json.parseToJsonElement(meta).jsonObject.getValue("adamw_curve").jsonObject
        val losses = curve.getValue("losses").jsonArray.map { it.jsonPrimitive.double }
        val sizes = mapOf("batch" to 2L, "text" to 9L)

        for (setting in Setting.entries) {
            test("logits and loss equal the reference's on $setting") {
                setting.engine().use { engine ->
                    val program = feed(loaded(engine).executable(Purpose.Evaluation).bind(sizes))
                    program.run()
                    shouldAgree("logits", program.output("next"), io.stored("out.logits"), setting.stored64)
                    shouldAgree("loss", program.output(Names.LOSS), io.stored("loss"), setting.stored64)
                }
            }

            test("every gradient equals the reference's on $setting") {
                setting.engine().use { engine ->
                    val model = loaded(engine)
                    val training = TrainingProgram.of(model)
                    feed(training.executable().bind(sizes)).run()
                    training.gradients().tensors().forEach { (name, gradient) ->
                        shouldAgree(name, gradient, gpt2Tensor(name, "grad.", io), setting.stored32)
                    }
                }
            }

            test("twenty steps of AdamW lose what the reference loses, and then it writes the same, on $setting") {
                setting.engine().use { engine ->
                    val model = loaded(engine)
                    val training = TrainingProgram.of(model)
                    val adam = AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01, Decays.Everything)
                    val update =
                        WeightUpdate(adam, engine.backend().weightKernels(), model.weights(), training.gradients())
                    losses.forEachIndexed { step, loss ->
                        val program = feed(training.executable().bind(sizes))
                        program.run()
                        withClue("step $step") { program.scalar(Names.LOSS) shouldBe (loss plusOrMinus 1e-4) }
                        update.step(step + 1L, 1e-3, 1.0)
                    }
                    val greedy = Generator(model, Decoding.Greedy, OptionalInt.of(1), 0)
                    val beam = Generator(model, Decoding.Beam(3, 1.0), OptionalInt.of(1), 0)
                    val scores = written.tensor("beam3_scores").toDoubleVector()
                    written.ids("prompt").forEachIndexed { row, prompt ->
                        greedy.after(prompt, 10) {}.tokens() shouldBe written.ids("greedy")[row].toList()
                        val best = beam.after(prompt, 10) {}
                        // The reference fills up ended sequences with 2.
                        best.tokens() shouldBe written.ids("beam3")[row].dropLastWhile { it == 2 }
                        best.score() shouldBe (scores[row] plusOrMinus 1e-4)
                    }
                }
            }
        }
    })
