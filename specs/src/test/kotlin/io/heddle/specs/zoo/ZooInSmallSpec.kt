package io.heddle.specs.zoo

import io.heddle.graph.Element
import io.heddle.graph.Function
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.json.ModelJson
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.recipe.AdamW
import io.heddle.runtime.gradient.Gradients
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.pass.Passes
import io.heddle.runtime.program.Engine
import io.heddle.runtime.program.ParameterBuffer
import io.heddle.runtime.program.Program
import io.heddle.runtime.tensor.Precision
import io.heddle.runtime.train.optimizer.WeightUpdate
import io.kotest.assertions.withClue
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldHaveAtLeastSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import java.util.Random
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText
import kotlin.math.abs
import kotlin.math.sqrt
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import org.nd4j.linalg.factory.Nd4j

/**
 * The zoo in small: the gradients of each model are the slopes of its loss, and it learns; two of them alike on both
 * backends.
 */
class ZooInSmallSpec :
    FunSpec({
        // Two of them, for they take long. `ZooSpec` reads them all.
        val learning = setOf("albert-base", "bart-base")
        val long = setOf(NamedTag("Long"))
        // Without a head there is nothing to learn; two name a layer, or some objects, that are not there
        // in small: `ObjectsSpec` and `PointerSpec` hold them.
        val unasked = setOf("bert-base-body", "detr-resnet-50", "pointer")
        // What `ZooSpec` holds the scripts to.
        val zoo = Path.of("src", "test", "resources", "golden", "zoo").listDirectoryEntries("*.json").sorted()

        test("the zoo is there") { zoo shouldHaveAtLeastSize 36 }

        zoo.filter { it.nameWithoutExtension in learning }
            .forEach { file ->
                val name = file.nameWithoutExtension
                test("$name learns in small, alike on both backends") {
                    val model =
                        ModelJson.read(Small(name).of(Json.parseToJsonElement(file.readText())).toString(), name)
                    val portable = Engine.portable(Precision.FLOAT).use { losses(model, it) }
                    val cpu = Engine.cpu(1).use { losses(model, it) }
                    withClue("$name: $portable and $cpu") {
                        portable.forEach { it.isFinite() shouldBe true }
                        portable.zipWithNext { before, after -> after shouldBeLessThan before }
                        portable.zip(cpu) { one, other -> other shouldBe (one plusOrMinus 1e-3 * abs(one)) }
                    }
                }
            }

        // Each of them once, in a length that nothing divides: portable, in double. All of it takes minutes.
        zoo.map { it to it.nameWithoutExtension }
            .filterNot { (_, name) -> name in unasked }
            .forEach { (file, name) ->
                test("$name: its gradients are the slopes of its loss, and it learns").config(tags = long) {
                    val model =
                        ModelJson.read(Small(name).of(Json.parseToJsonElement(file.readText())).toString(), name)
                    Engine.portable(Precision.DOUBLE).use { Slopes(model, it).hold(name) }
                }
            }
    })

private const val STEPS = 3
private const val ODD_LENGTH = 13L
private const val BATCH = 2L
private const val LENGTH = 16L

/** The losses before each of three steps on the same batch, and after the last; dropout stays as it fell at first. */
private fun losses(model: Model, engine: Engine): List<Double> {
    val runnable = RunnableModel.initialized(model, engine, 1)
    val training = TrainingProgram.of(runnable)
    val update =
        WeightUpdate(
            AdamW(learningRate = 1e-3),
            engine.backend().weightKernels(),
            runnable.weights(),
            training.gradients(),
        )
    val executable = training.executable()
    val sizes = sizes(executable.graph().nodes)
    val program = executable.bind(sizes, engine.states(executable.graph(), sizes))
    return (1..STEPS + 1).map { step ->
        // What a run has changed, such as a memory, is not what the next one finds.
        Inputs(program).set()
        program.run()
        program.scalar(Names.LOSS).also { if (step <= STEPS) update.step(step.toLong(), 1e-3, 1.0) }
    }
}

private fun sizes(nodes: List<Node>, length: Long = LENGTH): Map<String, Long> =
    nodes
        .flatMap { it.outputs }
        .flatMap { it.type.shape.dims }
        .flatMap { it.symbols }
        .distinct()
        .associateWith { if (it == "batch") BATCH else length }

/** The loss of one batch as a function of the weights, and what its gradients say of it. */
private class Slopes(model: Model, engine: Engine) {
    private val graph =
        Passes.beforeDifferentiation().apply(model.lower(Purpose.Training).withoutHeld()).let {
            Passes.afterDifferentiation().apply(Gradients.differentiate(it, Names.LOSS))
        }
    private val weights = ParameterBuffer.initialized(graph, Precision.DOUBLE, 1)
    private val gradients = weights.zerosOfTrained()
    private val kernels = engine.backend().weightKernels()
    private val program =
        engine.compile(graph, weights, gradients).let {
            val sizes = sizes(it.graph().nodes, ODD_LENGTH)
            it.bind(sizes, engine.states(it.graph(), sizes))
        }

    /** Along a line through all weights, and along some single ones, the loss rises as the gradients say. */
    fun hold(name: String) {
        if (name !in authors) alongLines()
        val update = WeightUpdate(AdamW(learningRate = 1e-3), kernels, weights, gradients)
        val losses = (1..STEPS).map { step -> loss().also { update.step(step.toLong(), 1e-3, 1.0) } } + loss()
        withClue(losses) { losses.last() shouldBeLessThan losses.first() }
    }

    private fun alongLines() {
        loss()
        val slopes = gradients.tensors().mapValues { (_, tensor) -> tensor.dup('c').data().asDouble() }
        val random = Random(2)
        val names = slopes.keys.toList()
        val all = slopes.mapValues { (_, numbers) -> DoubleArray(numbers.size) { random.nextGaussian() } }
        val single =
            List(SINGLE) {
                val name = names[random.nextInt(names.size)]
                val place = random.nextInt(slopes.getValue(name).size)
                mapOf(name to DoubleArray(slopes.getValue(name).size) { if (it == place) 1.0 else 0.0 })
            }
        val length = sqrt(slopes.values.sumOf { numbers -> numbers.sumOf { it * it } })
        for (way in listOf(all) + single) {
            val said =
                way.entries.sumOf { (name, steps) -> steps.indices.sumOf { steps[it] * slopes.getValue(name)[it] } }
            val seen = (moved(way, STEP) - moved(way, -STEP)) / (2 * STEP)
            withClue("${way.keys.singleOrNull() ?: "all weights"}, of gradients $length long") {
                seen shouldBe (said plusOrMinus SLOPE * length)
            }
        }
    }

    /** The loss where weights are moved along [way], and moved back. */
    private fun moved(way: Map<String, DoubleArray>, step: Double): Double {
        val before = way.mapValues { (name, _) -> weights.tensor(name).dup() }
        way.forEach { (name, steps) ->
            val tensor = weights.tensor(name)
            tensor.addi(Nd4j.createFromArray(*steps).mul(step).reshape(*tensor.shape()))
        }
        return loss().also { before.forEach { (name, tensor) -> weights.tensor(name).assign(tensor) } }
    }

    private fun loss(): Double {
        Inputs(program).set()
        program.run()
        return program.scalar(Names.LOSS)
    }

    private companion object {
        /** Its backward pass is as its authors have it, and no slope: `RunningMeansSpec` holds it to theirs. */
        val authors = setOf("power-norm")
        const val SINGLE = 3

        /** So short that hardly a relu is crossed. */
        const val STEP = 1e-8

        /**
         * Which part of the gradients' length the slopes may be off: two losses that are near each other are taken
         * apart.
         */
        const val SLOPE = 1e-6
    }
}

/**
 * The same graph without numbers that count as constants, as the largest exponent of a Performer does: it cancels but
 * for an epsilon, and `EfficientAttentionSpec` holds its gradients to those of the reference, which takes it for one.
 */
private fun Graph.withoutHeld(): Graph =
    GraphBuilder().run {
        val made = HashMap<Int, Value>()
        nodes.forEach { node ->
            val inputs = node.inputs.map { made.getValue(it.id) }
            if (node.op == Op.Apply(Function.Held)) made[node.output.id] = inputs.single()
            else add(node.op, inputs, node.path).zip(node.outputs) { copy, own -> made[own.id] = copy }
        }
        outputs.forEach { (name, value) -> output(name, made.getValue(value.id)) }
        build()
    }

/** A batch of full sequences, drawn from what there is. */
private class Inputs(private val program: Program) {
    private val random = Random(1)

    fun set() =
        program.executable().graph().inputs.forEach { node ->
            val name = (node.op as? Op.Input)?.name ?: return@forEach
            val count = program.sizes().elements(node.output).toInt()
            if (node.output.type.element == Element.Real) program.setInput(name, reals(name, count))
            else program.setInput(name, indices(name, node, count))
        }

    private fun reals(name: String, count: Int): DoubleArray =
        when {
            name.endsWith(Names.NORMALIZER) -> doubleArrayOf(1.0 / (BATCH * LENGTH))
            name.endsWith("/boxes") -> random.doubles(count.toLong(), 0.2, 0.4).toArray()
            name.endsWith("/weight") -> DoubleArray(count) { 1.0 }
            else -> random.doubles(count.toLong(), -1.0, 1.0).toArray()
        }

    private fun indices(name: String, node: Node, count: Int): IntArray =
        when {
            name == Names.RANDOMNESS -> intArrayOf(1, 1)
            name.endsWith("/lengths") ->
                IntArray(count) { program.sizes().bindings().getValue(name.removeSuffix("/lengths")).toInt() }
            name.endsWith("/counts") -> IntArray(count) { 2 }
            name.endsWith("/remembered") -> IntArray(count)
            else -> random.ints(count.toLong(), 0, bound(node)).toArray()
        }

    /** One more than the largest index that everyone who reads it takes. */
    private fun bound(node: Node): Int =
        program
            .executable()
            .graph()
            .nodes
            .filter { node.output in it.inputs }
            .minOfOrNull { reader ->
                val first = program.sizes().of(reader.inputs.first().type.shape)
                when (reader.op) {
                    is Op.Embed -> first.first().toInt()
                    is Op.CrossEntropy -> first.last().toInt()
                    else -> 2
                }
            } ?: 1
}

/** A model's document with two layers instead of many, a sixteenth of the width, short sequences and few words. */
private class Small(private val name: String) {
    fun of(element: JsonElement): JsonElement =
        when (element) {
            is JsonArray -> JsonArray(element.map(::of))
            is JsonObject -> JsonObject(element.mapValues { (key, value) -> part(element, key, value) })
            is JsonPrimitive -> element
        }

    private fun part(parent: JsonObject, key: String, value: JsonElement): JsonElement {
        val type = (parent["type"] as? JsonPrimitive)?.content.orEmpty()
        val number = (value as? JsonPrimitive)?.content?.toIntOrNull()
        return when {
            key == "layers" && value is JsonArray -> few(value)
            key == "cutoffs" -> JsonArray(listOf(20, 30, 50).map(::JsonPrimitive))
            number == null -> of(value)
            else -> JsonPrimitive(size(type, key, number))
        }
    }

    /** The first two layers; where all are alike, it is the same one twice. */
    private fun few(layers: JsonArray): JsonArray {
        val once = { layer: JsonElement -> JsonObject((of(layer) as JsonObject) + ("times" to JsonPrimitive(1))) }
        val twice = { layer: JsonElement -> JsonObject((of(layer) as JsonObject) + ("times" to JsonPrimitive(2))) }
        return if (layers.jsonArray.size == 1) JsonArray(layers.map(twice)) else JsonArray(layers.take(2).map(once))
    }

    private fun size(type: String, key: String, number: Int): Int =
        when (key) {
            "width",
            "tableWidth",
            "headWidth",
            "valueWidth",
            "hidden" -> even(number)
            "channels" -> if (number > FEW) even(number) else number
            "vocabulary" -> minOf(number, 60)
            "classes" -> minOf(number, 5)
            "rows",
            "columns" -> if (name.startsWith("swin")) 5 else 8
            "patch" -> if (name.startsWith("swin")) 1 else 2
            "size" -> if (type == "blocks") 4 else 2
            "shift" -> minOf(number, 1)
            "length" -> if (name.startsWith("vit") || name.startsWith("clip") && number == 50) 17 else 16
            "count" -> if (type == "groups") 1 else minOf(number, 6)
            "buckets" -> if (type == "hashed") 4 else 8
            "distance" -> if (type == "relativeBias") 16 else number
            "rank",
            "chunk",
            "beam" -> 4
            "features" -> if (type == "favor") 16 else number
            "memory" -> minOf(number, 8)
            "reach" -> minOf(number, 4)
            else -> number
        }

    /** A sixteenth, rounded up to an even number, for sines and cosines. */
    private fun even(number: Int): Int = if (number < FEW) number else (number + 31) / 32 * 2

    private companion object {
        const val FEW = 16
    }
}
