@file:JvmName("Lowering")

package io.heddle.lowering

import io.heddle.check.ProblemsException
import io.heddle.graph.Graph
import io.heddle.graph.GraphVerifier
import io.heddle.model.Model
import io.heddle.rules.AttentionPlace
import io.heddle.rules.Folding
import io.heddle.rules.check

/**
 * Writes a model as a graph over symbolic dims.
 *
 * Weights are named by path: `decoder/3/crossAttention/query/weight`. [Names] says what goes in and comes out.
 *
 * @throws ProblemsException with everything that is wrong with the model, or that keeps it from the purpose
 */
public fun Model.lower(purpose: Purpose): Graph {
    val problems = check().ifEmpty { purposeProblems(purpose).let { Folding.fold(this, it) } }
    if (problems.isNotEmpty()) throw ProblemsException(problems)
    return graph(purpose, emptyList())
}

/**
 * The graph of [Purpose.Inference], and beside it the weights of [attentions] as outputs, see [Names.attentionWeights].
 *
 * What the graph computes besides stays as it is, node by node: weights are computed from what the attentions read.
 *
 * @throws ProblemsException with everything that is wrong with the model, or the attentions that have no weights
 */
public fun Model.lowerWithWeights(attentions: List<AttentionPlace>): Graph {
    val problems = check().ifEmpty { attentions.flatMap { weightless(it) } }
    if (problems.isNotEmpty()) throw ProblemsException(problems)
    return graph(Purpose.Inference, attentions)
}

/**
 * The graph of [Purpose.Decoding] that gives what [view] says. All views of a model keep the same states, so that
 * programs of several may go on from each other.
 *
 * @throws ProblemsException with everything that is wrong with the model, that keeps it from decoding, or the
 *   attentions that have no weights
 */
public fun Model.lowerDecoding(view: DecodingView): Graph {
    val attentions =
        when (view) {
            is DecodingView.Next,
            is DecodingView.Every,
            is DecodingView.Vectors -> emptyList()
            is DecodingView.Weights -> view.attentions
        }
    val problems =
        check().ifEmpty {
            purposeProblems(Purpose.Decoding).let { Folding.fold(this, it) } + attentions.flatMap { weightless(it) }
        }
    if (problems.isNotEmpty()) throw ProblemsException(problems)
    return graph(Purpose.Decoding, attentions, view)
}

private fun Model.graph(
    purpose: Purpose,
    attentions: List<AttentionPlace>,
    view: DecodingView = DecodingView.Next,
): Graph {
    val graph = ModelLowering(this, purpose, attentions, view).lower()
    GraphVerifier.verify(graph, "lowering ${name} for ${purpose.name.lowercase()}")
    return graph
}
