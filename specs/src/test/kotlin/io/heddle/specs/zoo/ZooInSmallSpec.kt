package io.heddle.specs.zoo

import io.heddle.dsl.edit
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.rules.check
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.program.Program
import io.heddle.specs.golden.Setting
import io.heddle.specs.golden.Stored
import io.heddle.specs.golden.shouldAgree
import io.heddle.specs.support.Interpreter
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.array
import io.heddle.specs.support.numbers
import io.heddle.specs.support.set
import io.heddle.terms.RmsNorm
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import kotlin.math.abs
import kotlin.random.Random
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j

/** The models of the zoo in other sizes than their own, and edited: what they compute, and what they learn by. */
class ZooInSmallSpec :
    FunSpec({
        val sizes = listOf(SmallZoo(12, heads = 2, headWidth = 3, depth = 2), SmallZoo(36, 6, headWidth = 5, depth = 3))

        for (name in SmallZoo.names) {
            for ((at, zoo) in sizes.withIndex()) {
                val described = zoo.model(name)
                // A norm over a batch stays what it is.
                val model = if (at == 0) described else described.plainer(keepsNorms = name == "power-norm")

                test("$name, variant $at, is legal, and computes its equations on every backend") {
                    model.check().shouldBeEmpty()
                    for (setting in Setting.entries) computesItsEquations(model, setting)
                }

                if (name !in ownBackward) {
                    test("$name, variant $at, learns by what its loss changes by") { learnsByDifferences(model) }
                }
            }
        }
    })

/** Whose gradients are no derivatives, and are held to their references: `RunningMeansSpec`, `EfficientAttentionSpec`. */
private val ownBackward = setOf("power-norm", "performer")

private fun Model.plainer(keepsNorms: Boolean) = edit {
    bias = false
    if (!keepsNorms) norm = RmsNorm()
}

/** Weights that no model begins with. */
private fun drawn(model: RunnableModel): Map<String, Numbers> {
    val random = Random(3)
    return model.weights().tensors().mapValues { (_, tensor) ->
        Numbers.make(tensor.shape().map { it.toInt() }) { random.nextDouble(-0.5, 0.5) }
    }
}

private fun RunnableModel.draw(): RunnableModel = apply {
    drawn(this).forEach { (name, numbers) -> weights().tensor(name).assign(numbers.array()) }
}

private fun computesItsEquations(model: Model, setting: Setting) {
    setting.engine().use { engine ->
        val runnable = RunnableModel.initialized(model, engine, 0).draw()
        val executable = runnable.executable(Purpose.Evaluation)
        val lowered = model.lower(Purpose.Evaluation)
        val sizes = AnyInputs.sizes(lowered)
        val inputs = AnyInputs(lowered, sizes, seed = 4).all()
        val program = executable.bind(sizes, engine.states(executable.graph(), sizes))
        program.set(inputs)
        program.run()
        val weights = lowered.parameters.map { (it.op as Op.Parameter).name }.associateWith { drawn(runnable).getValue(it) }
        Interpreter(sizes).run(lowered, inputs + weights).forEach { (output, expected) ->
            shouldAgree("${model.name}: $output on $setting", program.output(output), Stored(expected.array()), setting.stored64)
        }
    }
}

private fun learnsByDifferences(model: Model) {
    Setting.PortableDouble.engine().use { engine ->
        val runnable = RunnableModel.initialized(model, engine, 0).draw()
        val training = TrainingProgram.of(runnable)
        val lowered = model.lower(Purpose.Training)
        val sizes = AnyInputs.sizes(lowered)
        val states = engine.states(training.executable().graph(), sizes)
        val program: Program = training.executable().bind(sizes, states)
        program.set(AnyInputs(lowered, sizes, seed = 4).all())
        fun loss(): Double {
            states.reset()
            program.run()
            return program.scalar(Names.LOSS)
        }
        loss()
        val gradients: Map<String, INDArray> = training.gradients().tensors().mapValues { it.value.dup() }
        val random = Random(5)
        val slopes =
            gradients.mapValues { (name, gradient) ->
                val weight = runnable.weights().tensor(name)
                val before = weight.dup()
                val way = Numbers.make(gradient.shape().map { it.toInt() }) { random.nextDouble(-1.0, 1.0) }.array()
                fun moved(step: Double): Double {
                    weight.assign(before.add(way.mul(step)))
                    return loss()
                }
                val slope = (8 * (moved(STEP) - moved(-STEP)) - (moved(2 * STEP) - moved(-2 * STEP))) / (12 * STEP)
                weight.assign(before)
                slope to gradient.mul(way).sumNumber().toDouble()
            }
        val largest = slopes.values.maxOf { abs(it.first) }
        slopes.forEach { (name, both) ->
            val (slope, along) = both
            val expected = Stored(Nd4j.createFromArray(slope), largest)
            shouldAgree("${model.name}: gradient of $name", Nd4j.createFromArray(along), expected, DIFFERENCES)
        }
    }
}

private const val STEP = 1e-5

/** How near differences with such a step come, as a part of the largest. */
private const val DIFFERENCES = 1e-7
