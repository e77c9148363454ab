package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.PartMessages
import io.heddle.model.Component
import io.heddle.model.Head
import io.heddle.model.InputComponent
import io.heddle.model.MergedPatches
import io.heddle.model.NormComponent
import io.heddle.model.Origin
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.Stack
import io.heddle.model.transformNorm
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.ReZero

/** That [origin] said a [norm] which no residual has. */
internal fun neverUsed(norm: Norm, origin: Origin): Problem =
    PartMessages.normIsNeverUsed().at("", Fact("norm", "$norm", origin.says, origin.where))

/**
 * Whether the norm that a model says for all its parts is that of none: its residuals have no norms, nor has the rest.
 */
internal fun List<Component>.useNoNorm(): Boolean =
    any { it is Stack } &&
        all { component ->
            when (component) {
                is Stack -> component.layout is ReZero
                is InputComponent -> component.norm == NoNorm
                is Head -> component.transformNorm == NoNorm
                is NormComponent,
                is MergedPatches -> false
                is RelationInput,
                is RelativeBias -> true
            }
        }
