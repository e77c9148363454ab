@file:JvmName("Describe")
@file:JvmMultifileClass

package io.heddle.describe

import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.dims.Dim
import io.heddle.graph.Graph
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.messages.CostMessages
import io.heddle.model.FrameInput
import io.heddle.model.InputComponent
import io.heddle.model.Model
import io.heddle.model.Position
import io.heddle.model.word
import io.heddle.rules.fact
import java.math.BigInteger

/**
 * The model as a table: what each part is, the shape of what it makes, how many parameters it has, and how many
 * operations a forward pass takes. Layers that are equal stand there once. Below is what all cost together, as
 * [ModelCost] tells it.
 *
 * @param sizes what dims are known to be, by name: `batch`, or the name of an input for its length
 * @throws ProblemsException for a model that does not fit together, and for sizes of what it does not have
 */
@JvmOverloads
public fun Model.summary(sizes: Map<String, Long> = emptyMap()): String {
    val graph = lower(Purpose.Inference)
    checkSizes(graph, sizes)
    val training = if (objectives.isEmpty()) graph else lower(Purpose.Training)
    val table = SummaryTable(this, Ledger(graph, training, all<InputComponent>().mapTo(HashSet()) { it.name }), sizes)
    return listOf(name, "", "$table", "", costs(cost(graph, training).at(sizes))).joinToString("\n")
}

private fun costs(cost: ModelCost): String {
    val table = TextTable()
    table.row("parameters", grouped(cost.trained + cost.fixed) + fixed(cost.fixed))
    table.row("operations forward", told(cost.forward))
    table.row("forward and backward", told(cost.training))
    table.row("kept for the backward", bytes(told(cost.activations), cost.activations.numberOrZero()))
    when (val cache = cost.cache) {
        is Cache.None -> table.row("cache of each token", "none: ${cache.why}")
        is Cache.PerToken -> {
            table.row("cache of each token", bytes(told(cache.bytes), cache.bytes.numberOrZero()))
            table.row("cache of all tokens", bytes(told(cache.all), cache.all.numberOrZero()))
        }
    }
    return "$table"
}

private fun fixed(count: BigInteger) = if (count.signum() == 0) "" else ", of which ${grouped(count)} are not trained"

private fun Dim.numberOrZero(): BigInteger = if (isKnown) number else BigInteger.ZERO

/** With a unit that fits, where there are many. */
private fun bytes(text: String, count: BigInteger): String {
    if (count < KIBI) return "$text bytes"
    val step = generateSequence(0) { it + 1 }.first { (count shr (BITS * (it + 1))) < KIBI || it == UNITS.lastIndex }
    val tenths = (count * BigInteger.TEN) shr (BITS * (step + 1))
    val (whole, tenth) = tenths.divideAndRemainder(BigInteger.TEN)
    return "$text bytes (${grouped(whole)}.$tenth ${UNITS[step]})"
}

private const val BITS = 10
private val KIBI = BigInteger.ONE shl BITS
private val UNITS = listOf("KiB", "MiB", "GiB", "TiB", "PiB")

/** That an input called [size] has not as many positions as [length], if so. */
private fun Model.tooLong(size: String, length: Long): Problem? {
    val input = components.find { it.name == size } as? InputComponent ?: return null
    val learned = input.position as? Position.Learned ?: return null
    // The positions of frames are counted behind the convolutions.
    if (input is FrameInput || length <= learned.length) return null
    val said = fact("positions", learned.length, size.word("position"))
    return CostMessages.longerThanPositions(size, length, learned.length).at(size, said)
}

/**
 * Refuses sizes that this model does not have, and those that it cannot have.
 *
 * @throws ProblemsException with all of them, and for a model that does not fit together
 */
public fun Model.checkSizes(sizes: Map<String, Long>) {
    checkSizes(lower(Purpose.Inference), sizes)
}

internal fun Model.checkSizes(graph: Graph, sizes: Map<String, Long>) {
    val known =
        graph.nodes
            .flatMap { node -> node.outputs.flatMap { it.type.shape.dims } }
            .flatMapTo(sortedSetOf()) { it.symbols }
    val problems =
        sizes.mapNotNull { (size, value) ->
            when {
                size !in known -> CostMessages.noSuchSize(size, known).at(name)
                value < 1 -> CostMessages.notPositive(size, value).at(name)
                else -> tooLong(size, value)
            }
        }
    if (problems.isNotEmpty()) throw ProblemsException(problems)
}
