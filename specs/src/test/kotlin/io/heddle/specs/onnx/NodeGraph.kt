package io.heddle.specs.onnx

import io.heddle.graph.Element
import io.heddle.graph.Function
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.Value
import io.heddle.runtime.program.Engine
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.TrialBuilder
import io.heddle.specs.support.bound
import io.heddle.specs.support.dim
import io.heddle.specs.support.run

/** What Heddle makes of a case on an engine: its outputs, by name. */
typealias NodeRun = (NodeCase, Engine) -> Map<String, Numbers>

/** An operator of ONNX in Heddle's ops; [write] says how. */
fun graphOf(write: NodeGraph.() -> Unit): NodeRun = { case, engine -> NodeGraph(case).apply(write).run(engine) }

/** Writes the graph of a [case]; every size is known. */
class NodeGraph(val case: NodeCase) {
    val builder = GraphBuilder()
    private val reals = HashMap<Int, Value>()
    private val given = LinkedHashMap<String, Numbers>()

    fun run(engine: Engine): Map<String, Numbers> = engine.run(builder.build(), given)

    /** The case's input at [place], of real numbers; the same value each time. */
    fun real(place: Int): Value = reals.getOrPut(place) { given("input $place", case.input(place), Element.Real) }

    /** What all inputs that were written are given. */
    fun given(): Map<String, Numbers> = given

    fun given(name: String, numbers: Numbers, element: Element): Value {
        given[name] = numbers
        return op(Op.Input(name, TrialBuilder.type(element, numbers.shape)))
    }

    fun index(name: String, number: Int): Value = given(name, Numbers.scalar(number.toDouble()), Element.Index)

    fun constant(value: Double, shape: List<Int>): Value =
        op(Op.Constant(value, TrialBuilder.type(Element.Real, shape)))

    fun op(op: Op, vararg inputs: Value): Value = builder.first(op, case.name, *inputs)

    fun all(op: Op, vararg inputs: Value): List<Value> = builder.add(op, inputs.toList(), case.name)

    /** Says that [value] is the case's output at [place]; an axis of one may be there or not. */
    fun output(place: Int, value: Value) {
        val name = case.outputName(place)
        builder.output(name, reshape(value, case.outputs.getValue(name).shape))
    }

    fun shape(x: Value): List<Int> = x.type.shape.bound(emptyMap())

    fun reshape(x: Value, shape: List<Int>): Value =
        if (shape(x) == shape) x else op(Op.Reshape(TrialBuilder.shape(shape)), x)

    fun permute(x: Value, vararg order: Int): Value = op(Op.Permute(order.toList()), x)

    fun repeat(x: Value, axis: Int, count: Int): Value = op(Op.Repeat(axis, dim(count)), x)

    fun slice(x: Value, axis: Int, from: Int, size: Int): Value = op(Op.Slice(axis, dim(from), dim(size)), x)

    fun add(x: Value, y: Value): Value = op(Op.Add, x, y)

    fun times(x: Value, y: Value): Value = op(Op.Multiply, x, y)

    fun scale(x: Value, factor: Double): Value = op(Op.Scale(factor), x)

    fun apply(function: Function, x: Value): Value = op(Op.Apply(function), x)

    /** What [make] makes of [x] whose axis [axis], which counts from the end where it is negative, is the last one. */
    fun along(axis: Int, x: Value, make: (Value) -> List<Value>): List<Value> {
        val rank = x.type.shape.rank
        val at = Math.floorMod(axis, rank)
        val last = (0 until rank).filter { it != at } + at
        val back = (0 until rank).map { last.indexOf(it) }
        return make(op(Op.Permute(last), x)).map { op(Op.Permute(back), it) }
    }

    /** `[batch, time, heads * w]` as `[batch, heads, time, w]`. */
    fun apart(x: Value, heads: Int): Value {
        val (batch, time, width) = shape(x)
        return permute(reshape(x, listOf(batch, time, heads, width / heads)), 0, 2, 1, 3)
    }

    /** `[batch, heads, time, w]` as `[batch, time, heads * w]`. */
    fun together(x: Value): Value {
        val (batch, heads, time, width) = shape(x)
        return reshape(permute(x, 0, 2, 1, 3), listOf(batch, time, heads * width))
    }
}
