package io.heddle.specs.golden

import io.heddle.dsl.model
import io.heddle.graph.Op
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.model.Model
import io.heddle.runtime.generate.DecodingSession
import io.heddle.runtime.model.RunnableModel
import io.heddle.specs.support.numbers
import io.heddle.terms.EluPlusOne
import io.kotest.core.spec.style.FunSpec
import kotlin.math.exp
import kotlin.math.sin
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j

/** Transformers are RNNs (arXiv 2006.16236): an attention over all pairs, and one that is a recurrence when causal. */
class LinearTransformerSpec :
    FunSpec({
        for (setting in Setting.entries) {
            for (form in Form.entries) {
                test("$form attention equals its equation in output and gradients on $setting") {
                    val x = DoubleArray(TIME * 3 * INSIDE) { 1.2 * sin(it * 1.7 + 0.3) }
                    val given = Nd4j.createFromArray(*x).reshape(1L, TIME.toLong(), 3L * INSIDE)
                    val computed =
                        attended(setting, linear(form), 1, given, picking()) { out ->
                            val squares = first(Op.Multiply, "loss", out, out)
                            first(Op.SumLeading(0), "loss", first(Op.Add, "loss", out, squares))
                        }
                    // Of each position, the first numbers are what the heads give; the others are 0.
                    val out = computed.getValue("out").numbers().data.toList().chunked(3 * INSIDE)
                    val heads = out.flatMap { it.take(INSIDE) }.toDoubleArray()
                    shouldAgree("out", Nd4j.createFromArray(*heads), stored(form.of(x)), setting.stored64)
                    val differences =
                        DoubleArray(x.size) { at ->
                            fun loss(step: Double) = form.of(x.copyOf().also { it[at] += step }).sumOf { it + it * it }
                            (loss(STEP) - loss(-STEP)) / (2 * STEP)
                        }
                    val gradient = computed.getValue("gradient/seen")
                    shouldAgree("gradient", gradient, stored(differences), maxOf(setting.stored64, DIFFERENCES))
                }
            }

            test("what is written token by token equals what is computed side by side on $setting") {
                setting.engine().use { engine ->
                    val runnable = RunnableModel.initialized(writer(), engine, 5)
                    val program = runnable.executable(Purpose.Inference).bind(mapOf("batch" to 2L, "text" to LENGTH))
                    val texts = Array(2) { row -> IntArray(LENGTH.toInt()) { (it * it + 3 * row) % WORDS } }
                    program.setInput("text", texts.flatMap { it.toList() }.toIntArray())
                    program.setInput(Names.lengths("text"), IntArray(2) { LENGTH.toInt() })
                    program.run()
                    val whole = program.output("next").numbers()
                    // A prompt of three, and then token by token.
                    val session = DecodingSession.of(runnable, 2)
                    var read = 0
                    while (read < LENGTH) {
                        val more = if (read == 0) 3 else 1
                        val scores = session.read(Array(2) { texts[it].copyOfRange(read, read + more) })
                        read += more
                        val last = (0 until 2).flatMap { whole.row(it * LENGTH.toInt() + read - 1) }
                        shouldAgree("after $read", scores, stored(last.toDoubleArray()), setting.stored64)
                    }
                }
            }
        }
    })

private const val HEADS = 2
private const val WIDTH = 3
private const val INSIDE = HEADS * WIDTH
private const val TIME = 7
private const val LENGTH = 9L
private const val WORDS = 11
private const val STEP = 1e-5

/** How near central differences come. */
private const val DIFFERENCES = 1e-6

/** What is added to each divisor (`eps` of fast-transformers' linear_attention.py and causal_linear_attention.py). */
private const val EPSILON = 1e-6

private fun stored(numbers: DoubleArray) = Stored(Nd4j.createFromArray(*numbers))

/** `elu(x) + 1`, equation 7. */
private fun feature(x: Double) = if (x > 0) x + 1 else exp(x)

private enum class Form(val of: (DoubleArray) -> DoubleArray) {
    AllPairs(::allPairs),
    Recurrent(::recurrent),
}

/** One head's queries (0), keys (1) or values (2) at a position. */
private fun DoubleArray.part(which: Int, position: Int, head: Int): List<Double> {
    val from = (position * 3 + which) * INSIDE + head * WIDTH
    return slice(from until from + WIDTH)
}

private fun dot(x: List<Double>, y: List<Double>) = x.zip(y, Double::times).sum()

private fun heads(of: (head: Int) -> List<List<Double>>): DoubleArray {
    val each = (0 until HEADS).map { of(it) }
    return (0 until TIME).flatMap { position -> each.flatMap { it[position] } }.toDoubleArray()
}

/** Equation 4: each query by all keys. */
private fun allPairs(x: DoubleArray) = heads { head ->
    List(TIME) { query ->
        val features = x.part(0, query, head).map(::feature)
        val similar = List(TIME) { key -> dot(features, x.part(1, key, head).map(::feature)) }
        List(WIDTH) { at ->
            similar.indices.sumOf { similar[it] * x.part(2, it, head)[at] } / (similar.sum() + EPSILON)
        }
    }
}

/** Equations 16 to 20: sums that each position adds its key and value to, and that its query reads. */
private fun recurrent(x: DoubleArray) = heads { head ->
    val sums = Array(WIDTH) { DoubleArray(WIDTH) }
    val keys = DoubleArray(WIDTH)
    List(TIME) { position ->
        val key = x.part(1, position, head).map(::feature)
        val value = x.part(2, position, head)
        key.forEachIndexed { row, number ->
            keys[row] += number
            value.forEachIndexed { column, other -> sums[row][column] += number * other }
        }
        val query = x.part(0, position, head).map(::feature)
        List(WIDTH) { at -> dot(query, sums.map { it[at] }) / (dot(query, keys.toList()) + EPSILON) }
    }
}

private fun linear(form: Form): Model =
    model("linear", width = 3 * INSIDE) {
        bias = false
        val seen by vectors(features = 3 * INSIDE)
        val out by
            stack(seen, layers = 1) {
                attention(heads = HEADS, headWidth = WIDTH) {
                    if (form == Form.Recurrent) causal()
                    kernel = EluPlusOne
                }
            }
    }

private fun writer(): Model =
    model("linear", width = 12) {
        val text by tokens(vocab = WORDS) { sinusoidal() }
        val decoder by
            stack(text, layers = 2) {
                attention(heads = HEADS) {
                    causal()
                    kernel = EluPlusOne
                }
                addNorm()
                feedForward(hidden = 20)
                addNorm()
            }
        val next by logits(decoder)
    }

/** Maps that pick queries, keys and values out of what stands side by side. */
private fun picking(): Map<String, INDArray> {
    val one = Nd4j.eye(INSIDE.toLong())
    val none = Nd4j.zeros(INSIDE, INSIDE)
    fun pick(at: Int) = Nd4j.concat(1, *List(3) { if (it == at) one else none }.toTypedArray())
    return mapOf(
        "out/0/attention/query/weight" to pick(0),
        "out/0/attention/key/weight" to pick(1),
        "out/0/attention/value/weight" to pick(2),
        "out/0/attention/output/weight" to pick(0).transpose().dup('c'),
    )
}
