package io.heddle.rules

import io.heddle.messages.AttentionMessages
import io.heddle.messages.HeadMessages
import io.heddle.model.Attending
import io.heddle.model.Copying
import io.heddle.model.CrossAttention
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.Method
import io.heddle.model.NormComponent
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.model.word
import io.heddle.terms.CopyHeads

/** Whoever asks where a cross-attention looks, asks one that can tell, and about the right words. */
internal class LookRules(private val findings: Findings) {
    private val model = findings.model

    /** Where the cross-attention [part] at [path] looks can be asked by [asker]. */
    fun tells(part: Attending, path: String, asker: String) {
        val method =
            when (part.method) {
                is Method.Softmax,
                is Method.TopK -> return
                is Method.LowRank -> "lowRank"
                is Method.Kernel -> "kernel"
                is Method.Hashed -> "hashed"
            }
        val facts = listOf(model.fact("method", method, path.word("method")))
        findings.tell(AttentionMessages.givesNoProbabilities(method, asker).at(path, facts))
    }

    /** Words are copied from the text that is looked at, below the logits, by heads that are there. */
    fun copied(head: Logits, copying: Copying.From) {
        val source = model.components.find { it.name == copying.source } as? TokenInput ?: return
        val part = crossAttentions().find { it.first == copying.through }?.second ?: return
        tells(part, copying.through, "copyFrom")
        head(head, copying, part)
        if (model.soundBottom(head.input) == null || model.soundBottom(part.from) == null) return
        if (model.soundBottom(head.input) == source.name) {
            val facts = listOf(model.fact("copyFrom", copying.source, head.name.word("copying")))
            return findings.tell(HeadMessages.copiesWhatItWrites(source.name).at(head.name, facts))
        }
        val below = below(head.input).filter { (_, each) -> model.soundBottom(each.from) == source.name }
        val known = below.map { it.first }
        if (below.none { it.first == copying.through }) {
            val facts =
                listOf(
                    model.fact("copyFrom", copying.source, head.name.word("copying")),
                    model.fact("through", copying.through, head.name.word("copying")),
                    model.fact("from", part.from, copying.through),
                    model.fact("input", head.input, head.name),
                )
            findings.tell(HeadMessages.copiesElsewhere(head.input, source.name, known).at(head.name, facts))
        }
    }

    private fun head(head: Logits, copying: Copying.From, part: CrossAttention) =
        when (val heads = copying.heads) {
            is CopyHeads.Mean -> Unit
            is CopyHeads.One -> {
                val said = head.name.word("copying")
                val there = heads.head in 0 until part.heads
                val message = HeadMessages.copiesByNoHead(copying.through, part.heads)
                findings.require(there, said, "head", heads.head, message)
            }
        }

    private fun crossAttentions(): List<Pair<String, CrossAttention>> = model.all<Stack>().flatMap(::crossAttentions)

    private fun crossAttentions(stack: Stack): List<Pair<String, CrossAttention>> =
        stack.layers.flatMapIndexed { number, layer ->
            layer.parts.filterIsInstance<CrossAttention>().map { "${stack.name}/$number/${it.name}" to it }
        }

    /** The cross-attentions on the way from an input to [name], which is sound. */
    private fun below(name: String): List<Pair<String, CrossAttention>> =
        when (val component = model.component(name) as SequenceComponent) {
            is Stack -> below(component.input) + crossAttentions(component)
            is NormComponent -> below(component.input)
            is MergedPatches -> below(component.input)
            is InputComponent -> emptyList()
        }
}
