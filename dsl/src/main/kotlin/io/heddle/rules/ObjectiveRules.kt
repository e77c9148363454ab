package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.Contrastive
import io.heddle.model.CrossAttention
import io.heddle.model.CrossEntropy
import io.heddle.model.Experts
import io.heddle.model.GuidedAttention
import io.heddle.model.Labels
import io.heddle.model.LoadBalance
import io.heddle.model.Logits
import io.heddle.model.Matching
import io.heddle.model.PathPattern
import io.heddle.model.Stack
import io.heddle.model.Sublayer
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
                is Contrastive -> named<Contrast>(objective.contrast, "contrast") { true }
                is Matching -> matching(objective)
                is LoadBalance -> fits<Experts>(objective.path, "experts")
                is GuidedAttention -> {
                    findings.amount("sharpness", objective.sharpness, PLACE)
                    fits<CrossAttention>(objective.path, "cross-attention")
                }
            }
        }
        val names by lazy { names() }
        model.frozen.forEach { frozen ->
            val pattern = PathPattern(frozen)
            if (names.none { pattern.fits(it) }) nothing(frozen, "weights", "")
        }
    }

    private fun matching(objective: Matching) {
        findings.amount("distance", objective.distance, PLACE)
        findings.amount("overlap", objective.overlap, PLACE)
        findings.share("absent", objective.absent, PLACE)
        named<Classify>(objective.label, "classes of each position") { it.pooling == Pooling.Each }
        named<Boxes>(objective.box, "boxes") { true }
    }

    private inline fun <reified Kind : Component> named(name: String, what: String, fits: (Kind) -> Boolean) {
        val candidates = model.all<Kind>().filter(fits)
        if (candidates.any { it.name == name }) return
        val known = candidates.joinToString(limit = MOST_NAMED) { it.name }.ifEmpty { "(none is there)" }
        findings.tell(Problem(PLACE, "there are no $what \"$name\"", emptyList(), "Name one of: $known."))
    }

    private inline fun <reified Kind : Sublayer> fits(path: String, what: String) {
        val pattern = PathPattern(path)
        val paths = sublayers().filter { it.second is Kind }.map { it.first }
        if (paths.none { pattern.fits(it) }) nothing(path, what, paths.firstOrNull().orEmpty())
    }

    private fun nothing(path: String, what: String, example: String) {
        val like =
            if (example.isEmpty()) "The model has: ${names().joinToString(limit = MOST_NAMED)}."
            else "There is \"$example\"."
        findings.tell(Problem(PLACE, "no $what at \"$path\"", emptyList(), like))
    }

    private fun names() = model.components.map { it.name } + sublayers().map { it.first }.distinct()

    private fun sublayers(): List<Pair<String, Sublayer>> =
        model.all<Stack>().flatMap { stack ->
            stack.layers.flatMapIndexed { number, layer ->
                layer.parts.filterIsInstance<Sublayer>().map { "${stack.name}/$number/${it.name}" to it }
            }
        }

    private companion object {
        const val PLACE = "objective"
        const val MOST_NAMED = 100
    }
}
