package io.heddle.specs.language

import io.heddle.model.AddNorm
import io.heddle.model.Boxes
import io.heddle.model.BranchFactor
import io.heddle.model.ClassToken
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.Contrastive
import io.heddle.model.Convolution
import io.heddle.model.CopiesInput
import io.heddle.model.Copying
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.Dense
import io.heddle.model.EmbeddingScale
import io.heddle.model.Experts
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameError
import io.heddle.model.FrameInput
import io.heddle.model.GuidedAttention
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.Labels
import io.heddle.model.Layer
import io.heddle.model.LearnedInput
import io.heddle.model.LoadBalance
import io.heddle.model.Logits
import io.heddle.model.LogitsScale
import io.heddle.model.Matching
import io.heddle.model.MergedPatches
import io.heddle.model.Method
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Objective
import io.heddle.model.Part
import io.heddle.model.Pool
import io.heddle.model.Position
import io.heddle.model.PreNetLayer
import io.heddle.model.Projection
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.RouterSize
import io.heddle.model.Speech
import io.heddle.model.SpokenInput
import io.heddle.model.Stack
import io.heddle.model.StopCrossEntropy
import io.heddle.model.Structure
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.Transform
import io.heddle.model.VectorInput
import io.heddle.terms.Among
import io.heddle.terms.CopyHeads
import io.heddle.terms.Decay
import io.heddle.terms.DeepNorm
import io.heddle.terms.Depth
import io.heddle.terms.Ending
import io.heddle.terms.Groups
import io.heddle.terms.Own
import io.heddle.terms.Parallel
import io.heddle.terms.PatchEdge
import io.heddle.terms.Pooling
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.ReZero
import io.heddle.terms.Relu
import io.heddle.terms.Reversible
import io.heddle.terms.Sandwich
import io.heddle.terms.Shared
import io.heddle.terms.Side
import io.heddle.terms.Temperature
import io.kotest.property.Arb
import io.kotest.property.arbitrary.arbitrary

/** Any legal model, small, of any words that the language has. */
val anyModel: Arb<Model> = arbitrary { ModelGenerator(Choices(it.random)).model() }

/** Any mask. */
val anyMask = arbitrary { PartGenerator(Choices(it.random), 8).mask(depth = 3, heads = 4) }

private class ModelGenerator(private val choices: Choices) {
    private val width = 4 * choices.count(5)
    private val parts = PartGenerator(choices, width)
    private val components = mutableListOf<Component>()
    private val objectives = mutableListOf<Objective>()

    private fun layout() =
        choices.one({ PostNorm }, { PreNorm }, { Sandwich }, { DeepNorm }, { Parallel }, { ReZero }, { Reversible() })

    private fun layer(name: String, from: String?): Layer {
        val made = mutableListOf<Part>(parts.attention(components), addNorm())
        if (from != null) made += listOf(parts.crossAttention(from), addNorm())
        made += choices.one({ parts.feedForward("feedForward") }, { parts.feedForward("feedForward") }, { experts() })
        if (choices.chance()) made += addNorm()
        if (made.any { it is Experts } && objectives.none { it is LoadBalance })
            objectives +=
                listOf(LoadBalance("$name/**", Among.entries[name.length % 2], 0.01), RouterSize("$name/**", 0.001))
        return Layer(made)
    }

    private fun experts() =
        Experts("experts", 4, choices.count(4), 1.25, parts.feedForward("expert").copy(kernel = 1), parts.weights())

    private fun addNorm(): AddNorm {
        val factor = choices.one({ BranchFactor.One }, { BranchFactor.Trained(choices.amount()) })
        return AddNorm(parts.norm(), choices.chance(), choices.rate(), choices.rate(), factor)
    }

    private fun stack(name: String, input: String, from: String?) {
        val repeated = layer(name, from)
        val layers = List(choices.count(4)) { if (choices.chance()) repeated else layer(name, from) }
        // Layers that share weights are alike.
        val alike = choices.chance()
        val sharing = if (alike) choices.one({ Own }, { Shared }, { Groups(choices.count(layers.size)) }) else Own
        val layout = layout()
        val normed = layout is PostNorm || layout is DeepNorm || layout is ReZero
        val ending = if (normed) Ending.Normed else choices.one({ Ending.Normed }, { Ending.Bare })
        components += Stack(name, input, width, layout, ending, sharing, if (alike) layers.map { repeated } else layers)
    }

    private fun own() = Table.Own(choices.initializer())

    private fun projection() = Projection.Linear(choices.initializer(), choices.chance())

    private fun row() =
        choices.one(
            { Position.None },
            { Position.Sinusoidal(choices.entry(), choices.entry()) },
            { Position.Learned(choices.count(99), choices.count(3) - 1, choices.initializer(), choices.entry()) },
            { Position.Floater(choices.count(4), choices.count(9), choices.initializer(), choices.entry()) },
        )

    private fun tokens(name: String, vocabulary: Int, table: Table): TokenInput {
        val narrow = choices.chance() && table !is Table.Tied
        val position = if (narrow) Position.None else row()
        val scale = choices.entry<EmbeddingScale>()
        val projection = if (narrow) projection() else Projection.None
        val tableWidth = if (narrow) 2 else width
        val segments = choices.count(3) - 1
        return TokenInput(
            name,
            vocabulary,
            width,
            table,
            tableWidth,
            scale,
            position,
            segments,
            parts.norm(),
            choices.rate(),
            projection,
        )
    }

    private fun convolution() =
        Convolution(width, choices.count(4), choices.count(3), Relu, choices.chance(), choices.initializer())

    /** A picture of four by six patches; a grid as long as it is known. */
    private fun image(): ImageInput {
        val token = choices.one({ ClassToken.None }, { ClassToken.Learned(choices.initializer()) })
        val count = GRID + if (token == ClassToken.None) 0 else 1
        val position =
            choices.one(
                { Position.None },
                { Position.Learned(count, 0, choices.initializer(), choices.entry()) },
                { Position.Sinusoidal2d(choices.entry()) },
            )
        val (rows, edge) = choices.one({ 8 to PatchEdge.Whole }, { 7 to PatchEdge.Filled })
        return ImageInput(
            "seen",
            3,
            rows,
            12,
            2,
            edge,
            width,
            projection(),
            token,
            position,
            parts.norm(),
            choices.rate(),
        )
    }

    private fun input(): InputComponent =
        choices.one(
            { VectorInput("seen", choices.count(9), width, projection(), row(), parts.norm(), choices.rate()) },
            {
                val convolutions = List(choices.count(2)) { convolution() }
                FrameInput(
                    "seen",
                    choices.count(9),
                    width,
                    convolutions,
                    projection(),
                    row(),
                    parts.norm(),
                    choices.rate(),
                )
            },
            { image() },
            {
                val position = choices.one({ Position.None }, { Position.Sinusoidal2d(choices.entry()) })
                FeatureMapInput("seen", choices.count(9), width, projection(), position, parts.norm(), choices.rate())
            },
            {
                val count = choices.count(9)
                val position = Position.Learned(count, 0, choices.initializer(), choices.entry())
                LearnedInput("seen", count, width, position, parts.norm(), choices.rate())
            },
        )

    private fun transform(below: Int, to: Int): Transform {
        val dense =
            if (below == to && choices.chance()) Dense.None
            else Dense.Layer(to, choices.activation(), choices.chance(), choices.initializer())
        return Transform(dense, parts.norm(), choices.chance())
    }

    fun model(): Model {
        val vocabulary = choices.count(50)
        components += tokens("source", vocabulary, table(vocabulary))
        if (choices.chance()) components += RelationInput("edges", "source")
        if (choices.chance())
            components +=
                RelativeBias("bias", PartGenerator.BIASED, 8, 20, choices.entry<Side>(), choices.initializer())
        stack("encoder", "source", from = null)
        components.removeIf { it is RelationInput && choices.chance() && !relations() }
        val memory = if (choices.chance()) "encoder" else "encoder/0"
        if (choices.chance()) aside()
        if (choices.chance()) voice(memory)
        target(vocabulary, memory)
        // What belongs to one sequence alone is not for the others.
        objectives.removeIf { (it is LoadBalance && !fits(it.path)) || (it is RouterSize && !fits(it.path)) }
        return Model("generated", width, components.toList(), objectives.toList(), frozen())
    }

    private fun relations() = components.filterIsInstance<Stack>().any { stack -> "Given" in stack.layers.toString() }

    private fun fits(path: String) =
        components.filterIsInstance<Stack>().any { stack ->
            path.startsWith(stack.name + "/") && stack.layers.any { layer -> layer.parts.any { it is Experts } }
        }

    private fun frozen() = choices.one({ emptyList() }, { listOf("source") }, { listOf("encoder/*", "next") })

    private fun table(vocabulary: Int): Table =
        if (vocabulary > 4 && choices.chance()) Table.Adaptive(listOf(2, 4), choices.count(4), choices.initializer())
        else own()

    /** Something else to look at, asked in ways that text is not. */
    private fun aside() {
        val seen = input()
        components += seen
        parts.hides = false
        stack("viewer", "seen", from = null)
        var top = "viewer"
        if (seen is ImageInput && seen.classToken == ClassToken.None) {
            components +=
                MergedPatches("merged", "viewer", width, parts.norm(), choices.chance(), choices.initializer())
            top = "merged"
        }
        parts.hides = true
        if (choices.chance()) classes(top)
        else {
            components +=
                Classify(
                    "kind",
                    top,
                    Pooling.Each,
                    5,
                    Labels.One,
                    transform(width, width),
                    0.0,
                    true,
                    choices.initializer(),
                )
            components += Boxes("box", top, choices.count(3), choices.initializer())
            objectives += Matching("kind", "box", 5.0, 2.0, 0.1, choices.entry<Depth>(), 1.0)
        }
    }

    private fun classes(top: String) {
        val pooling =
            choices.one({ Pooling.First }, { Pooling.Last }, { Pooling.Mean }, { Pooling.Max }, { Pooling.Attentive })
        components += Pool("scene", top, 6, pooling, transform(width, 6))
        components += Pool("gist", "encoder", width, Pooling.Mean, transform(width, width))
        val temperature = choices.one({ Temperature.Fixed(0.1) }, { Temperature.Learned(0.07) })
        components += Contrast("likeness", "gist", "scene", choices.count(9), temperature, choices.initializer())
        objectives += Contrastive("likeness", choices.amount())
        val transform = transform(width, width)
        components +=
            Classify(
                "label",
                top,
                pooling,
                3,
                Labels.One,
                transform,
                choices.rate(),
                choices.chance(),
                choices.initializer(),
            )
        objectives += CrossEntropy("label", choices.rate(), Depth.LastLayer, 1.0)
    }

    /** Something to say, beside what is written. */
    private fun voice(memory: String) {
        val (features, reduction) = choices.count(9) to choices.count(3)
        val preNet =
            List(choices.count(3) - 1) {
                val layer = choices.count(9)
                PreNetLayer(layer, choices.activation(), choices.rate(), choices.chance(), choices.initializer())
            }
        components +=
            SpokenInput("before", features, reduction, width, preNet, projection(), row(), parts.norm(), choices.rate())
        parts.hides = false
        stack("speaker", "before", memory)
        parts.hides = true
        components += Speech("sound", "speaker", features, reduction, choices.initializer())
        objectives += FrameError("sound", choices.entry(), choices.amount())
        objectives += StopCrossEntropy("sound", choices.amount(), 1.0)
    }

    private fun target(vocabulary: Int, memory: String) {
        val copies = choices.chance()
        if (copies) {
            val transform = transform(width, width)
            components +=
                Classify("length", "encoder", Pooling.Mean, 9, Labels.One, transform, 0.0, true, choices.initializer())
            components += CopiesInput("target", "source", "length", width, row(), parts.norm(), choices.rate())
        } else
            components +=
                tokens("target", vocabulary, Table.Tied("source")).copy(tableWidth = source().tableWidth).let {
                    if (source().tableWidth == width) it
                    else it.copy(projection = projection(), position = Position.None)
                }
        parts.hides = false
        stack("decoder", "target", memory)
        val top = if (choices.chance()) "decoder" else "calm"
        if (top == "calm") components += NormComponent("calm", "decoder", width, parts.norm(), choices.chance())
        val copying = choices.one({ Copying.None }, { copying("decoder/0/crossAttention") })
        val beam = choices.count(vocabulary)
        val chain = choices.one({ Structure.Independent }, { Structure.Chain(choices.count(4), beam) })
        val structure = if (copying is Copying.From) Structure.Independent else chain
        val transform = transform(width, source().tableWidth)
        val tied = Table.Tied("source")
        val scale = choices.entry<LogitsScale>()
        components +=
            Logits("next", top, vocabulary, tied, transform, scale, parts.cap(), choices.chance(), copying, structure)
        objectives += CrossEntropy("next", choices.rate(), choices.entry<Depth>(), choices.amount())
        if (choices.chance() && looks("decoder").method.let { it is Method.Softmax || it is Method.TopK })
            objectives += GuidedAttention("decoder/0/crossAttention", choices.amount(), decay(), choices.amount())
    }

    private fun decay(): Decay =
        choices.one({ Decay.None }, { Decay.HalfLife(choices.count(100)) }, { Decay.Linear(choices.count(100)) })

    /** Copies through the attention at [path] where that can tell where it looks. */
    private fun copying(path: String): Copying {
        val part = looks("decoder")
        return when (part.method) {
            is Method.Softmax,
            is Method.TopK ->
                Copying.From(
                    "source",
                    path,
                    choices.one({ CopyHeads.Mean }, { CopyHeads.One(choices.count(part.heads) - 1) }),
                )
            is Method.LowRank,
            is Method.Kernel,
            is Method.Hashed -> Copying.None
        }
    }

    /** The first cross-attention of the stack called [name]. */
    private fun looks(name: String): CrossAttention =
        components
            .filterIsInstance<Stack>()
            .single { it.name == name }
            .layers
            .first()
            .parts
            .filterIsInstance<CrossAttention>()
            .first()

    private fun source() = components.first() as TokenInput

    private companion object {
        const val GRID = 24
    }
}
