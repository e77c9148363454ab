package io.heddle.specs.onnx

import io.heddle.graph.Element
import io.heddle.runtime.backend.WeightKernels
import io.heddle.runtime.backend.WeightKernels.AdamStep
import io.heddle.runtime.backend.WeightKernels.MomentumStep
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Tensor
import io.heddle.specs.support.Numbers
import io.heddle.specs.support.array
import io.heddle.specs.support.numbers

/**
 * Optimizers: what a backend does to all weights at once. The gradient of the operators' penalty, `norm * w`, is added
 * first.
 */
val optimizerNodes: Map<String, NodeRun> =
    mapOf(
        "Momentum" to
            updating(2) { kernels, case, weights, gradients, state ->
                val step = MomentumStep(case.input(RATE)[0], case.number("alpha"), UNSCALED)
                kernels.momentum(step, weights, gradients, state.single())
            },
        "Adam" to
            updating(3) { kernels, case, weights, gradients, state ->
                val step =
                    AdamStep(
                        case.input(RATE)[0],
                        case.number("alpha"),
                        case.number("beta"),
                        case.number("epsilon"),
                        NO_DECAY,
                        UNSCALED,
                        LATE,
                    )
                kernels.adam(step, weights, gradients, state.first(), state.last())
            },
    )

private const val RATE = 0
private const val UNSCALED = 1.0
private const val NO_DECAY = 0.0

/**
 * Of step 0, which all cases are of, ONNX does not divide the moments by `1 - beta^step`; here nobody does any longer.
 */
private const val LATE = 100_000L

private typealias Update = (WeightKernels, NodeCase, Tensor, Tensor, List<Tensor>) -> Unit

/** Inputs are `rate, step`, all weights, all gradients, and all tensors of each of the other kinds of state. */
private fun updating(kinds: Int, update: Update): NodeRun = { case, engine ->
    val count = (case.inputCount - 2) / (kinds + 1)
    (0 until count)
        .flatMap { at ->
            val (weights, gradients) = case.input(2 + at) to case.input(2 + count + at)
            val penalty = case.number("norm_coefficient")
            val pull = Numbers.make(weights.shape) { gradients[it] + penalty * weights[it] }
            val state = (2..kinds).map { tensor(engine, case.input(2 + it * count + at)) }
            val changed = tensor(engine, weights)
            update(engine.backend().weightKernels(), case, changed, tensor(engine, pull), state)
            (listOf(changed) + state).mapIndexed { kind, tensor ->
                case.outputName(kind * count + at) to tensor.array().numbers()
            }
        }
        .toMap()
}

private fun tensor(engine: Engine, numbers: Numbers): Tensor =
    Tensor.allocate(engine.precision().type(Element.Real), *numbers.shape.map { it.toLong() }.toLongArray()).apply {
        array().assign(numbers.array())
    }
