package io.heddle.specs.golden

import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.recipe.AdamW
import io.heddle.recipe.Decays
import io.heddle.runtime.exchange.Origin
import io.heddle.runtime.exchange.WeightImport
import io.heddle.runtime.exchange.WeightNames
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.program.ParameterLayout
import io.heddle.runtime.program.Program
import io.heddle.runtime.train.optimizer.WeightUpdate
import io.heddle.runtime.weights.SafetensorsFile
import io.kotest.assertions.withClue
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.nd4j.linalg.api.buffer.DataType
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j

/**
 * A model of Hugging Face transformers 4.28.1 with random weights: what it was given, what it gave, its loss, its
 * gradients, and the losses of twenty steps of AdamW.
 *
 * @property model the same, in Heddle's words
 * @property names the file of names that brings the weights together
 * @property sizes the size of each dim that the input decides
 * @property outputs what Heddle's outputs are called there
 * @property unknown how many gradients are no numbers there
 * @property recorded weights that the reference drew while it ran, from what it recorded of that
 * @property precision how exact the reference is where it stores 64 bits and computed some of it in 32
 * @property load gives the model its weights; where it is left out, they are read by [names]
 */
class Reference(
    private val folder: String,
    val model: Model,
    private val names: WeightNames,
    val sizes: Map<String, Long>,
    private val outputs: Map<String, String>,
    private val precision: Double = 0.0,
    private val unknown: Int = 0,
    private val recorded: Map<String, (Golden) -> INDArray> = emptyMap(),
    private val load: ((ParameterBuffer) -> Unit)? = null,
    private val feed: Program.(Golden) -> Unit,
) {
    val io: Golden = Golden("hf-golden/$folder/io.safetensors")
    private val meta = Json.parseToJsonElement(resource("hf-golden/$folder/meta.json").readText()).jsonObject
    private val weights = SafetensorsFile.open(Path.of(resource("hf-golden/$folder/weights.safetensors").toURI()))

    /** Whether the reference computed in 32 bits, so that it is as far from the truth as Heddle's floats are. */
    private val single = meta.getValue("precision").jsonPrimitive.content == "float32"

    /** Whether the reference was trained for twenty steps. */
    val hasCurve: Boolean = meta.getValue("adamw_curve") is JsonObject

    fun loaded(engine: Engine): RunnableModel {
        val loaded = RunnableModel.initialized(model, engine, 0)
        if (load == null) loaded.weights().load(weights(loaded.weights().layout()), weights.place())
        else load(loaded.weights())
        return loaded
    }

    /** The same reference for a [model] that came another way, and its weights. */
    fun of(model: Model, load: (ParameterBuffer) -> Unit): Reference =
        Reference(folder, model, names, sizes, outputs, precision, unknown, recorded, load, feed)

    /** The reference's weights, by Heddle's names. */
    fun weights(layout: ParameterLayout): Map<String, INDArray> {
        val kept = LinkedHashMap(layout.entries()).apply { keys.removeAll(recorded.keys) }
        val read = WeightImport.read(ParameterLayout(kept, layout.elements()), weights, names, DataType.DOUBLE)
        return read + recorded.mapValues { (_, tensor) -> tensor(io) }
    }

    /** A program that has been given what the reference was. */
    fun fed(program: Program): Program = program.apply { feed(io) }

    /** What the outputs are, and the loss where there is one. */
    fun agrees(setting: Setting, purpose: Purpose) {
        setting.engine().use { engine ->
            val executable = loaded(engine).executable(purpose)
            val program = fed(executable.bind(sizes, engine.states(executable.graph(), sizes)))
            program.run()
            agrees(setting, program)
            if (purpose == Purpose.Evaluation) {
                shouldAgree("loss", program.output(Names.LOSS), io.stored("loss"), tolerance(setting, io.bits("loss")))
            }
        }
    }

    /** What the outputs are of a program that has run. */
    fun agrees(setting: Setting, program: Program) =
        outputs.forEach { (ours, theirs) ->
            shouldAgree(ours, program.output(ours), io.stored(theirs), tolerance(setting, io.bits(theirs)))
        }

    fun agreesInGradients(setting: Setting) {
        setting.engine().use { engine ->
            val model = loaded(engine)
            val training = TrainingProgram.of(model)
            fed(training.executable().bind(sizes)).run()
            agree(setting, training.gradients().tensors(), model.weights().layout())
        }
    }

    /** The [gradients] of the weights of [layout] are the reference's. */
    fun agree(setting: Setting, gradients: Map<String, INDArray>, layout: ParameterLayout) {
        val origins = names.origins(layout)
        val held = gradients.keys.flatMap { name -> origins.getValue(name).flatMap { it.tensors() } }.toSet()
        withClue("gradients of the reference that none of Heddle's is held to") {
            io.names.filter { it.startsWith("grad.") }.filterNot { it.removePrefix("grad.") in held }.shouldBeEmpty()
        }
        val all = gradients.mapValues { (name, own) -> gradient(own.shape(), origins.getValue(name)) }
        // Where what the reference stores is no number, all that can be asked is that ours is one.
        val (expected, unknown) = all.entries.partition { it.value.isKnown() }
        unknown.forEach { (name, _) -> withClue(name) { Stored(gradients.getValue(name)).isKnown() shouldBe true } }
        withClue("gradients that are no numbers in the reference") { unknown.size shouldBe this.unknown }
        val largest = expected.maxOf { it.value.largest }
        expected.forEach { (name, stored) ->
            val gradient = gradients.getValue(name)
            // A softmax takes no notice of a bias of keys, nor of queries where values are alike: of gradients that
            // are 0 or nearly so, a reference stores what rounding leaves.
            if (stored.largest < SMALL * largest) {
                shouldAgree(name, gradient, Stored(stored.part, largest), ROUNDING)
            } else {
                shouldAgree(name, gradient, stored, tolerance(setting, BITS))
            }
        }
    }

    /** Twenty steps lose what they lose there; what comes [then] has the weights that are left. */
    fun agreesInTraining(setting: Setting, then: (RunnableModel) -> Unit) {
        val curve = meta.getValue("adamw_curve").jsonObject
        setting.engine().use { engine ->
            val model = loaded(engine)
            val training = TrainingProgram.of(model)
            val adam = AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01, Decays.Everything)
            val kernels = engine.backend().weightKernels()
            val update = WeightUpdate(adam, kernels, model.weights(), training.gradients())
            curve.getValue("losses").jsonArray.forEachIndexed { step, loss ->
                val program = fed(training.executable().bind(sizes))
                program.run()
                withClue("step $step") {
                    program.scalar(Names.LOSS) shouldBe (loss.jsonPrimitive.double plusOrMinus 1e-4)
                }
                update.step(step + 1L, 1e-3, 1.0)
            }
            then(model)
        }
    }

    /** How near [setting] comes to what is stored in so many [bits]. */
    fun tolerance(setting: Setting, bits: Int): Double =
        when (setting) {
            Setting.PortableDouble -> if (bits == BITS) setting.stored32 else maxOf(setting.stored64, precision)
            Setting.PortableFloat,
            Setting.CpuFloat -> if (single) SINGLE else setting.stored32
        }

    /** Where a weight is there twice, its gradient is under one of its names. */
    private fun gradient(shape: LongArray, origins: List<Origin>): Stored {
        val origin = origins.first { origin -> origin.tensors().all { "grad.$it" in io.names } }
        val stored = origin.tensors().map { io.stored("grad.$it") }
        val rows = if (stored.size == 1) shape else shape.drop(1).toLongArray()
        val pieces = stored.map { it.part { tensor -> origin.arrangement().taken(tensor, rows.toList()) } }
        if (pieces.size == 1) return pieces.single()
        return Stored(Nd4j.stack(0, *pieces.map { it.part }.toTypedArray()), pieces.maxOf { it.largest })
    }

    private companion object {
        /** In how many bits every gradient is stored. */
        const val BITS = 32

        /** Which part of a model's largest gradient is so small that rounding shows in it. */
        const val SMALL = 1e-5

        /** How far such gradients may be apart, as a part of the largest: the rounding of 32 bits. */
        const val ROUNDING = 1e-7

        /** How far two computations in 32 bits may be apart. */
        const val SINGLE = 5e-4
    }
}

private fun resource(name: String) = checkNotNull(Golden::class.java.getResource("/$name")) { name }

/** The names that Heddle has for the weights of Hugging Face's [family]. */
fun names(family: String): WeightNames = WeightNames.huggingFace(family)

/** What each of these references must agree in, on every setting. */
fun FunSpec.agree(name: String, reference: Reference, afterTraining: (RunnableModel) -> Unit = {}) {
    for (setting in Setting.entries) {
        test("$name: outputs and loss equal the reference's on $setting") {
            reference.agrees(setting, Purpose.Evaluation)
        }
        test("$name: every gradient equals the reference's on $setting") { reference.agreesInGradients(setting) }
        if (reference.hasCurve) {
            // The portable backends have the same gradients already, and take minutes for all the steps.
            test("$name: twenty steps of AdamW lose what the reference loses on $setting").config(
                tags = if (setting == Setting.CpuFloat) setOf() else setOf(NamedTag("Long"))
            ) {
                reference.agreesInTraining(setting, afterTraining)
            }
        }
    }
}

/** The same for outputs alone. */
fun FunSpec.agreeInOutputs(name: String, reference: Reference) {
    for (setting in Setting.entries) {
        test("$name: outputs equal the reference's on $setting") { reference.agrees(setting, Purpose.Inference) }
    }
}
