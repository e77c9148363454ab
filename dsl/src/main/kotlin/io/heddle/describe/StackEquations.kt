package io.heddle.describe

import io.heddle.lowering.Beginnings
import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.BranchFactor
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.InputComponent
import io.heddle.model.Model
import io.heddle.model.Part
import io.heddle.model.Position
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.model.Weights
import io.heddle.model.inputBelow
import io.heddle.terms.DeepNorm
import io.heddle.terms.Ending
import io.heddle.terms.Groups
import io.heddle.terms.Merge
import io.heddle.terms.Own
import io.heddle.terms.Parallel
import io.heddle.terms.PositionTarget
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.ReZero
import io.heddle.terms.Reversible
import io.heddle.terms.Sandwich
import io.heddle.terms.Shared
import java.util.Locale

/** Says what the layers of a stack make of what comes in, as its layout says. */
internal class StackEquations(private val model: Model, private val stack: Stack) {
    private val layout = stack.layout
    private val input = model.component(model.inputBelow(stack.name)) as InputComponent
    private val streams = layout is Reversible

    fun sections(): List<EquationSection> = listOf(whole()) + stack.runs().map { run(it) }

    /** Where the stack begins and how it ends. */
    private fun whole(): EquationSection {
        val start = name(stack.input)
        val begin =
            if (streams) listOf(Equation(name("left"), start), Equation(name("right"), start))
            else listOf(Equation(x, start))
        val layers =
            Equation(if (streams) Term.Words("left, right") else x, Term.Words("layers of ${stack.name}, ${times()}"))
        return EquationSection.of(stack.name, begin + layers + depth() + Equation(name(stack.name), ending()))
    }

    private fun times(): String {
        val count = stack.layers.size
        val weights =
            when (val sharing = stack.sharing) {
                is Own -> ""
                is Shared -> ", all with the same weights"
                is Groups -> ", with ${sharing.count} sets of weights"
            }
        return (if (count == 1) "1 of them" else "$count of them") + weights
    }

    private fun ending(): Term {
        val made =
            when (layout) {
                is Reversible -> {
                    val both = sum(name("left"), name("right"))
                    when (layout.merged) {
                        Merge.Mean -> Term.Fraction(both, number(2))
                        Merge.Sum -> both
                        Merge.Concatenation -> call("concat", name("left"), name("right"))
                    }
                }
                is PostNorm,
                is PreNorm,
                is Sandwich,
                is DeepNorm,
                is Parallel,
                is ReZero -> x
            }
        val last = stack.layers.lastOrNull()?.parts?.filterIsInstance<AddNorm>()?.lastOrNull()
        val finished =
            when (layout) {
                is PreNorm,
                is Sandwich,
                is Parallel,
                is Reversible -> stack.ending == Ending.Normed
                is PostNorm,
                is DeepNorm,
                is ReZero -> false
            }
        return if (finished && last != null) normed(last.norm, last.bias, made) else made
    }

    /** The two numbers of [DeepNorm] that follow from the depth. */
    private fun depth(): List<Equation> {
        if (layout !is DeepNorm) return emptyList()
        val beginnings = Beginnings(model, stack)
        val (alpha, beta) = beginnings.alphaWords to beginnings.betaWords
        return listOf(
            Equation(name("alpha"), Term.Words("$alpha = ${rounded(beginnings.alpha)}")),
            Equation(name("beta"), Term.Words("$beta = ${rounded(beginnings.beta)}"), BETA),
        )
    }

    private fun rounded(value: Double) = "%.4f".format(Locale.ROOT, value)

    private fun run(run: LayerRun): EquationSection {
        val number = run.numbers[0]
        val writer = BranchWriter(number)
        run.layer.parts.forEach { writer.take(it) }
        val inside = run.layer.parts.filterIsInstance<Sublayer>().map { sublayer(it, number) }
        val title = "${stack.name}, ${run.words()}" + if (run.times > 1) " (x${run.times})" else ""
        return EquationSection(title, listOf(entering() + writer.lines()) + inside, remarks(run))
    }

    private fun entering(): List<Equation> {
        val added = input.position !is Position.None && input.position.to == PositionTarget.EveryLayer
        return if (added) listOf(Equation(x, sum(x, InputEquations.position(input)))) else emptyList()
    }

    private fun sublayer(part: Sublayer, number: Int): List<Equation> =
        when (part) {
            is Attention -> AttentionEquations(model, stack, part).lines()
            is CrossAttention -> AttentionEquations(model, stack, part.copy(from = part.from.ownLayer(number))).lines()
            is FeedForward -> FeedForwardEquations.lines(part, part.name)
            is Experts -> FeedForwardEquations.lines(part)
        }

    private fun remarks(run: LayerRun): List<String> =
        run.layer.parts
            .filterIsInstance<Sublayer>()
            .flatMap { part -> listOf(weights(part), memory(part, run)) }
            .filter { it.isNotEmpty() }

    private fun weights(part: Sublayer): String =
        when (val weights = part.weights) {
            is Weights.AsStack -> ""
            is Weights.Own -> if (stack.sharing is Own) "" else "${part.name} has weights of its own"
            is Weights.Named -> "${part.name} has the weights named ${weights.name}"
        }

    private fun memory(part: Sublayer, run: LayerRun): String {
        val from = (part as? CrossAttention)?.from?.ownLayer(run.numbers[0]).orEmpty()
        return if (from.endsWith("/*")) "$from is the layer of the same number" else ""
    }

    /** Writes the residuals of a layer, one after the other. */
    private inner class BranchWriter(private val number: Int) {
        private val open = mutableListOf<Sublayer>()
        private val closed = mutableListOf<Pair<List<Sublayer>, AddNorm>>()
        private var turn = stack.layers.take(number).sumOf { layer -> layer.parts.count { it is AddNorm } }

        fun take(part: Part) {
            when (part) {
                is Sublayer -> open += part
                is AddNorm -> {
                    closed += open.toList() to part
                    open.clear()
                }
            }
        }

        fun lines(): List<Equation> {
            val residuals =
                if (layout is Parallel) parallel() else closed.map { (parts, close) -> residual(parts, close) }
            val rest = open.map { Equation(streamRead(), applied(it, streamRead())) }
            return residuals + rest
        }

        private fun streamRead(): Term = if (streams) name(if (turn % 2 == 0) "right" else "left") else x

        private fun applied(part: Sublayer, to: Term): Term =
            if (part is CrossAttention) call(part.name, to, name(part.from.ownLayer(number))) else call(part.name, to)

        private fun branch(parts: List<Sublayer>, close: AddNorm, of: Term): Term {
            val made = dropped(close.dropout, parts.fold(of) { y, part -> applied(part, y) })
            val scaled = if (close.scale is BranchFactor.Trained) Term.Each(name("lambda"), made) else made
            return if (close.skip == 0.0) scaled else call("dropPath", scaled)
        }

        private fun note(close: AddNorm): String =
            listOf(
                    if (close.dropout == 0.0) "" else "dropout ${plain(close.dropout)}",
                    if (close.skip == 0.0) "" else "dropPath ${plain(close.skip)}",
                    (close.scale as? BranchFactor.Trained)?.let { "lambda trained, from ${plain(it.start)}" }.orEmpty(),
                    if (layout is ReZero) "rate trained, from 0" else "",
                )
                .filter { it.isNotEmpty() }
                .joinToString()

        private fun residual(parts: List<Sublayer>, close: AddNorm): Equation {
            fun norm(y: Term) = normed(close.norm, close.bias, y)
            val right =
                when (layout) {
                    is PostNorm -> norm(sum(x, branch(parts, close, x)))
                    is PreNorm,
                    is Parallel -> sum(x, branch(parts, close, norm(x)))
                    is Sandwich -> sum(x, norm(branch(parts, close, norm(x))))
                    is DeepNorm -> norm(sum(product(name("alpha"), x), branch(parts, close, x)))
                    is ReZero -> sum(x, product(name("rate"), branch(parts, close, x)))
                    is Reversible -> return inTurn(parts, close)
                }
            return Equation(x, right, note(close))
        }

        private fun inTurn(parts: List<Sublayer>, close: AddNorm): Equation {
            val read = streamRead()
            val written = name(if (turn % 2 == 0) "left" else "right")
            turn++
            return Equation(
                written,
                sum(written, branch(parts, close, normed(close.norm, close.bias, read))),
                note(close),
            )
        }

        private fun parallel(): List<Equation> {
            val first = closed.firstOrNull()?.second ?: return emptyList()
            val branches = closed.map { (parts, close) -> branch(parts, close, name("y")) }
            val right = sum(x, *branches.toTypedArray())
            val notes = closed.map { (_, close) -> note(close) }
            val note = notes.distinct().singleOrNull() ?: notes.joinToString("; ") { it.ifEmpty { "nothing dropped" } }
            return listOf(Equation(name("y"), normed(first.norm, first.bias, x)), Equation(x, right, note))
        }
    }

    private companion object {
        const val BETA = "what value, output and feed-forward matrices begin with"
    }
}
