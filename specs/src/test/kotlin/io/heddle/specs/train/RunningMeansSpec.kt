package io.heddle.specs.train

import io.heddle.dims.Dim
import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.pass.Passes
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.program.Program
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.golden.Setting
import io.heddle.specs.golden.Stored
import io.heddle.specs.golden.shouldAgree
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.corrected
import io.heddle.specs.support.numbers
import io.heddle.terms.BatchNorm
import io.heddle.terms.Norm
import io.heddle.terms.PowerNorm
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.cos
import kotlin.math.sin
import org.nd4j.linalg.factory.Nd4j

/** Norms over a batch keep means that training moves and evaluation reads. */
class RunningMeansSpec :
    FunSpec({
        val norms =
            listOf<Pair<Norm, () -> BatchEquations>>(
                PowerNorm(1e-3, 0.2) to { PowerEquations(WIDTH, 1e-3, 0.2) },
                BatchNorm(1e-3, 0.3) to { BatchNormEquations(WIDTH, 1e-3, 0.3) },
            )
        for ((norm, equations) in norms) {
            for (setting in Setting.entries) {
                test("$norm: losses, gradients and running means are its paper's, step by step, on $setting") {
                    setting.engine().use { engine -> Trial(engine, setting, normed(norm)).follows(equations()) }
                }
            }
        }

        for (norm in norms.map { it.first }) {
            test("$norm: one that is frozen stays as it is, and computes in training what it computes afterwards") {
                Engine.portable(Precision.DOUBLE).use { engine ->
                    val frozen = normed(norm).edit { freeze("out/**") }
                    Trial(engine, Setting.PortableDouble, frozen).isAtRest()
                }
            }
        }

        test("two parts that share a PowerNorm move one correction, one after the other") {
            val (rows, x) = 4 to Numbers.make(listOf(4, WIDTH)) { sin(it + 1.0) }
            val start = doubleArrayOf(0.4, -0.2, 0.1)
            val graph =
                GraphBuilder().run {
                    val width = Dim.of(WIDTH.toLong())
                    val given = first(Op.Input("x", TensorType.real(Dim.of(rows.toLong()), width)), "x")
                    val shape = Shape(width)
                    val correction = first(Op.Parameter("correction", shape, Start.Zeros, Role.Fixed), "correction")
                    val real = first(Op.Constant(1.0, TensorType.real(Dim.of(rows.toLong()))), "real")
                    val once = first(Op.RunningCorrection(0.2), "once", given, correction, real)
                    val doubled = first(Op.Scale(2.0), "doubled", once)
                    val twice = first(Op.RunningCorrection(0.2), "twice", doubled, correction, real)
                    output("loss", first(Op.SumLeading(0), "loss", first(Op.Multiply, "loss", twice, twice)))
                    build()
                }
            val both = Passes.afterDifferentiation().apply(Gradients.differentiate(graph, "loss", listOf("x")))
            Engine.portable(Precision.DOUBLE).use { engine ->
                val weights = ParameterBuffer.initialized(both, Precision.DOUBLE, 0)
                weights.tensor("correction").assign(Nd4j.createFromArray(*start))
                val program = engine.compile(both, weights).bind(emptyMap())
                program.setInput("x", x.data)
                program.run()
                val all = Numbers.filled(listOf(rows), 1.0)
                val doubled = x.map { 2 * it }
                val (last, next) = corrected(doubled, Numbers.of(*start), all, doubled.map { 2 * it }, 0.2)
                val (first, final) = corrected(x, next, all, last.map { 2 * it }, 0.2)
                program.output("gradient/x").numbers().data.zip(first.data.toList()) { ours, theirs ->
                    ours shouldBe (theirs plusOrMinus 1e-12)
                }
                weights.tensor("correction").numbers().data.zip(final.data.toList()) { ours, theirs ->
                    ours shouldBe (theirs plusOrMinus 1e-12)
                }
            }
        }
    })

private const val WIDTH = 3
private const val TIME = 4
private const val STEPS = 4
private val lengths = intArrayOf(4, 2)

/** The places of a batch that are no padding. */
private val real = lengths.flatMapIndexed { row, length -> (0 until length).map { row * TIME + it } }

private fun normed(norm: Norm): Model =
    model("normed", width = WIDTH) {
        val seen by vectors(features = WIDTH)
        val out by norm(seen, norm)
        val next by logits(out, vocab = WIDTH) { bias = false }
        check(next.name == "next")
    }

/** A norm between vectors that are given and words that are foretold. */
private class Trial(engine: Engine, private val setting: Setting, model: Model) {
    private val runnable = RunnableModel.initialized(model, engine, 3)
    private val weights = runnable.weights()
    private val sizes = mapOf("batch" to lengths.size.toLong(), "seen" to TIME.toLong())
    private val wanted = weights.layout().trained().entries().keys.filter { it.startsWith("out/") } + "seen"
    private val training =
        Passes.beforeDifferentiation().apply(model.lower(Purpose.Training)).let {
            val both = Gradients.differentiate(it, Names.LOSS, wanted)
            engine.compile(Passes.afterDifferentiation().apply(both), weights).bind(sizes)
        }
    private val evaluation = runnable.executable(Purpose.Evaluation).bind(sizes)
    private val matrix = weights.tensor("next/weight").numbers()
    private val words = List(WIDTH) { matrix.row(it) }
    private val gain = listOf(1.3, 0.7, -0.9)
    private val bias = listOf(0.1, -0.2, 0.3)

    init {
        weights.tensor("out/gain").assign(Nd4j.createFromArray(*gain.toDoubleArray()))
        weights.tensor("out/bias").assign(Nd4j.createFromArray(*bias.toDoubleArray()))
    }

    /** Other numbers in each step; what is padding is far from the rest. */
    private fun x(step: Int) =
        DoubleArray(lengths.size * TIME * WIDTH) {
            if (it / WIDTH in real) 1.5 * sin(it * 0.7 + step) + 0.4 * cos(it * 1.9) + it % WIDTH else 40.0 + it
        }

    private fun labels(step: Int) = IntArray(lengths.size * TIME) { if (it in real) (it * 7 + step) % WIDTH else -1 }

    private fun rows(step: Int): Rows = x(step).toList().chunked(WIDTH).slice(real)

    private fun Program.take(step: Int): Double {
        setInput("seen", x(step))
        // Evaluation looks at each position by itself, and asks for no lengths.
        val asked = executable().graph().inputs.map { (it.op as Op.Input).name }
        if (Names.lengths("seen") in asked) setInput(Names.lengths("seen"), lengths)
        setInput(Names.labels("next"), labels(step))
        setInput(Names.NORMALIZER, doubleArrayOf(1.0 / real.size))
        run()
        return scalar(Names.LOSS)
    }

    private fun scored(n: Rows, step: Int) = Scored(n, gain, bias, words, labels(step).slice(real))

    private fun agree(name: String, actual: List<Double>, expected: List<Double>) {
        fun array(numbers: List<Double>) = Nd4j.createFromArray(*numbers.toDoubleArray())
        shouldAgree(name, array(actual), Stored(array(expected)), setting.stored64)
    }

    private fun kept(name: String) = weights.tensor("out/$name").numbers().data.toList()

    fun follows(equations: BatchEquations) {
        for (step in 0 until STEPS) {
            val unit = equations.forward(rows(step))
            val expected = scored(unit, step)
            agree("loss", listOf(training.take(step)), listOf(expected.loss))
            val gradient = training.output("gradient/seen").numbers().data.toList().chunked(WIDTH)
            agree("gradient", gradient.slice(real).flatten(), equations.backward(expected.toUnit).flatten())
            (gradient.indices - real.toSet()).forEach { gradient[it] shouldBe List(WIDTH) { 0.0 } }
            agree("gain", training.output("gradient/out/gain").numbers().data.toList(), expected.toGain)
            agree("bias", training.output("gradient/out/bias").numbers().data.toList(), expected.toBias)
            equations.kept.forEach { (name, numbers) -> agree(name, kept(name), numbers) }
            val before = equations.kept.keys.map { kept(it) }
            agree("evaluated", listOf(evaluation.take(9)), listOf(scored(equations.evaluated(rows(9)), 9).loss))
            equations.kept.keys.map { kept(it) } shouldBe before
        }
    }

    fun isAtRest() {
        val names = weights.layout().entries().keys.filter { it.startsWith("out/") }.map { it.removePrefix("out/") }
        val before = names.map { kept(it) }
        repeat(STEPS) { step -> training.take(step) shouldBe (evaluation.take(step) plusOrMinus 1e-12) }
        names.map { kept(it) } shouldBe before
    }
}
