package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.messages.ObjectiveMessages
import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.Contrastive
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.Experts
import io.heddle.model.FrameError
import io.heddle.model.GuidedAttention
import io.heddle.model.Labels
import io.heddle.model.LoadBalance
import io.heddle.model.Logits
import io.heddle.model.Matching
import io.heddle.model.Origin
import io.heddle.model.PathPattern
import io.heddle.model.RouterSize
import io.heddle.model.Speech
import io.heddle.model.Stack
import io.heddle.model.StopCrossEntropy
import io.heddle.model.Sublayer
import io.heddle.terms.Decay
import io.heddle.terms.Pooling

/** Objectives are about something that is there, and their numbers make sense. */
internal class ObjectiveRules(private val findings: Findings) {
    private val model = findings.model

    fun check() {
        model.objectives.forEach { objective ->
            findings.amount("weight", objective.weight, PLACE)
            when (objective) {
                is CrossEntropy -> {
                    findings.rate("labelSmoothing", objective.labelSmoothing, PLACE)
                    named<Component>(objective.scores, "logits or classes") {
                        it is Logits || (it is Classify && it.labels == Labels.One)
                    }
                }
                is BinaryCrossEntropy ->
                    named<Classify>(objective.scores, "classes with multiLabel()") { it.labels == Labels.Many }
                is Contrastive -> named<Contrast>(objective.contrast, "contrasts") { true }
                is Matching -> matching(objective)
                is LoadBalance -> fits<Experts>(objective.path, "experts")
                is RouterSize -> fits<Experts>(objective.path, "experts")
                is FrameError -> named<Speech>(objective.speech, "speech") { true }
                is StopCrossEntropy -> {
                    findings.amount("positive", objective.positive, PLACE)
                    named<Speech>(objective.speech, "speech") { true }
                }
                is GuidedAttention -> {
                    findings.amount("sharpness", objective.sharpness, PLACE)
                    decay(objective.decay)
                    fits<CrossAttention>(objective.path, "cross-attention")
                    guided(PathPattern(objective.path))
                }
            }
        }
        if (model.frozen.isEmpty()) return
        val names = model.components.map { it.name } + sublayers().map { it.first }.distinct()
        model.frozen.forEach { frozen -> fits(frozen, "weights", names, model.origins[FROZEN + frozen]) }
    }

    private fun decay(decay: Decay) =
        when (decay) {
            is Decay.None -> Unit
            is Decay.HalfLife -> findings.positive("steps of its decay", decay.steps, PLACE)
            is Decay.Linear -> findings.positive("steps of its decay", decay.steps, PLACE)
        }

    private fun guided(pattern: PathPattern) =
        sublayers().forEach { (path, part) ->
            if (part is CrossAttention && pattern.fits(path)) LookRules(findings).tells(part, path, "guidedAttention")
        }

    private fun matching(objective: Matching) {
        findings.amount("distance", objective.distance, PLACE)
        findings.amount("overlap", objective.overlap, PLACE)
        findings.share("absent", objective.absent, PLACE)
        named<Classify>(objective.label, "classes of each position") { it.pooling == Pooling.Each }
        named<Boxes>(objective.box, "boxes") { true }
        val label = model.all<Classify>().find { it.name == objective.label } ?: return
        val box = model.all<Boxes>().find { it.name == objective.box } ?: return
        if (label.input == box.input) return
        val facts =
            listOf(
                model.fact("${label.name} of", label.input, label.name),
                model.fact("${box.name} of", box.input, box.name),
            )
        findings.tell(ObjectiveMessages.objectsAreApart(label.input).at(PLACE, facts))
    }

    private inline fun <reified Kind : Component> named(name: String, what: String, fits: (Kind) -> Boolean) {
        val candidates = model.all<Kind>().filter(fits)
        if (candidates.any { it.name == name }) return
        // An objective that an edit says has the line of the edit.
        val said =
            model.origins[PLACE].let {
                if (it == Origin.Unknown) emptyList() else listOf(model.fact("of", name, PLACE))
            }
        findings.tell(ObjectiveMessages.thereAreNo(what, name, candidates.map { it.name }).at(PLACE, said))
    }

    private inline fun <reified Kind : Sublayer> fits(path: String, what: String) =
        fits(path, what, sublayers().filter { it.second is Kind }.map { it.first })

    private fun fits(path: String, what: String, known: List<String>, origin: Origin = Origin.Unknown) {
        val pattern = PathPattern(path)
        if (known.any { pattern.fits(it) }) return
        val said = if (origin == Origin.Unknown) emptyList() else listOf(Fact("path", path, origin.says, origin.where))
        findings.tell(ObjectiveMessages.nothingFits(what, path, known).at(PLACE, said))
    }

    private fun sublayers(): List<Pair<String, Sublayer>> =
        model.all<Stack>().flatMap { stack ->
            stack.layers.flatMapIndexed { number, layer ->
                layer.parts.filterIsInstance<Sublayer>().map { "${stack.name}/$number/${it.name}" to it }
            }
        }

    companion object {
        /** What is told of objectives is told there. */
        const val PLACE = "objective"

        /** What said that weights are frozen is kept at their path after this, which no part has. */
        const val FROZEN = "freeze "
    }
}
