package io.heddle.report

import io.heddle.chart.HeatRoom
import io.heddle.chart.ShownAttention
import io.heddle.check.Problem
import io.heddle.rules.attentions
import io.heddle.runtime.attention.RecordedAttention
import io.heddle.runtime.experiment.ExperimentResult
import io.heddle.runtime.experiment.VariantAttentions

/** What the trained variants look at, as `heddle attention` draws it. */
internal class AttentionBlocks(private val result: ExperimentResult) {
    private val attending = result.experiment.variants.filter { it.model.attentions().isNotEmpty() }
    private val looked = result.attentions.associateBy { it.trial.configuration.variant.name }

    /** A picture for each attention that was recorded, and why others are missing. */
    fun blocks(): List<Block> {
        if (attending.isEmpty()) return listOf(Block.Paragraph("No variant has an attention."))
        val shown =
            attending.mapIndexedNotNull { number, variant -> looked[variant.name]?.let { blocks(number + 1, it) } }
        val others = attending.filter { it.name !in looked }.map { "“${line(it.name)}”" }
        val missing =
            if (others.isEmpty()) emptyList()
            else listOf(Block.Paragraph("Not shown: ${others.joinToString()}. $WHOSE"))
        return (if (shown.isEmpty()) emptyList() else listOf(Block.Paragraph(WHAT))) + shown.flatten() + missing
    }

    private fun blocks(number: Int, seen: VariantAttentions): List<Block> {
        val heading = Block.Heading("What “${line(name(seen))}” looks at", "attention-of-$number")
        val figures =
            seen.attentions.take(MOST).mapIndexed { place, one -> figure("attention-$number-${place + 1}", seen, one) }
        return listOf(heading) + figures + seen.missing.map { Block.Paragraph(told(it)) }
    }

    private fun figure(name: String, seen: VariantAttentions, recorded: RecordedAttention): Block.Figure {
        val heads = (0 until minOf(recorded.heads(), HEADS)).toList()
        val shown = ShownAttention(line(name(seen)), recorded, seen.pieces, heads)
        val left = recorded.heads() - heads.size
        val more = if (left == 0) "" else " Of ${recorded.heads()} heads, the first $HEADS are shown."
        val setting = seen.trial.configuration.setting.name
        return Block.Figure(
            name,
            "${shown.path} of “${line(name(seen))}”",
            "Weights from seed ${seen.trial.seed}${if (setting.isEmpty()) "" else " with $setting"}, after all its " +
                "steps.$more",
            ShortNumbers.of(shown.svg(name, HeatRoom.Column)),
            ShortNumbers.of(shown.svg("$name-narrow", HeatRoom.Telephone)),
        )
    }

    private fun name(seen: VariantAttentions) = seen.trial.configuration.variant.name

    /** A problem in one line. */
    private fun told(problem: Problem): String {
        val facts = problem.facts.joinToString { "${it.name} = ${it.value}" }
        val mend = if (problem.mend.isEmpty()) "" else " ${problem.mend.replace('\n', ' ')}"
        return "${problem.place} is not shown: ${problem.title}" + (if (facts.isEmpty()) "." else " ($facts).") + mend
    }

    private companion object {
        const val MOST = 4
        const val HEADS = 8
        const val WHOSE =
            "When a comparison has come to its end, those of the first six variants are, of which a trial finished."
        const val WHAT =
            "The attentions of each variant's last layer, while it reads the first held-out example, of each text at " +
                "most 32 tokens. A panel is a head and a row a query: what it gives to the keys sums to 1, darker " +
                "for more. Other texts and layers: heddle attention with a folder of runs."
    }
}
