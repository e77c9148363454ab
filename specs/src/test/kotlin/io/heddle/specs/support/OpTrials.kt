package io.heddle.specs.support

import io.heddle.dims.Dim
import io.heddle.graph.Direction
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Role
import io.heddle.graph.Start
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.terms.Activation
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.SinusoidOrder
import kotlin.random.Random

/** One use of an op in a random graph: [write] gives the values that the loss is made of. */
class OpTrial(val op: Class<out Op>, val name: String, private val write: TrialBuilder.() -> List<Value>) {
    fun trial(seed: Int): Trial = TrialBuilder(Random(seed)).run { build(write()) }

    override fun toString(): String = name
}

/** All kinds of ops, found by looking at [Op] itself. */
fun opClasses(of: Class<out Op> = Op::class.java): List<Class<out Op>> =
    of.permittedSubclasses.flatMap { kind ->
        val op = kind.asSubclass(Op::class.java)
        if (op.isSealed) opClasses(op) else listOf(op)
    }

/** Every activation, likewise. */
val activations: List<Activation> =
    Activation::class.java.permittedSubclasses.map { it.getField("INSTANCE").get(null) as Activation }

/** Every op in every form that differentiates differently. */
val opTrials: List<OpTrial> =
    sourceTrials() +
        productTrials() +
        elementwiseTrials() +
        normTrials() +
        tableTrials() +
        structureTrials() +
        batchTrials() +
        rowTrials() +
        placeTrials() +
        attentionTrials() +
        lossTrials() +
        flowTrials() +
        fusedTrials()

internal inline fun <reified T : Op> trial(how: String, noinline write: TrialBuilder.() -> List<Value>) =
    OpTrial(T::class.java, "${T::class.java.simpleName} $how", write)

internal fun dim(size: Int): Dim = Dim.of(size.toLong())

private fun sourceTrials() =
    listOf(
        trial<Op.Input>("by itself") { listOf(real("x", leading())) },
        trial<Op.Parameter>("beside an input") {
            val shape = leading()
            val parameter = Op.Parameter("w", TrialBuilder.shape(shape), Start.Zeros, Role.Matrix)
            given["w"] = Numbers.random(shape, random)
            listOf(first(Op.Multiply, real("x", shape), first(parameter)))
        },
        trial<Op.State>("of zeros") {
            val shape = leading()
            listOf(first(Op.Multiply, real("x", shape), first(Op.State("state", TrialBuilder.shape(shape)))))
        },
        trial<Op.Constant>("times an input") {
            val x = real("x", leading())
            listOf(first(Op.Multiply, x, first(Op.Constant(3.0, x.type))))
        },
    )

private fun productTrials() =
    listOf(
        trial<Op.MatMul>("of rows by rows") {
            val (inner, outputs) = size() to size()
            val form = Op.MatMul(ProductForm.RowsByRows)
            listOf(first(form, real("x", leading() + inner), real("w", outputs, inner)))
        },
        trial<Op.MatMul>("of rows by columns") {
            val (inner, outputs) = size() to size()
            val form = Op.MatMul(ProductForm.RowsByColumns)
            listOf(first(form, real("x", leading() + inner), real("w", inner, outputs)))
        },
        trial<Op.MatMul>("of columns by columns") {
            val rows = leading()
            val form = Op.MatMul(ProductForm.ColumnsByColumns)
            listOf(first(form, real("x", rows + size()), real("y", rows + size())))
        },
    )

private fun elementwiseTrials() =
    listOf<Op>(Op.Add, Op.Multiply).flatMap { op ->
        val name = "$op"
        listOf(
            OpTrial(op.javaClass, "$name of one shape") {
                val shape = leading()
                listOf(first(op, real("x", shape), real("y", shape)))
            },
            OpTrial(op.javaClass, "$name of a repeated right side") {
                val right = leading()
                listOf(first(op, real("x", leading() + right), real("y", right)))
            },
            OpTrial(op.javaClass, "$name of a scalar") { listOf(first(op, real("x", leading()), real("y"))) },
            OpTrial(op.javaClass, "$name of a value with itself") {
                val x = real("x", leading())
                listOf(first(op, x, x))
            },
        )
    } +
        activations.map { activation ->
            trial<Op.Activate>("$activation") { listOf(first(Op.Activate(activation), real("x", leading()))) }
        } +
        listOf(
            trial<Op.Scale>("by a number") { listOf(first(Op.Scale(-1.5), real("x", leading()))) },
            trial<Op.SumLeading>("down to any rank") {
                val shape = leading()
                listOf(first(Op.SumLeading(random.nextInt(0, shape.size + 1)), real("x", shape)))
            },
            trial<Op.Dropout>("at 0.4") {
                listOf(first(Op.Dropout(0.4, "here"), real("x", leading() + size()), randomness()))
            },
            trial<Op.Dropout>("at 0") { listOf(first(Op.Dropout(0.0, "here"), real("x", leading()), randomness())) },
        )

private fun normTrials() =
    listOf(
        trial<Op.LayerNorm>("with a bias") {
            val width = size(6)
            val (x, gain, bias) = Triple(real("x", leading() + width), real("gain", width), real("bias", width))
            listOf(first(Op.LayerNorm(1e-3), x, gain, bias))
        },
        trial<Op.LayerNorm>("without a bias") {
            val width = size(6)
            listOf(first(Op.LayerNorm(1e-3), real("x", leading() + width), real("gain", width)))
        },
        trial<Op.RmsNorm>("of rows") {
            val width = size(6)
            listOf(first(Op.RmsNorm(1e-3), real("x", leading() + width), real("gain", width)))
        },
    )

private fun tableTrials() =
    listOf(
        trial<Op.Embed>("with repeated ids") {
            val rows = size()
            val table = real("table", rows, size())
            listOf(first(Op.Embed, table, index("ids", leading()) { random.nextInt(rows) }))
        },
        trial<Op.EmbedGradient>("with repeated ids") {
            val (rows, shape) = size() to leading()
            val ids = index("ids", shape) { random.nextInt(rows) }
            listOf(first(Op.EmbedGradient(dim(rows)), ids, real("x", shape + size())))
        },
        trial<Op.Positions>("into a sinusoid") { listOf(timesSinusoid()) },
        trial<Op.Sinusoid>("times an input") { listOf(timesSinusoid()) },
        trial<Op.TakeLast>("of ragged sequences") {
            val (batch, time) = size() to size()
            val lengths = index("lengths", listOf(batch)) { random.nextInt(1, time + 1) }
            listOf(first(Op.TakeLast, real("x", batch, time, size()), lengths))
        },
        trial<Op.RunningCorrection>("with nothing to correct yet") {
            val (rows, width) = size() to size()
            val nothing = first(Op.Constant(0.0, TensorType.real(dim(width))))
            val real = first(Op.Constant(1.0, TensorType.real(dim(rows))))
            listOf(first(Op.RunningCorrection(0.1), real("x", rows, width), nothing, real))
        },
        trial<Op.PutLast>("into ragged sequences") {
            val (batch, time) = size() to size()
            val lengths = index("lengths", listOf(batch)) { random.nextInt(1, time + 1) }
            listOf(first(Op.PutLast(dim(time)), real("x", batch, size()), lengths))
        },
    ) +
        RotaryPairs.entries.flatMap { pairs ->
            Direction.entries.map { direction ->
                trial<Op.Rotate>("of $pairs pairs $direction") {
                    val (heads, time) = size(3) to size()
                    val x = real("x", size(), time, heads * 2 * size(3))
                    val positions = index("positions", listOf(time)) { random.nextInt(0, 20) }
                    listOf(first(Op.Rotate(heads, 100.0, pairs, RotaryScaling.Linear(2.0), direction), x, positions))
                }
            }
        }

private fun TrialBuilder.timesSinusoid(): Value {
    val (time, width) = size() to 2 * size()
    val positions = first(Op.Positions(dim(time)), index("offset", random.nextInt(0, 9)))
    val order = anyOf(*SinusoidOrder.entries.toTypedArray())
    return first(Op.Multiply, real("x", size(), time, width), first(Op.Sinusoid(dim(width), order), positions))
}

private fun lossTrials() =
    listOf(0.0, 0.1).flatMap { smoothing ->
        listOf(
            trial<Op.CrossEntropy>("smoothed by $smoothing") {
                val (rows, vocabulary) = leading() to size(6)
                val labels = index("labels", rows) { random.nextInt(vocabulary) }
                listOf(first(Op.CrossEntropy(smoothing), real("logits", rows + vocabulary), labels))
            },
            trial<Op.CrossEntropy>("smoothed by $smoothing with labels left out") {
                val (rows, vocabulary) = leading() + size() to size(6)
                val labels = index("labels", rows) { random.nextInt(-2, vocabulary) }
                listOf(first(Op.CrossEntropy(smoothing), real("logits", rows + vocabulary), labels))
            },
        )
    }

private fun fusedTrials() =
    activations.map { activation ->
        trial<Op.BiasActivate>("$activation") {
            val width = size()
            listOf(first(Op.BiasActivate(activation), real("x", leading() + width), real("bias", width)))
        }
    } +
        listOf("sum and y" to listOf(0, 1), "sum alone" to listOf(0), "y alone" to listOf(1)).flatMap { (name, read) ->
            listOf(
                trial<Op.AddLayerNorm>("with a bias, read by $name") {
                    val (x, branch, gain) = residual()
                    val bias = real("bias", gain.type.shape.bound(emptyMap()))
                    all(Op.AddLayerNorm(1e-3), x, branch, gain, bias).slice(read)
                },
                trial<Op.AddLayerNorm>("without a bias, read by $name") {
                    val (x, branch, gain) = residual()
                    all(Op.AddLayerNorm(1e-3), x, branch, gain).slice(read)
                },
                trial<Op.AddRmsNorm>("read by $name") {
                    val (x, branch, gain) = residual()
                    all(Op.AddRmsNorm(1e-3), x, branch, gain).slice(read)
                },
            )
        }

private fun TrialBuilder.residual(): Triple<Value, Value, Value> {
    val width = size(6)
    val shape = leading() + width
    return Triple(real("x", shape), real("branch", shape), real("gain", width))
}
