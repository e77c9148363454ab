package io.heddle.draw

import io.heddle.model.CrossAttention
import io.heddle.model.Layer
import io.heddle.model.Model
import io.heddle.model.Part
import io.heddle.model.Stack
import io.heddle.terms.Reversible

/** Which layers of a stack are drawn as one: [stories] one above the other, all of them [times] times over. */
internal data class LayerRun(val times: Int, val stories: List<LayerStory>) {
    val layers: List<Int>
        get() = stories.flatMap { it.layers }.distinct().sorted()

    /** Whether its stories are parts of layers, each of some of them. */
    val isUnion: Boolean
        get() = stories.any { it.branches != null }
}

/**
 * The [layers] that one drawn layer stands for, [times] of them one after the other in each turn of its run; or that
 * have a part of a layer, which is [branches] of the first of them.
 */
internal data class LayerStory(val times: Int, val layers: List<Int>, val branches: IntRange? = null)

/**
 * Which layers of [model]'s stacks are drawn as one, and where what others read leads out of them.
 *
 * Equal neighbours are one, and so are patterns that repeat. A layer that reads a layer of another stack, each its own
 * one, is as its neighbours. A stack ends a run where one of its layers is read by number.
 */
internal class LayerPlans(private val model: Model) {
    /** Layers that are read by number, by the name of their stack. */
    private val cuts = HashMap<String, MutableSet<Int>>()

    /** Layers that are read each by a layer of its own, by the name of their stack. */
    private val each = HashMap<String, MutableSet<Int>>()

    private val runs = HashMap<String, List<LayerRun>>()

    init {
        // What reads stands after what it reads.
        model.all<Stack>().reversed().forEach { stack ->
            val planned = plan(stack)
            runs[stack.name] = planned
            planned.flatMap { it.stories }.forEach { note(stack, it) }
        }
    }

    fun runs(stack: Stack): List<LayerRun> = runs.getValue(stack.name)

    /** The ways out of [stack] from layers that others read. */
    fun exits(stack: Stack): List<Exit> = runs(stack).flatMap { run -> exits(stack, run) }

    fun exits(stack: Stack, run: LayerRun): List<Exit> =
        run.stories.mapNotNull { each(stack, it) } + listOfNotNull(each(stack, run), end(stack, run))

    /** The way out of every layer of [story]. */
    fun each(stack: Stack, story: LayerStory): Exit? = if (story.branches == null) each(stack, story.layers) else null

    /** The way out of every layer of [run], which are drawn as one. */
    fun each(stack: Stack, run: LayerRun): Exit? = if (run.isUnion) each(stack, run.layers) else null

    private fun each(stack: Stack, layers: List<Int>): Exit? {
        val read = layers.filter { it in each[stack.name].orEmpty() }
        return if (read.isEmpty() || layers.size == 1) null else Exit(stack.name, layers, read)
    }

    /** The way out above [run]. */
    fun end(stack: Stack, run: LayerRun): Exit? {
        val last = run.layers.last()
        val alone = run.layers.size == 1 && last in each[stack.name].orEmpty()
        return if (alone || last in cuts[stack.name].orEmpty()) Exit(stack.name, listOf(last), listOf(last)) else null
    }

    /** The ways by which layers [numbers] of the stack named [from] are read. */
    fun ways(from: String, numbers: List<Int>): List<String> {
        val exits = exits(model.all<Stack>().first { it.name == from })
        val wanted = numbers.toSet()
        val one = exits.filter { it.layers == wanted.toList() }
        return one.ifEmpty { exits.filter { exit -> exit.layers.any { it in wanted } } }.map { it.path }
    }

    private fun note(stack: Stack, story: LayerStory) {
        val parts = story.layers.flatMap { stack.layers[it].parts }.filterIsInstance<CrossAttention>()
        parts
            .distinctBy { it.name to it.stack }
            .forEach { part ->
                val numbers = stack.layersRead(story.layers, part.name)
                val known = if (numbers.distinct().size == 1) cuts else each
                known.getOrPut(part.stack) { mutableSetOf() } += numbers
            }
    }

    private fun plan(stack: Stack): List<LayerRun> {
        val equal = planned(stack) { likeOthers(stack, it) }
        if (equal.sumOf { it.stories.size } <= FEW) return equal
        val forms =
            stack.layers.indices.map { layer ->
                LayerSketch(model, stack, listOf(layer)) { from, _ -> listOf(from) }.branches().map { it.form }
            }
        val alike = planned(stack) { forms[it] }
        // Each part of a layer changes which of two streams the next one reads.
        val whole = alike.sumOf { it.stories.size } <= FEW || stack.layout is Reversible
        return if (whole) alike else parts(stack).map { union(it, forms) }
    }

    /** Layers of which each has some of the parts of all. */
    private fun union(layers: List<Int>, forms: List<List<Any>>): LayerRun {
        val stories = mutableListOf<LayerStory>()
        union(layers.associateWith { forms[it] }).forEach { common ->
            val having = common.places.keys.toList()
            val place = common.places.getValue(having.first())
            val last = stories.lastOrNull()?.takeIf { it.layers == having }
            val before = last?.branches
            if (last != null && before != null) stories[stories.lastIndex] = last.copy(branches = before.first..place)
            else stories += LayerStory(1, having, place..place)
        }
        return LayerRun(layers.size, stories)
    }

    /** The layers of [stack] in parts that end where one is read by number. */
    private fun parts(stack: Stack): List<List<Int>> {
        val cuts = cuts[stack.name].orEmpty()
        return stack.layers.indices.fold(emptyList()) { parts, layer ->
            if (layer == 0 || layer - 1 in cuts) parts.plusElement(listOf(layer))
            else parts.dropLast(1).plusElement(parts.last() + layer)
        }
    }

    /** Runs of layers that [kind] makes equal. */
    private fun planned(stack: Stack, kind: (Int) -> Any): List<LayerRun> {
        val read = each[stack.name].orEmpty()
        return parts(stack).flatMap { layers ->
            var first = layers.first()
            folds(layers.map { kind(it) to (it in read) }).map { fold ->
                run(fold, first).also { first += it.layers.size }
            }
        }
    }

    private fun run(fold: Fold<*>, first: Int): LayerRun {
        var at = first
        val stories =
            neighbours(fold.items).map { equal ->
                val turns = (0 until fold.times).map { at + it * fold.items.size }
                at += equal.times
                LayerStory(equal.times, turns.flatMap { turn -> turn until turn + equal.times })
            }
        return LayerRun(fold.times, stories)
    }

    /** A layer that reads another layer than its neighbours do is like them if nothing else differs. */
    private fun likeOthers(stack: Stack, number: Int): List<Part> {
        val beside = listOfNotNull(stack.layers.getOrNull(number - 1), stack.layers.getOrNull(number + 1))
        return stack.layers[number].parts.map { part ->
            if (part is CrossAttention && part.layer != null && beside.none { reads(it, part) })
                part.copy(from = "${part.stack}/*")
            else part
        }
    }

    private fun reads(layer: Layer, part: CrossAttention) =
        layer.parts.any { it is CrossAttention && it.name == part.name && it.from == part.from }

    private companion object {
        /** More layers than these are drawn as one where they differ in numbers and words alone. */
        const val FEW = 4
    }
}

/** The component that a cross-attention reads, or that has the layer which it reads. */
internal val CrossAttention.stack: String
    get() = from.substringBefore('/')

/** The number of the layer that a cross-attention reads; null for all of a component. */
internal val CrossAttention.layer: Int?
    get() = from.substringAfter('/', "").toIntOrNull()

/** The numbers of the layers that [layers] read, in their order, in their cross-attention named [name]. */
internal fun Stack.layersRead(layers: List<Int>, name: String): List<Int> =
    layers
        .flatMap { this.layers[it].parts }
        .filterIsInstance<CrossAttention>()
        .filter { it.name == name }
        .mapNotNull { it.layer }

/** A way out of the stack named [stack]: what each of [layers] makes, of which others read those of [read]. */
internal data class Exit(val stack: String, val layers: List<Int>, val read: List<Int>) {
    /** `encoder/3`, or `encoder/0-5` for many. */
    val path: String
        get() = "$stack/" + if (layers.size == 1) "${layers.first()}" else "${layers.first()}-${layers.last()}"

    val label: String
        get() =
            if (layers.size > 1 && layers == read) "each layer"
            else layers(read).let { if (it.length > LONG) SOME else it }

    private companion object {
        /** More than this would be told twice at length: what reads it tells it, too. */
        const val LONG = 24
        const val SOME = "some layers"
    }
}
