package io.heddle.rules

import io.heddle.messages.HeadMessages
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.Copying
import io.heddle.model.Dense
import io.heddle.model.Head
import io.heddle.model.Logits
import io.heddle.model.Pool
import io.heddle.model.ScoreCap
import io.heddle.model.SequenceComponent
import io.heddle.model.Speech
import io.heddle.model.SpokenInput
import io.heddle.model.Structure
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.Transform
import io.heddle.model.word
import io.heddle.terms.Pooling
import io.heddle.terms.Temperature

/** The sizes of heads make sense. */
internal class HeadRules(private val findings: Findings) {
    private val model = findings.model

    fun check(head: Head) =
        when (head) {
            is Logits -> logits(head)
            is Pool -> pool(head)
            is Classify -> classify(head)
            is Boxes -> {
                findings.positive("layers", head.layers, head.name)
                findings.initializer(head.initializer, head.name)
            }
            is Contrast -> contrast(head)
            is Speech -> speech(head)
        }

    private fun transform(transform: Transform, head: String) {
        val path = head.word("transform")
        findings.norm(transform.norm, path)
        val dense = transform.dense as? Dense.Layer ?: return
        findings.positive("width of dense()", dense.width, path)
        findings.initializer(dense.initializer, path)
    }

    private fun component(name: String): Component? = model.components.find { it.name == name }

    private fun logits(head: Logits) {
        if (model.all<TokenInput>().none { it.vocabulary == head.vocabulary })
            findings.positive("vocab", head.vocabulary, head.name.word("vocabulary"))
        transform(head.transform, head.name)
        (head.cap as? ScoreCap.Soft)?.let { findings.amount("softcap", it.limit, head.name.word("cap")) }
        (head.structure as? Structure.Chain)?.let { chain ->
            val said = head.name.word("structure")
            findings.positive("rank", chain.rank, said)
            findings.positive("beam", chain.beam, said)
            val fits = head.vocabulary < 1 || chain.beam <= head.vocabulary
            val wider = HeadMessages.beamIsWiderThanVocabulary(head.vocabulary)
            findings.require(fits, said, "beam", chain.beam, wider)
            val copies = head.copying is Copying.From
            findings.require(!copies, said, "crf", "rank ${chain.rank}", HeadMessages.chainOfCopies())
        }
        when (val copying = head.copying) {
            is Copying.None -> Unit
            is Copying.From -> LookRules(findings).copied(head, copying)
        }
        when (val table = head.table) {
            is Table.Own -> findings.initializer(table.initializer, head.name.word("table"))
            is Table.Tied -> tied(head, table)
            is Table.Adaptive -> {
                val facts = listOf(model.fact("vocabulary", head.vocabulary, head.name.word("table")))
                findings.tell(HeadMessages.adaptiveTableOfItsOwn(head.input).at(head.name, facts))
            }
        }
    }

    private fun tied(head: Logits, table: Table.Tied) {
        val owner = component(table.input) as? TokenInput ?: return
        val below = component(head.input) as? SequenceComponent ?: return
        val width = head.transform.widthAfter(below.outputWidth)
        if (owner.tableWidth == width && owner.vocabulary == head.vocabulary) return
        val facts =
            listOf(
                model.fact("table of ${owner.name}", "[${owner.vocabulary}, ${owner.tableWidth}]", owner.name),
                model.fact("wanted", "[${head.vocabulary}, $width]", head.name.word("")),
            )
        val narrow = owner.vocabulary == head.vocabulary && owner.tableWidth != owner.width
        val message =
            if (narrow) HeadMessages.tiedTableIsNarrow(owner.tableWidth) else HeadMessages.tiedTableHasOtherSizes()
        findings.tell(message.at(head.name, facts))
    }

    private fun pool(head: Pool) {
        transform(head.transform, head.name)
        val below = component(head.input) as? SequenceComponent
        val width = head.transform.widthAfter(below?.outputWidth ?: head.width)
        findings.require(head.width == width, head.name, "width", head.width, HeadMessages.widthIsNotWhatItMakes(width))
        val one = head.pooling != Pooling.Each
        findings.require(one, head.name, "pooling", head.pooling, HeadMessages.eachPositionIsNoVector())
    }

    private fun classify(head: Classify) {
        findings.positive("classes", head.classes, head.name)
        findings.rate("dropout", head.dropout, head.name)
        findings.initializer(head.initializer, head.name)
        transform(head.transform, head.name)
        val once = component(head.input) !is Pool || head.pooling == Pooling.Each
        val twice = HeadMessages.pooledAlready(head.input, head.classes)
        findings.require(once, head.name, "pooling", head.pooling, twice)
    }

    private fun speech(head: Speech) {
        findings.initializer(head.initializer, head.name)
        val bottom = model.soundBottom(head.input) ?: return
        val before = component(bottom)
        if (before !is SpokenInput) {
            findings.tell(HeadMessages.nothingWasSaid(head.input).at(head.name, model.fact("input", bottom, head.name)))
            return
        }
        if (before.features == head.features && before.reduction == head.reduction) return
        fun told(features: Int, reduction: Int) = "$reduction of $features numbers"
        val facts =
            listOf(
                model.fact("frames of ${before.name}", told(before.features, before.reduction), before.name),
                model.fact("frames of ${head.name}", told(head.features, head.reduction), head.name),
            )
        findings.tell(HeadMessages.saysOtherFrames().at(head.name, facts))
    }

    private fun contrast(head: Contrast) {
        findings.positive("width", head.width, head.name)
        findings.initializer(head.initializer, head.name)
        when (val temperature = head.temperature) {
            is Temperature.Fixed -> findings.amount("temperature", temperature.value, head.name)
            is Temperature.Learned -> findings.amount("temperature", temperature.start, head.name)
        }
    }
}
