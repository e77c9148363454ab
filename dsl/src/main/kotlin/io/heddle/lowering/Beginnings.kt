package io.heddle.lowering

import io.heddle.terms.BranchScale
import io.heddle.terms.Initializer
import io.heddle.terms.KaimingNormal
import io.heddle.terms.KaimingUniform
import io.heddle.terms.Normal
import io.heddle.terms.TruncatedNormal
import io.heddle.terms.XavierNormal
import io.heddle.terms.XavierUniform
import kotlin.math.sqrt

/** How much larger a weight begins that writes into the residual of a stack with so many [branches]. */
internal fun branchFactor(initializer: Initializer, branches: Int): Double =
    when (initializer.branchScale()) {
        BranchScale.Same,
        BranchScale.Fixup -> 1.0
        BranchScale.ByDepth -> 1.0 / sqrt(branches.toDouble())
        BranchScale.Zero -> 0.0
    }

internal fun Initializer.branchScale(): BranchScale =
    when (this) {
        is Normal -> branches
        is TruncatedNormal -> branches
        is XavierNormal -> branches
        is XavierUniform -> branches
        is KaimingNormal,
        is KaimingUniform -> BranchScale.Same
    }
