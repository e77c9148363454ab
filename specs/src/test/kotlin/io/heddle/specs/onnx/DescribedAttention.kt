package io.heddle.specs.onnx

import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.array
import io.heddle.specs.support.numbers
import io.heddle.terms.Causal
import org.nd4j.linalg.api.ndarray.INDArray

/**
 * An attention in Heddle's words: one sequence has the queries, another the keys and values side by side, and the
 * linear maps of the attention pick them out.
 */
internal fun described(case: NodeCase, engine: Engine): Map<String, Numbers> {
    val name = case.outputName(0)
    val (batch, time, inside) = case.outputs.getValue(name).shape
    val (keys, values) = case.input(KEYS).last to case.input(VALUES).last
    val width = maxOf(case.input(QUERIES).last, keys + values, inside)
    val loaded = RunnableModel.blank(described(case, width), engine)
    val maps =
        mapOf(
            "query" to picking(case.input(QUERIES).last, width, 0),
            "key" to picking(keys, width, 0),
            "value" to picking(values, width, keys),
            "output" to picking(width, inside, 0),
        )
    loaded.weights().load(maps.mapKeys { "out/0/crossAttention/${it.key}/weight" }, case.name)
    val looking = case.input(KEYS).shape[1]
    val sizes = mapOf("batch" to batch.toLong(), "asking" to time.toLong(), "seen" to looking.toLong())
    val program = loaded.executable(Purpose.Inference).bind(sizes)
    program.setInput("asking", beside(case.input(QUERIES), Numbers.zeros(listOf(batch, time, 0)), width).data)
    program.setInput("seen", beside(case.input(KEYS), case.input(VALUES), width).data)
    program.setInput(Names.lengths("seen"), IntArray(batch) { looking })
    program.run()
    val all = program.output("out").numbers()
    return mapOf(name to Numbers.make(listOf(batch, time, inside)) { all[it / inside * width + it % inside] })
}

private fun described(case: NodeCase, width: Int): Model =
    model("node", width) {
        bias = false
        val (heads, keyValueHeads) = case.whole("q_num_heads", 0) to case.whole("kv_num_heads", 0)
        val asking by vectors(features = width)
        val seen by vectors(features = width)
        val out by
            stack(asking, layers = 1) {
                crossAttention(
                    seen,
                    heads,
                    keyValueHeads,
                    headWidth = case.input(QUERIES).last / heads,
                    valueWidth = case.input(VALUES).last / keyValueHeads,
                ) {
                    if (case.whole("is_causal", 0) == 1) mask = Causal
                    case.number("scale", 0.0).let { if (it != 0.0) scale = it }
                    case.number("softcap", 0.0).let { if (it != 0.0) softcap = it }
                }
            }
    }

/** A map from [inputs] numbers to [outputs]: those from [first] on, and zeros where there are none. */
private fun picking(outputs: Int, inputs: Int, first: Int): INDArray =
    Numbers.make(listOf(outputs, inputs)) { if (it % inputs == it / inputs + first) 1.0 else 0.0 }.array()

/** Rows of [left] and [right] side by side, filled up to [width] with zeros. */
private fun beside(left: Numbers, right: Numbers, width: Int): Numbers =
    Numbers.make(left.shape.dropLast(1) + width) {
        val (row, place) = it / width to it % width
        when {
            place < left.last -> left[row * left.last + place]
            place < left.last + right.last -> right[row * right.last + place - left.last]
            else -> 0.0
        }
    }
