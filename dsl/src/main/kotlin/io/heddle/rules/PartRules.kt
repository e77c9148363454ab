package io.heddle.rules

import io.heddle.messages.PartMessages
import io.heddle.messages.PositionMessages
import io.heddle.messages.SizeMessages
import io.heddle.model.AddNorm
import io.heddle.model.Attending
import io.heddle.model.BranchFactor
import io.heddle.model.ClassToken
import io.heddle.model.Experts
import io.heddle.model.Extent
import io.heddle.model.FeedForward
import io.heddle.model.MergedPatches
import io.heddle.model.Part
import io.heddle.model.RelativeBias
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.model.keys
import io.heddle.model.word
import io.heddle.terms.DeepNorm
import io.heddle.terms.Ending
import io.heddle.terms.Groups
import io.heddle.terms.Own
import io.heddle.terms.Parallel
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.ReZero
import io.heddle.terms.Reversible
import io.heddle.terms.Sandwich
import io.heddle.terms.Shared

/** The sizes of stacks and of what their layers are made of make sense. */
internal class PartRules(private val findings: Findings) {
    private val model = findings.model
    private val attentions = AttentionRules(findings)

    fun check(stack: Stack) {
        sameWidth(stack.name, stack.width, stack.input)
        when (val sharing = stack.sharing) {
            is Own,
            is Shared -> Unit
            is Groups -> groups(sharing.count, stack)
        }
        ending(stack)
        stack.layers.forEachIndexed { number, layer ->
            val keys = layer.parts.keys()
            layer.parts.forEachIndexed { at, part -> check(part, "${stack.name}/$number/${keys[at]}", stack) }
        }
    }

    /** Whether the last norm is there, only layouts that have one can say. */
    private fun ending(stack: Stack) {
        val normed =
            when (stack.layout) {
                is PreNorm,
                is Sandwich,
                is Parallel,
                is Reversible -> true
                is PostNorm,
                is DeepNorm,
                is ReZero -> false
            }
        if (normed || stack.ending == Ending.Normed) return
        val facts =
            listOf(model.fact("ending", stack.ending, stack.name)) + model.edited("layout", stack.layout, stack.name)
        findings.tell(PartMessages.thereIsNoLastNorm("${stack.layout}").at(stack.name, facts))
    }

    private fun groups(count: Int, stack: Stack) {
        val said = stack.name.word("sharing")
        findings.positive("groups", count, said)
        val layers = stack.layers.size
        if (layers == 0 || count <= layers) return
        val facts = listOf(model.fact("groups", count, said)) + model.edited("layers", layers, stack.name)
        findings.tell(PartMessages.moreGroupsThanLayers(layers).at(stack.name, facts))
    }

    private fun check(part: Part, path: String, stack: Stack) =
        when (part) {
            is AddNorm -> addNorm(part, path)
            is FeedForward -> feedForward(part, path, stack.width)
            is Experts -> experts(part, path, stack.width)
            is Attending -> attentions.check(part, path, stack)
        }

    private fun addNorm(part: AddNorm, path: String) {
        findings.norm(part.norm, path)
        findings.rate("dropout", part.dropout, path)
        findings.rate("skip", part.skip, path)
        val start = (part.scale as? BranchFactor.Trained)?.start ?: return
        findings.require(start.isFinite(), path.word("scale"), "start", start, PartMessages.layerScaleIsNoNumber())
    }

    private fun feedForward(part: FeedForward, path: String, width: Int) {
        // What follows from a width that is not positive is not told again.
        if (width > 0) findings.positive("hidden", part.hidden, path)
        findings.positive("kernel", part.kernel, path)
        findings.rate("dropout", part.dropout, path)
        findings.initializer(part.initializer, path)
    }

    private fun experts(part: Experts, path: String, width: Int) {
        findings.positive("experts", part.count, path.word("count"))
        findings.positive("topK", part.topK, path)
        val fits = part.count < 1 || part.topK <= part.count
        findings.require(fits, path, "topK", part.topK, PartMessages.moreExpertsThanThereAre(part.count))
        findings.amount("capacity", part.capacity, path)
        feedForward(part.expert, path.word("expert"), width)
    }

    fun check(merged: MergedPatches) {
        findings.positive("width", merged.width, merged.name)
        findings.norm(merged.norm, merged.name)
        findings.initializer(merged.initializer, merged.name)
        val plane =
            when (val extent = model.soundExtent(merged.input)) {
                null -> return
                is Extent.Grid -> extent.classToken == ClassToken.None
                is Extent.Open,
                is Extent.OpenGrid,
                is Extent.Row -> false
            }
        if (plane) return
        val positions = model.fact("positions", "not those of a picture", merged.name)
        findings.tell(PartMessages.noPatchesToMerge().at(merged.name, positions))
    }

    fun check(bias: RelativeBias) {
        findings.positive("heads", bias.heads, bias.name)
        findings.positive("buckets", bias.buckets, bias.name)
        findings.initializer(bias.initializer, bias.name)
        val half = bias.buckets / 2
        val fits = bias.buckets < 1 || bias.distance > half
        findings.require(fits, bias.name, "distance", bias.distance, PositionMessages.farDistancesHaveNoBuckets(half))
    }

    fun sameWidth(path: String, width: Int, input: String) {
        val below = model.components.find { it.name == input } as? SequenceComponent ?: return
        val given = below.outputWidth
        if (given == width) return
        val facts = listOf(model.fact("width of $path", width, path), model.fact("width of $input", given, input))
        findings.tell(SizeMessages.inputHasAnotherWidth().at(path, facts))
    }
}
