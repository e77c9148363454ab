package io.heddle.describe

import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.Gate
import io.heddle.terms.Side

/** Says what a feed-forward does, alone or as one of many experts. */
internal object FeedForwardEquations {
    fun lines(part: FeedForward, called: String): List<Equation> {
        val seen = if (part.kernel == 1) x else name("z")
        val up = linear(seen, "up", part.bias)
        val inside =
            when (part.gate) {
                Gate.None -> activated(part.activation, up)
                Gate.Gated -> Term.Each(activated(part.activation, linear(seen, "gate", part.bias)), up)
            }
        val right = linear(dropped(part.dropout, inside), "down", part.bias)
        val note =
            "hidden ${grouped(part.hidden)}" + if (part.dropout == 0.0) "" else ", dropout ${plain(part.dropout)}"
        val windows = if (part.kernel == 1) emptyList() else listOf(Equation(name("z"), Term.Words(windows(part))))
        return listOf(Equation(call(called, x), right, note)) + windows
    }

    private fun windows(part: FeedForward) =
        when (part.reach) {
            Side.Both -> "each position of x with its neighbours, ${part.kernel} of them"
            Side.Past -> "each position of x with those before it, ${part.kernel} of them"
        }

    fun lines(part: Experts): List<Equation> {
        val chosen = Term.Indexed(name("expert"), "e")
        val share = Term.Indexed(name("g"), "e")
        val right =
            Term.Total("e in best(g, ${part.topK})", product(share, Term.Call(TermText.write(chosen), listOf(x))))
        val room = "each expert takes ${plain(part.capacity * part.topK)} * positions / ${grouped(part.count)} at most"
        val gate = Equation(name("g"), call("softmax", linear(x, "router", false)), "${grouped(part.count)} experts")
        return listOf(Equation(call(part.name, x), right, room), gate) + lines(part.expert, "expert_e")
    }
}
