package io.heddle.lowering

import io.heddle.dims.Dim
import io.heddle.dims.Dims
import io.heddle.graph.Element
import io.heddle.graph.Op
import io.heddle.graph.TensorType
import io.heddle.graph.Value
import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Classify
import io.heddle.model.Contrastive
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.Experts
import io.heddle.model.FrameError
import io.heddle.model.GuidedAttention
import io.heddle.model.Head
import io.heddle.model.LoadBalance
import io.heddle.model.Logits
import io.heddle.model.Matching
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Objective
import io.heddle.model.PathPattern
import io.heddle.model.RouterSize
import io.heddle.model.Speech
import io.heddle.model.Stack
import io.heddle.model.StopCrossEntropy
import io.heddle.model.Structure
import io.heddle.model.Sublayer
import io.heddle.terms.Depth
import io.heddle.terms.Softplus

/** Writes what training makes small, term by term. */
internal class ObjectiveLowering(
    private val model: Model,
    private val context: LoweringContext,
    private val heads: HeadLowering,
    private val routes: Map<String, ExpertLowering.Routed>,
    private val track: (String) -> Track,
) {
    private val graph = context.graph
    private val norms = NormLowering(context)
    private val speaking = HashMap<String, SpeechLosses>()

    fun terms(): List<Value> =
        model.objectives
            .withIndex()
            .filter { counts(it.value) }
            .map { (number, objective) ->
                val term =
                    when (objective) {
                        is CrossEntropy -> crossEntropy(objective)
                        is BinaryCrossEntropy -> binary(objective)
                        is Contrastive -> contrastive(objective)
                        is Matching -> matching(objective)
                        is LoadBalance -> routers(objective.path) { balance(it, objective.among) }
                        is RouterSize -> routers(objective.path) { size(it) }
                        is GuidedAttention -> guided(objective)
                        is FrameError -> spoken(objective.speech, number) { error(objective.deviation) }
                        is StopCrossEntropy -> spoken(objective.speech, number) { stop(objective.positive) }
                    }
                weighted(term, objective, number)
            }

    /** What only guides a training is no measure of a model that has another. */
    private fun counts(objective: Objective) =
        context.purpose.learns || objective !is GuidedAttention || model.objectives.size == 1

    private fun weighted(term: Value, objective: Objective, number: Int): Value {
        val changes = objective is GuidedAttention && context.purpose.learns
        return if (changes)
            context.multiply(term, context.input(Names.objectiveWeight(number), TensorType.real()), Spot("objective"))
        else context.scale(term, objective.weight, "objective")
    }

    private fun head(name: String): Head = model.component(name) as Head

    /** The scores of [head] after the last layer, or after each. */
    private fun depths(head: Head, input: String, depth: Depth): List<Value> =
        when (depth) {
            Depth.LastLayer -> listOf(heads.scores(head))
            Depth.AllLayers -> layers(input).map { heads.scores(head, it) }
        }

    /** What each layer of the stack below makes, through the norms that stand between. */
    private fun layers(input: String): List<Track> =
        when (val component = model.component(input)) {
            is Stack -> {
                val last = track(component.name)
                component.layers.indices.map {
                    if (it == component.layers.lastIndex) last
                    else norms.finished(component, track("${component.name}/$it"))
                }
            }
            is NormComponent ->
                layers(component.input).map {
                    val spot = Spot(component.name)
                    it.copy(vectors = norms.norm(it.vectors, component.norm, component.bias, it.place, spot))
                }
            else -> listOf(track(input))
        }

    private fun labels(head: Head, scores: Value): Value =
        context.input(Names.labels(head.name), TensorType(Element.Index, scores.type.shape.leading(1)))

    private fun crossEntropy(objective: CrossEntropy): Value {
        val head = head(objective.scores)
        val input = if (head is Logits) head.input else (head as Classify).input
        val smoothing = if (context.purpose.learns) objective.labelSmoothing else 0.0
        val losses =
            depths(head, input, objective.depth).map { scores ->
                val chain = (head as? Logits)?.structure as? Structure.Chain
                if (chain == null)
                    graph.add(Op.CrossEntropy(smoothing), listOf(scores, labels(head, scores)), head.name).first()
                else chained(head, chain, scores)
            }
        val mean = averaged(losses, head)
        return if (context.purpose != Purpose.Rewarding || head !is Logits) mean
        else context.add(mean, drawn(head), Spot(head.name))
    }

    /** The sum of `weight * -log p` over the words that were drawn. */
    private fun drawn(head: Logits): Value {
        val spot = Spot(head.name)
        val all = graph.first(Op.LogSoftmax, spot.path, heads.scores(head))
        val (batch, time, vocabulary) = all.type.shape.dims
        val one = Dim.of(1)
        val words = context.input(Names.drawn(head.name), TensorType.index(batch, time))
        val weights = context.input(Names.drawnWeights(head.name), TensorType.real(batch, time))
        val rows = context.reshape(all, spot, batch, time, vocabulary, one)
        val places = context.reshape(words, spot, batch, time, one)
        val said = context.reshape(graph.first(Op.Gather, spot.path, rows, places), spot, batch, time)
        val losses = context.scale(said, -1.0, spot.path)
        val sum = graph.first(Op.SumLeading(0), spot.path, context.multiply(losses, weights, spot))
        graph.output(Names.drawnLosses(head.name), losses)
        graph.output(Names.drawnStates(head.name), track(head.input).vectors)
        graph.output(Names.drawnLoss(head.name), sum)
        return sum
    }

    private fun averaged(losses: List<Value>, head: Head): Value {
        val spot = Spot(head.name)
        val sum = losses.reduce { sum, loss -> context.add(sum, loss, spot) }
        return graph.first(Op.Multiply, head.name, sum, normalizer(head))
    }

    private fun normalizer(head: Head): Value =
        if (model.objectives.size == 1) context.input(Names.NORMALIZER, TensorType.real())
        else context.input(Names.normalizer(head.name), TensorType.real())

    private fun chained(head: Head, chain: Structure.Chain, scores: Value): Value {
        val (left, right) = heads.neighbours(head, chain, scores.type.shape.last)
        return graph.first(Op.ChainLoss(chain.beam), head.name, scores, left, right, labels(head, scores))
    }

    /** `softplus(score) - label * score`, for every label. */
    private fun binary(objective: BinaryCrossEntropy): Value {
        val head = head(objective.scores)
        val spot = Spot(head.name)
        val scores = heads.scores(head)
        val labels = context.input(Names.labels(head.name), scores.type)
        val shown = context.multiply(scores, labels, spot)
        val each =
            context.add(
                graph.first(Op.Activate(Softplus), spot.path, scores),
                context.scale(shown, -1.0, spot.path),
                spot,
            )
        return averaged(listOf(graph.first(Op.SumLeading(0), spot.path, each)), head)
    }

    /** Each row's own place is its label, and each column's. */
    private fun contrastive(objective: Contrastive): Value {
        val head = head(objective.contrast)
        val spot = Spot(head.name)
        val scores = heads.scores(head)
        val own = graph.first(Op.Positions(Dims.batch), spot.path, context.place(0))
        fun loss(x: Value) = graph.add(Op.CrossEntropy(0.0), listOf(x, own), spot.path).first()
        val both = context.add(loss(scores), loss(context.permute(scores, spot, 1, 0)), spot)
        return averaged(listOf(context.scale(both, 1.0 / 2, spot.path)), head)
    }

    private fun spoken(speech: String, number: Int, loss: SpeechLosses.() -> Value): Value {
        val head = head(speech) as Speech
        val losses = speaking.getOrPut(speech) { SpeechLosses(context, head, heads) }
        val term = averaged(listOf(losses.loss()), head)
        if (context.purpose == Purpose.Evaluation) graph.output(Names.objectiveTerm(number), term)
        return term
    }

    private fun matching(objective: Matching): Value {
        val (label, box) = head(objective.label) as Classify to head(objective.box)
        val scores = depths(label, label.input, objective.depth)
        val boxes = depths(box, label.input, objective.depth)
        val matched = MatchLowering(context, objective, label.classes)
        val losses = scores.zip(boxes).map { (classes, places) -> matched.loss(classes, places) }
        return losses.reduce { sum, loss -> context.add(sum, loss, Spot("objective")) }
    }

    private fun fitting(path: String, wanted: (Sublayer) -> Boolean): List<String> {
        val pattern = PathPattern(path)
        return model.all<Stack>().flatMap { stack ->
            stack.layers.flatMapIndexed { number, layer ->
                layer.parts
                    .filterIsInstance<Sublayer>()
                    .filter(wanted)
                    .map { "${stack.name}/$number/${it.name}" }
                    .filter { pattern.fits(it) }
            }
        }
    }

    /** Writes the stack that [path] is in, if nothing has yet. */
    private fun written(path: String) = track(path.substringBefore('/'))

    /** The sum of [loss] over all blocks of experts at [path]. */
    private fun routers(path: String, loss: RouterLosses.(ExpertLowering.Routed) -> Value): Value {
        val spot = Spot("objective")
        val losses = RouterLosses(context, spot)
        return fitting(path) { it is Experts }
            .map {
                written(it)
                losses.loss(routes.getValue(it))
            }
            .reduce { sum, term -> context.add(sum, term, spot) }
    }

    private fun guided(objective: GuidedAttention): Value {
        val spot = Spot("objective")
        val losses = GuidedLosses(context, spot)
        return fitting(objective.path) { it is CrossAttention }
            .map { path ->
                written(path)
                losses.loss(path, objective.sharpness)
            }
            .reduce { sum, term -> context.add(sum, term, spot) }
    }
}
