@file:JvmName("Describe")
@file:JvmMultifileClass

package io.heddle.describe

import io.heddle.check.ProblemsException
import io.heddle.dims.Dim
import io.heddle.graph.Graph
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.model.inputBelow
import io.heddle.rules.written
import java.math.BigInteger

/**
 * What a model costs. Formulas are over `batch` and the lengths of inputs; [Dim.count] makes numbers of them.
 *
 * @property trained how many numbers training changes; shared ones count once
 * @property fixed how many more there are that it does not: frozen, drawn once, or running averages
 * @property forward operations of a forward pass without a loss; see [Cost.operations]
 * @property training operations of a training step, loss and gradients with it; see [Cost.trainingOperations]
 * @property activations bytes kept between forward and backward pass; see [Cost.activations]
 * @property cache what decoding keeps of each token
 */
public data class ModelCost(
    public val trained: BigInteger,
    public val fixed: BigInteger,
    public val forward: Dim,
    public val training: Dim,
    public val activations: Dim,
    public val cache: Cache,
) {
    /** The same, with the dims that [sizes] name as numbers. */
    public fun at(sizes: Map<String, Long>): ModelCost =
        copy(
            forward = forward.bind(sizes),
            training = training.bind(sizes),
            activations = activations.bind(sizes),
            cache = cache.at(sizes),
        )
}

/** What decoding keeps of each token. */
public sealed interface Cache {
    /** The same, with the dims that [sizes] name as numbers. */
    public fun at(sizes: Map<String, Long>): Cache =
        when (this) {
            is None -> this
            is PerToken -> PerToken(bytes.bind(sizes), all.bind(sizes))
        }

    /** The model writes no text token by token, because of [why]. */
    public data class None(public val why: String) : Cache

    /**
     * Keys and values of all layers in floats.
     *
     * @property bytes for each token of each sequence that is written
     * @property all for all sequences, with the keys and values of what cross-attention looks at
     */
    public data class PerToken(public val bytes: Dim, public val all: Dim) : Cache
}

/**
 * What this model costs.
 *
 * @throws ProblemsException for a model that does not fit together
 */
public fun Model.cost(): ModelCost = cost(lower(Purpose.Inference))

internal fun Model.cost(inference: Graph): ModelCost =
    cost(inference, if (objectives.isEmpty()) inference else lower(Purpose.Training))

internal fun Model.cost(inference: Graph, training: Graph): ModelCost {
    val backward = Cost.backward(training)
    val weights = weights(inference, training)
    return ModelCost(
        weights.filter { (it.op as Op.Parameter).role != Role.Fixed }.sumOf { Cost.size(it.output) },
        weights.filter { (it.op as Op.Parameter).role == Role.Fixed }.sumOf { Cost.size(it.output) },
        Cost.operations(inference),
        Cost.trainingOperations(training, backward),
        Cost.activations(backward),
        cache(),
    )
}

/** The weights of a model, each once: some are read by a loss alone, some by no loss. */
internal fun weights(vararg graphs: Graph): List<Node> =
    graphs.flatMap { it.parameters }.distinctBy { (it.op as Op.Parameter).name }

private fun Model.cache(): Cache =
    try {
        lower(Purpose.Decoding).let { decoding ->
            val written = inputBelow(written().single())
            Cache.PerToken(Cost.cache(decoding), Cost.caches(decoding, written))
        }
    } catch (undecodable: ProblemsException) {
        Cache.None(undecodable.problems.first().title)
    }
