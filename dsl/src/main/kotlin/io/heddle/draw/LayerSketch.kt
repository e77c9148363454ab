package io.heddle.draw

import io.heddle.describe.grouped
import io.heddle.describe.words
import io.heddle.lowering.Beginnings
import io.heddle.model.AddNorm
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.BranchFactor
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.Model
import io.heddle.model.Relative
import io.heddle.model.Stack
import io.heddle.model.Sublayer
import io.heddle.terms.DeepNorm
import io.heddle.terms.Everything
import io.heddle.terms.Parallel
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.ReZero
import io.heddle.terms.Reversible
import io.heddle.terms.Sandwich
import io.heddle.terms.relations
import java.util.Locale

/**
 * Says how one layer of a stack is drawn. It stands for all [layers], and tells in what they differ.
 *
 * @property ways the names of the ways out of a stack by which some of its layers are read
 */
internal class LayerSketch(
    private val model: Model,
    private val stack: Stack,
    private val layers: List<Int>,
    private val ways: (String, List<Int>) -> List<String>,
) {
    private val layout = stack.layout
    private val number = layers.first()

    /** What the layer is made of, in the order in which it computes. */
    fun branches(): List<Branch> {
        val closed = mutableListOf<Pair<List<Sublayer>, AddNorm>>()
        val open = mutableListOf<Sublayer>()
        stack.layers[number].parts.forEach { part ->
            when (part) {
                is Sublayer -> open += part
                is AddNorm -> {
                    closed += open.toList() to part
                    open.clear()
                }
            }
        }
        val residuals =
            if (layout is Parallel && closed.isNotEmpty()) listOf(parallel(closed))
            else closed.map { (sublayers, close) -> residual(sublayers, close) }
        return if (open.isEmpty()) residuals else residuals + Plain(open.map { box(it) })
    }

    private fun residual(sublayers: List<Sublayer>, close: AddNorm): Residual {
        val path = "${stack.name}/$number/${sublayers.lastOrNull()?.name ?: "addNorm"}"
        val norm = normed(path, "norm", close)
        val column = sublayers.map { box(it) } + factors(path, close)
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

    private fun parallel(closed: List<Pair<List<Sublayer>, AddNorm>>): Residual {
        val all = closed.map { (sublayers, close) -> residual(sublayers, close) }
        return Residual(all.last().sum, all.first().first, all.flatMap { it.columns }, emptyList(), "")
    }

    private fun factors(path: String, close: AddNorm): List<Box> =
        when (val scale = close.scale) {
            is BranchFactor.One -> emptyList()
            is BranchFactor.Trained ->
                listOf(Box("$path/scale", Kind.Factor, "× scale, from ${scale.start}", emptyList()))
        }

    private fun box(part: Sublayer): Box {
        val path = "${stack.name}/$number/${part.name}"
        val notes =
            varied(layers.mapNotNull { layer -> sublayer(layer, part.name)?.let { layer to notes(it) } }.toMap())
        val relations = (part as? Attending)?.mask?.relations().orEmpty()
        return when (part) {
            is Attention -> {
                val bias = (part.relative as? Relative.Bias)?.bias
                Box(path, Kind.Attention, title(part), notes, reads = listOfNotNull(bias) + relations)
            }
            is CrossAttention -> Box(path, Kind.CrossAttention, title(part), notes, reads = from(part) + relations)
            is FeedForward -> Box(path, Kind.FeedForward, title(part), notes)
            is Experts -> Box(path, Kind.Experts, title(part), notes, cells = numbered(part.count))
        }
    }

    private fun notes(part: Sublayer): List<String> {
        val words = if (part is CrossAttention) part.copy(from = source(part)).words() else part.words()
        val hidden = (part as? Attending)?.mask?.takeIf { it != Everything }?.let { "$it" }.orEmpty()
        val memory = (part as? Attention)?.memory ?: 0
        val remembered = if (memory == 0) "" else "memory of ${grouped(memory)}"
        return phrases(words) + listOf(hidden, remembered).filter { it.isNotEmpty() && it !in words }
    }

    /** What [part] reads, and which layer of it. */
    private fun source(part: CrossAttention): String {
        val read = read(part)
        return when {
            read.isEmpty() -> part.from
            read.distinct().size == 1 -> "${part.stack}, layer ${read.first()}"
            read == layers.filter { sublayer(it, part.name) != null } -> "${part.stack}, the same layer"
            else -> "${part.stack}, layers ${listed(read.map { "$it" })}"
        }
    }

    private fun from(part: CrossAttention): List<String> =
        if (part.layer == null) listOf(part.stack) else ways(part.stack, read(part))

    private fun read(part: CrossAttention): List<Int> = stack.layersRead(layers, part.name)

    private fun sublayer(layer: Int, name: String): Sublayer? =
        stack.layers[layer].parts.filterIsInstance<Sublayer>().find { it.name == name }

    private fun title(part: Sublayer) = if (part.name == "crossAttention") "cross-attention" else title(part.name)

    private fun title(name: String) = if (name == "feedForward") "feed-forward" else name
}

/** The box of the norm of a residual, if it has one. */
internal fun normed(path: String, word: String, close: AddNorm): List<Box> =
    listOf(normBox("$path/$word", close.norm)).filter { it.title != NO_NORM }
