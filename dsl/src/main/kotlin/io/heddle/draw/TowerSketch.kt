package io.heddle.draw

import io.heddle.describe.words
import io.heddle.lowering.Beginnings
import io.heddle.model.AddNorm
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.BranchFactor
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.Layer
import io.heddle.model.Model
import io.heddle.model.Part
import io.heddle.model.Relative
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.terms.DeepNorm
import io.heddle.terms.Ending
import io.heddle.terms.Everything
import io.heddle.terms.Parallel
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.ReZero
import io.heddle.terms.Reversible
import io.heddle.terms.Sandwich
import io.heddle.terms.relations
import java.util.Locale

/** Says how one stack is drawn. */
internal class TowerSketch(private val model: Model, private val stack: Stack) {
    private val layout = stack.layout

    fun tower(shape: String): Tower =
        Tower(
            stack.name,
            stack.name,
            phrases(stack.words()),
            if (layout is Reversible) Streams.Two(merge(layout)) else Streams.One,
            runs(),
            ending(),
            listOf(stack.input.substringBefore('/')),
            shape,
        )

    private fun merge(layout: Reversible) =
        Box("${stack.name}/merged", Kind.Step, layout.merged.name.lowercase(), emptyList())

    private fun runs(): List<Run> {
        var number = 0
        return folds(stack.layers.mapIndexed { place, layer -> likeOthers(layer, place) }).map { fold ->
            val first = number
            val stories =
                neighbours(fold.items).map { equal ->
                    Story("${stack.name}/$number", equal.times, branches(equal.items.first(), number)).also {
                        number += equal.times
                    }
                }
            number = first + fold.times * fold.items.size
            Run("${stack.name}/$first", fold.times, stories)
        }
    }

    /** A layer that reads the layer of its own number is like its neighbours that do so too. */
    private fun likeOthers(layer: Layer, number: Int): List<Part> =
        layer.parts.map { part ->
            val ownNumber = part is CrossAttention && part.from.substringAfter('/', "") == "$number"
            if (part is CrossAttention && ownNumber) part.copy(from = sameLayer(part.from)) else part
        }

    private fun sameLayer(from: String) = "${from.substringBefore('/')}/the same layer"

    private fun branches(parts: List<Part>, number: Int): List<Branch> {
        val closed = mutableListOf<Pair<List<Sublayer>, AddNorm>>()
        val open = mutableListOf<Sublayer>()
        parts.forEach { part ->
            when (part) {
                is Sublayer -> open += part
                is AddNorm -> {
                    closed += open.toList() to part
                    open.clear()
                }
            }
        }
        val residuals =
            if (layout is Parallel && closed.isNotEmpty()) listOf(parallel(closed, number))
            else closed.map { (sublayers, close) -> residual(sublayers, close, number) }
        return if (open.isEmpty()) residuals else residuals + Plain(open.map { box(it, number) })
    }

    private fun residual(sublayers: List<Sublayer>, close: AddNorm, number: Int): Residual {
        val path = "${stack.name}/$number/${sublayers.lastOrNull()?.name ?: "addNorm"}"
        val norm = normed(path, "norm", close)
        val column = sublayers.map { box(it, number) } + factors(path, close)
        val sum = "$path/add"
        return when (layout) {
            is PostNorm -> Residual(sum, emptyList(), listOf(column), norm, "")
            is DeepNorm -> Residual(sum, emptyList(), listOf(column), norm, alpha())
            is PreNorm,
            is Parallel,
            is Reversible -> Residual(sum, norm, listOf(column), emptyList(), "")
            is Sandwich -> Residual(sum, norm, listOf(column + normed(path, "outputNorm", close)), emptyList(), "")
            is ReZero -> {
                val rate = Box("$path/rate", Kind.Factor, "× rate, from 0", emptyList())
                Residual(sum, emptyList(), listOf(column + rate), emptyList(), "")
            }
        }
    }

    private fun alpha() = "× " + "%.2f".format(Locale.ROOT, Beginnings(model, stack).alpha)

    private fun parallel(closed: List<Pair<List<Sublayer>, AddNorm>>, number: Int): Residual {
        val all = closed.map { (sublayers, close) -> residual(sublayers, close, number) }
        return Residual(all.last().sum, all.first().first, all.flatMap { it.columns }, emptyList(), "")
    }

    private fun normed(path: String, word: String, close: AddNorm) =
        listOf(normBox("$path/$word", close.norm)).filter { it.title != NO_NORM }

    private fun factors(path: String, close: AddNorm): List<Box> =
        when (val scale = close.scale) {
            is BranchFactor.One -> emptyList()
            is BranchFactor.Trained ->
                listOf(Box("$path/scale", Kind.Factor, "× scale, from ${scale.start}", emptyList()))
        }

    private fun ending(): List<Box> {
        val last = stack.layers.lastOrNull()?.parts?.filterIsInstance<AddNorm>()?.lastOrNull()
        val normed =
            when (layout) {
                is PostNorm,
                is DeepNorm,
                is ReZero -> false
                is PreNorm,
                is Sandwich,
                is Parallel,
                is Reversible -> stack.ending == Ending.Normed
            }
        return if (last == null || !normed) emptyList() else normed(stack.name, "norm", last)
    }

    private fun box(part: Sublayer, number: Int): Box {
        val path = "${stack.name}/$number/${part.name}"
        val words = part.words().replace("/the same layer", ", the same layer")
        val hidden = (part as? Attending)?.mask?.takeIf { it != Everything }?.let { "$it" }.orEmpty()
        val notes = phrases(words) + listOf(hidden).filter { it.isNotEmpty() && it !in words }
        val relations = (part as? Attending)?.mask?.relations().orEmpty()
        return when (part) {
            is Attention -> {
                val bias = (part.relative as? Relative.Bias)?.bias
                Box(path, Kind.Attention, title(part), notes, reads = listOfNotNull(bias) + relations)
            }
            is CrossAttention -> {
                val from = part.from.substringBefore('/')
                Box(path, Kind.CrossAttention, title(part), notes, reads = listOf(from) + relations)
            }
            is FeedForward -> Box(path, Kind.FeedForward, title(part), notes)
            is Experts -> Box(path, Kind.Experts, title(part), notes, cells = numbered(part.count))
        }
    }

    private fun title(part: Sublayer) = if (part.name == "crossAttention") "cross-attention" else title(part.name)

    private fun title(name: String) = if (name == "feedForward") "feed-forward" else name
}
