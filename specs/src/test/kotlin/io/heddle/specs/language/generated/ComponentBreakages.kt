package io.heddle.specs.language.generated

import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.CopiesInput
import io.heddle.model.Copying
import io.heddle.model.CrossEntropy
import io.heddle.model.Dense
import io.heddle.model.FeatureMapInput
import io.heddle.model.FeedForward
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.Layer
import io.heddle.model.LearnedInput
import io.heddle.model.LoadBalance
import io.heddle.model.Logits
import io.heddle.model.Matching
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Pool
import io.heddle.model.Position
import io.heddle.model.Projection
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.ScoreCap
import io.heddle.model.Speech
import io.heddle.model.SpokenInput
import io.heddle.model.Stack
import io.heddle.model.Structure
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.Transform
import io.heddle.model.VectorInput
import io.heddle.model.Weights
import io.heddle.terms.Among
import io.heddle.terms.BatchNorm
import io.heddle.terms.CopyHeads
import io.heddle.terms.Groups
import io.heddle.terms.Identity
import io.heddle.terms.NoNorm
import io.heddle.terms.Normal
import io.heddle.terms.PatchEdge
import io.heddle.terms.Pooling
import io.heddle.terms.PositionTarget
import io.heddle.terms.Shared
import io.heddle.terms.Temperature

private val drawn = Normal(0.02)

private inline fun <reified Kind : Component> broken(name: String, crossinline change: (Kind) -> Component?): Breakage =
    component<Kind>(name) { component, _ -> change(component) }

/** A stack whose layers share their weights, of which the last has another size; with the path of what differs. */
private fun uneven(stack: Stack): Pair<Stack, String>? {
    val layer = stack.layers.first()
    val found = layer.parts.filterIsInstance<FeedForward>().firstOrNull()
    if (found == null || stack.layers.size < 2) return null
    fun with(hidden: Int) =
        Layer(layer.parts.map { if (it == found) found.copy(hidden = hidden, weights = Weights.AsStack) else it })
    val layers = List(stack.layers.size - 1) { with(found.hidden) } + with(found.hidden + 1)
    return stack.copy(sharing = Shared, layers = layers) to "${stack.name}/${layers.lastIndex}/${found.name}"
}

/** Inputs of which something is wrong. */
val inputBreakages: List<Breakage> =
    listOf(
        broken<TokenInput>("no vocabulary") { it.copy(vocabulary = 0) },
        broken<TokenInput>("a vocabulary beyond all") { it.copy(vocabulary = Int.MAX_VALUE) },
        broken<TokenInput>("a dropout of everything") { it.copy(dropout = 1.0) },
        broken<TokenInput>("a dropout that is no number") { it.copy(dropout = Double.NaN) },
        broken<TokenInput>("fewer than no segments") { it.copy(segments = -1) },
        broken<TokenInput>("cutoffs that fall") { it.copy(table = Table.Adaptive(listOf(4, 2), 2, drawn)) },
        broken<TokenInput>("a table of another width") {
            it.copy(tableWidth = it.width + 1, projection = Projection.None)
        },
        broken<TokenInput>("no learned positions") {
            it.copy(position = Position.Learned(0, 0, drawn, PositionTarget.Input))
        },
        broken<TokenInput>("less than no unused positions") {
            it.copy(position = Position.Learned(9, -1, drawn, PositionTarget.Input))
        },
        broken<TokenInput>("rows and columns of text") {
            it.copy(position = Position.Sinusoidal2d(PositionTarget.Input))
        },
        broken<TokenInput>("positions narrower than their layers") {
            if (it.projection == Projection.None) null
            else it.copy(position = Position.Learned(9, 0, drawn, PositionTarget.EveryLayer))
        },
        broken<TokenInput>("a floater without steps") {
            it.copy(position = Position.Floater(0, 4, drawn, PositionTarget.Input))
        },
        broken<TokenInput>("a table tied to nothing") { it.copy(table = Table.Tied("nothing")) },
        broken<TokenInput>("a table tied to itself") { it.copy(table = Table.Tied(it.name)) },
        component<TokenInput>("a table tied to one of another width") { input, model ->
            val first = model.components.first() as TokenInput
            if (input == first) null
            else
                input.copy(
                    table = Table.Tied(first.name),
                    tableWidth = first.tableWidth + 1,
                    projection = Projection.Linear(drawn, true),
                )
        },
        broken<InputComponent>("a norm without momentum") {
            val norm = BatchNorm(1e-5, 0.0)
            when (it) {
                is TokenInput -> it.copy(norm = norm)
                is VectorInput -> it.copy(norm = norm)
                is FrameInput -> it.copy(norm = norm)
                is ImageInput -> it.copy(norm = norm)
                is FeatureMapInput -> it.copy(norm = norm)
                is LearnedInput -> it.copy(norm = norm)
                is CopiesInput -> it.copy(norm = norm)
                is SpokenInput -> it.copy(norm = norm)
            }
        },
        broken<VectorInput>("vectors of nothing") { it.copy(features = 0) },
        broken<FrameInput>("frames without a stride") { frames ->
            frames.convolutions.firstOrNull()?.let { frames.copy(convolutions = listOf(it.copy(stride = 0))) }
        },
        broken<FrameInput>("frames of another width") {
            it.copy(convolutions = emptyList(), features = it.width + 1, projection = Projection.None)
        },
        broken<SpokenInput>("spoken frames of nothing") { it.copy(features = 0) },
        broken<Speech>("other frames than are read") { it.copy(features = it.features + 1) },
        broken<ImageInput>("patches that do not divide") { it.copy(patch = 5, edge = PatchEdge.Whole) },
        broken<ImageInput>("no patches") { it.copy(patch = 0) },
        broken<ImageInput>("a picture without rows") { it.copy(rows = 0) },
        broken<ImageInput>("a position too many") { image ->
            (image.position as? Position.Learned)?.let { image.copy(position = it.copy(length = it.length + 1)) }
        },
        broken<FeatureMapInput>("a map without channels") { it.copy(channels = 0) },
        broken<LearnedInput>("other positions than vectors") { it.copy(count = it.count + 1) },
        broken<CopiesInput>("copies of nothing") { it.copy(source = "nothing") },
        broken<CopiesInput>("copies as long as nothing says") { it.copy(length = "source") },
        broken<RelationInput>("a relation of nothing") { it.copy(of = "nothing") },
        broken<RelativeBias>("a bias for no heads") { it.copy(heads = 0) },
        broken<RelativeBias>("a bias that is near") { it.copy(distance = it.buckets / 2) },
    )

/** Stacks, heads and objectives of which something is wrong. */
val headBreakages: List<Breakage> =
    listOf(
        broken<Stack>("a stack over nothing") { it.copy(input = "nothing") },
        broken<Stack>("a stack over itself") { it.copy(input = it.name) },
        broken<Stack>("a stack over what comes later") { it.copy(input = "decoder") },
        broken<Stack>("a stack over a head") { if (it.name == "encoder") null else it.copy(input = "kind") },
        broken<Stack>("a stack of another width") { it.copy(width = it.width + 4) },
        broken<Stack>("no groups of layers") { it.copy(sharing = Groups(0)) },
        broken<Stack>("more groups than layers") { it.copy(sharing = Groups(it.layers.size + 1)) },
        Breakage("shared weights of two sizes") { model ->
            model.components.asSequence().withIndex().mapNotNull { (at, component) ->
                (component as? Stack)?.let(::uneven)?.let { (stack, path) ->
                    Broken(model.with(model.components.replaced(at, stack)), path)
                }
            }
        },
        broken<Stack>("no layers") { it.copy(layers = emptyList()) },
        broken<Stack>("a name with a space") { it.copy(name = "the stack") },
        broken<Component>("a name of the engine's") { if (it is Logits) it.copy(name = "loss") else null },
        component<Component>("a name that another has") { component, model ->
            if (component is Stack && component.name == "decoder") component.copy(name = model.components.first().name)
            else null
        },
        broken<NormComponent>("a norm over nothing") { it.copy(input = "nothing") },
        broken<NormComponent>("a norm of another width") { it.copy(width = it.width + 1) },
        broken<MergedPatches>("patches merged into nothing") { it.copy(width = 0) },
        broken<MergedPatches>("patches of text") { it.copy(input = "encoder") },
        broken<Logits>("logits over nothing") { it.copy(input = "nothing") },
        broken<Logits>("a vocabulary of nothing") { it.copy(vocabulary = 0, table = Table.Own(drawn)) },
        broken<Logits>("logits tied to another width") {
            val wider = Dense.Layer(999, Identity, true, drawn)
            it.copy(table = Table.Tied("source"), transform = Transform(wider, NoNorm, false))
        },
        broken<Logits>("logits tied to a stack") { it.copy(table = Table.Tied("encoder")) },
        broken<Logits>("a beam wider than the vocabulary") {
            it.copy(structure = Structure.Chain(4, it.vocabulary + 1))
        },
        broken<Logits>("copies through nothing") {
            it.copy(copying = Copying.From("source", "nothing/0", CopyHeads.Mean))
        },
        broken<Logits>("copies past what is looked at") {
            it.copy(input = "target", copying = Copying.From("source", "decoder/0/crossAttention", CopyHeads.Mean))
        },
        broken<Logits>("a cap of nothing") { it.copy(cap = ScoreCap.Soft(0.0)) },
        broken<Pool>("each position for a sequence") { it.copy(pooling = Pooling.Each) },
        broken<Pool>("a pool of another width") { it.copy(width = it.width + 1) },
        broken<Classify>("no classes") { it.copy(classes = 0) },
        broken<Classify>("classes of nothing") { it.copy(input = "nothing") },
        broken<Boxes>("boxes without layers") { it.copy(layers = 0) },
        broken<Contrast>("a contrast with a sequence") { it.copy(right = "encoder") },
        broken<Contrast>("no temperature") { it.copy(temperature = Temperature.Fixed(0.0)) },
        whole("no width", "generated") { model ->
            Model(model.name, 0, model.components, model.objectives, model.frozen)
        },
        whole("no components", "generated") { it.with(emptyList(), emptyList(), emptyList()) },
        whole("an objective without a weight", "objective") { model ->
            model.with(objectives = model.objectives.map { if (it is CrossEntropy) it.copy(weight = 0.0) else it })
        },
        whole("labels smoothed away", "objective") { model ->
            model.with(
                objectives = model.objectives.map { if (it is CrossEntropy) it.copy(labelSmoothing = 1.0) else it }
            )
        },
        whole("scores that are not there", "objective") { model ->
            model.with(
                objectives = model.objectives.map { if (it is CrossEntropy) it.copy(scores = "encoder") else it }
            )
        },
        whole("boxes that are not there", "objective") { model ->
            val matching = model.objectives.filterIsInstance<Matching>().firstOrNull()
            matching?.let { model.with(objectives = model.objectives - it + it.copy(box = "kind")) }
        },
        whole("a balance of what is not there", "objective") { model ->
            model.with(objectives = model.objectives + LoadBalance("nowhere/**", Among.Batch, 0.01))
        },
        whole("frozen weights that are not there", "objective") { it.with(frozen = listOf("nowhere/*")) },
    )
