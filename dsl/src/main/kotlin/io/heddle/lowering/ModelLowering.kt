package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.graph.Graph
import io.heddle.graph.Op
import io.heddle.model.Head
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.SequenceComponent
import io.heddle.model.Speech
import io.heddle.model.Stack
import io.heddle.model.Structure
import io.heddle.model.inputBelow
import io.heddle.rules.AttentionPlace
import io.heddle.rules.Writing
import io.heddle.rules.decodedStacks
import io.heddle.rules.writing

/**
 * Writes the components of a checked model that its purpose needs, and the weights of [attentions] as outputs; [view]
 * says what decoding gives.
 */
internal class ModelLowering(
    private val model: Model,
    private val purpose: Purpose,
    private val attentions: List<AttentionPlace>,
    private val view: DecodingView = DecodingView.Next,
) {
    private val context = LoweringContext(purpose, model.frozen, view)
    private val graph = context.graph
    private val inputs = InputLowering(model, context)
    private val norms = NormLowering(context)
    private val heads = HeadLowering(model, context, inputs) { track(it) }
    private val tracks = HashMap<String, Track>()
    private val routes = LinkedHashMap<String, ExpertLowering.Routed>()

    fun lower(): Graph {
        when (purpose) {
            Purpose.Training,
            Purpose.Rewarding -> loss()
            Purpose.Evaluation -> {
                loss()
                scored()
            }
            Purpose.Inference -> {
                model.ends().forEach { graph.output(it.name, track(it.name).vectors) }
                scored()
            }
            Purpose.Encoding -> {
                model.decodedStacks().forEach { stacked(it).encode() }
                foretold()
            }
            Purpose.Decoding -> {
                scored()
                viewed()
            }
            Purpose.Filling -> scored()
        }
        attentions.forEach { place ->
            track(place.stack) // Writes the attention, if nothing has yet.
            graph.output(Names.attentionWeights(place.path), context.looks(place.path))
        }
        context.kept.forEach { (name, value) -> graph.output(Names.kept(name), value) }
        return graph.build()
    }

    private fun scored() {
        val wanted =
            if (purpose.readsEncoded) model.all<Logits>().ifEmpty { model.all<Speech>() } else model.all<Head>()
        wanted.forEach { head ->
            val scores = heads.scores(head)
            graph.output(head.name, scores)
            if (head is Speech) graph.output(Names.stops(head.name), heads.stops(head))
            ((head as? Logits)?.structure as? Structure.Chain)?.let { chain ->
                val (left, right) = heads.neighbours(head, chain, scores.type.shape.last)
                graph.output(Names.left(head.name), left)
                graph.output(Names.right(head.name), right)
            }
        }
    }

    /** How many words there are, where all are written at once. */
    private fun foretold() =
        when (val writing = model.writing) {
            is Writing.WordByWord -> Unit
            is Writing.AllAtOnce -> graph.output(writing.length.name, heads.scores(writing.length))
        }

    /** What decoding gives beside scores; weights of attentions are written with those of every purpose. */
    private fun viewed() =
        when (view) {
            is DecodingView.Next,
            is DecodingView.Every,
            is DecodingView.Weights -> Unit
            is DecodingView.Vectors ->
                model.all<Logits>().forEach { graph.output(Names.vectors(it.name), heads.vectors(it)) }
        }

    private fun loss() {
        val terms = ObjectiveLowering(model, context, heads, routes) { track(it) }.terms()
        graph.output(Names.LOSS, terms.reduce { sum, term -> graph.first(Op.Add, "loss", sum, term) })
    }

    /** What the component or the layer at [path] makes. */
    private fun track(path: String): Track {
        tracks[path]?.let {
            return it
        }
        val component = model.component(path.substringBefore('/')) as SequenceComponent
        val made =
            when (component) {
                is InputComponent -> inputs.lower(component)
                is Stack -> stack(component)
                is NormComponent -> {
                    val below = track(component.input)
                    val spot = Spot(component.name)
                    below.copy(vectors = norms.norm(below.vectors, component.norm, component.bias, below.place, spot))
                }
                is MergedPatches -> merged(component)
            }
        tracks[component.name] = made
        return tracks.getValue(path)
    }

    private fun stack(stack: Stack): Track {
        // What is attended to comes first, so that a graph reads in the order of its model.
        if (!purpose.readsEncoded) stack.attended().forEach { if (it.substringBefore('/') != stack.name) track(it) }
        val lowering = stacked(stack)
        val layers = lowering.lower(track(stack.input))
        routes += lowering.routes
        layers.forEachIndexed { number, track -> tracks["${stack.name}/$number"] = track }
        return norms.finished(stack, layers.last())
    }

    private fun stacked(stack: Stack): StackLowering =
        StackLowering(model, context, inputs, stack) { from ->
            val width = (model.component(from.substringBefore('/')) as SequenceComponent).outputWidth
            Memory(model.inputBelow(from), Dim.of(width.toLong())) { track(from) }
        }

    /**
     * Rows and columns by two, neighbours side by side: row and column of a neighbour change slower than its numbers.
     */
    private fun merged(component: MergedPatches): Track {
        val below = track(component.input)
        val spot = Spot(component.name)
        val (batch, time, width) = below.vectors.type.shape.dims
        val columns = below.place.columns
        val rows = time / columns
        val two = Dim.of(2)
        val (halfRows, halfColumns) = (rows + 1L) / two to (columns + 1L) / two
        val grid = context.reshape(below.vectors, spot, batch, rows, columns, width)
        // A picture with an odd number of rows or columns has one of zeros more.
        val even = context.filled(context.filled(grid, 1, halfRows * two, spot), 2, halfColumns * two, spot)
        val squares = context.reshape(even, spot, batch, halfRows, two, halfColumns, two, width)
        val beside = context.permute(squares, spot, 0, 1, 3, 4, 2, 5)
        val count = halfRows * halfColumns
        val four = context.reshape(beside, spot, batch, count, width * 4L)
        val lengths = { context.everywhere(count.size) }
        val place = Place(component.name, count, halfColumns, lengths, Added.Nothing, Added.Nothing)
        val normed = norms.norm(four, component.norm, true, place, spot / "norm")
        val wide = Dim.of(component.width.toLong())
        return Track(context.linear(normed, wide, component.initializer, component.bias, spot / "reduction"), place)
    }
}
