package io.heddle.rules

import io.heddle.check.Problem
import io.heddle.model.Head
import io.heddle.model.InputComponent
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.Stack

/** Sizes are positive, rates are rates, and what meets has one width. */
internal class SizeRules(private val model: Model) {
    private val findings = Findings(model)
    private val inputs = InputRules(findings)
    private val parts = PartRules(findings)
    private val heads = HeadRules(findings)

    fun problems(): List<Problem> {
        findings.positive("width", model.width, "")
        model.components.forEach { component ->
            when (component) {
                is InputComponent -> inputs.check(component)
                is Stack -> parts.check(component)
                is NormComponent -> {
                    findings.norm(component.norm, component.name)
                    parts.sameWidth(component.name, component.width, component.input)
                }
                is MergedPatches -> parts.check(component)
                is RelativeBias -> parts.check(component)
                is RelationInput -> Unit
                is Head -> heads.check(component)
            }
        }
        ObjectiveRules(findings).check()
        SightRules(findings).check()
        return findings.problems
    }
}
