package io.heddle.dsl

import io.heddle.model.Stack
import io.heddle.terms.Ending
import io.heddle.terms.Layout
import io.heddle.terms.Sharing

/** What may be changed of a stack that is there, but for its layers. */
@HeddleDsl
public class EditedStackScope internal constructor(private val stack: Stack) {
    /** Where the norm sits in every residual. */
    @set:JvmName("layout") public var layout: Layout = stack.layout

    /** Which layers have the same weights. */
    @set:JvmName("weights") public var weights: Sharing = stack.sharing

    /** Whether the last norm is there, where the layout has one. */
    @set:JvmName("ending") public var ending: Ending = stack.ending

    internal fun stack(): Stack = stack.copy(layout = layout, sharing = weights, ending = ending)
}
