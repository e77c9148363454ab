package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.messages.PartMessages
import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.Method
import io.heddle.model.Model
import io.heddle.model.Rotary
import io.heddle.model.ScoreCap
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.model.Weights
import io.heddle.model.word
import io.heddle.terms.Everything
import io.heddle.terms.Groups
import io.heddle.terms.Identity
import io.heddle.terms.Own
import io.heddle.terms.Shared

/** Where the weights of [part] in layer [number] are: its own place, or that of those that it shares them with. */
internal fun Stack.weights(part: Sublayer, number: Int): String =
    when (val weights = part.weights) {
        is Weights.AsStack ->
            when (val sharing = sharing) {
                is Own -> "$name/$number/${part.name}"
                is Shared -> "$name/shared/${part.name}"
                is Groups -> "$name/group${number * sharing.count / layers.size}/${part.name}"
            }
        is Weights.Own -> "$name/$number/${part.name}"
        is Weights.Named -> weights.name
    }

/** Parts that share weights have weights of the same sizes, that begin alike. */
internal class SharedWeights(private val model: Model) {
    private data class Owner(val path: String, val weighted: Sublayer, val width: Int)

    private data class Closed(val path: String, val close: AddNorm)

    fun problems(): List<Problem> = sublayers() + closes()

    /** The norm of a residual has the weights of the sublayer before it. */
    private fun closes(): List<Problem> {
        val owners = HashMap<String, Closed>()
        return model.all<Stack>().flatMap { stack ->
            stack.layers.flatMapIndexed { number, layer ->
                layer.parts.zipWithNext().mapNotNull { (part, close) ->
                    if (part !is Sublayer || close !is AddNorm) return@mapNotNull null
                    val own = Closed("${stack.name}/$number/${part.name}", weighted(close))
                    val owner = owners.getOrPut(stack.weights(part, number)) { own }
                    if (owner.close == own.close || owner.path == own.path) null
                    else differ("${owner.path}/norm", "${own.path}/norm")
                }
            }
        }
    }

    private fun sublayers(): List<Problem> {
        val owners = HashMap<String, Owner>()
        return model.all<Stack>().flatMap { stack ->
            stack.layers.flatMapIndexed { number, layer ->
                layer.parts.filterIsInstance<Sublayer>().mapNotNull { part ->
                    val own = Owner("${stack.name}/$number/${part.name}", weighted(part), stack.width)
                    val owner = owners.getOrPut(stack.weights(part, number)) { own }
                    val alike = owner.weighted == own.weighted && owner.width == own.width
                    if (alike || owner.path == own.path) null else differ(owner.path, own.path)
                }
            }
        }
    }

    private fun differ(owner: String, own: String): Problem {
        val first = model.fact("first", owner, owner.word(""))
        val second = model.fact("second", own, own.word(""))
        return PartMessages.sharedWeightsDiffer().at(own, first, second)
    }

    /** What of [close] its weights depend on. */
    private fun weighted(close: AddNorm): AddNorm = close.copy(dropout = 0.0, skip = 0.0)

    /** What of [part] its weights depend on; the rest may be another in each place. */
    private fun weighted(part: Sublayer): Sublayer =
        when (part) {
            is Attention ->
                part.copy(
                    name = "",
                    mask = Everything,
                    method = weighted(part.method),
                    rotary = Rotary.None,
                    scale = AttentionScale.RootHeadWidth,
                    cap = ScoreCap.None,
                    memory = 0,
                    dropout = 0.0,
                    weights = Weights.AsStack,
                )
            is CrossAttention ->
                part.copy(
                    name = "",
                    from = "",
                    mask = Everything,
                    method = weighted(part.method),
                    scale = AttentionScale.RootHeadWidth,
                    cap = ScoreCap.None,
                    dropout = 0.0,
                    weights = Weights.AsStack,
                )
            is FeedForward -> weighted(part)
            is Experts ->
                part.copy(
                    name = "",
                    topK = 1,
                    capacity = 1.0,
                    expert = weighted(part.expert),
                    weights = Weights.AsStack,
                )
        }

    private fun weighted(part: FeedForward) =
        part.copy(name = "", activation = Identity, dropout = 0.0, weights = Weights.AsStack)

    private fun weighted(method: Method): Method = if (method is Method.TopK) Method.Softmax else method
}
