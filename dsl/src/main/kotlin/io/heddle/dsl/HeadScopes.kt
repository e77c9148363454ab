package io.heddle.dsl

import io.heddle.model.CrossEntropy
import io.heddle.model.Logits
import io.heddle.model.Objective
import io.heddle.terms.Initializer

/** What may be said of scores over a vocabulary. */
@HeddleDsl
public class LogitsScope internal constructor(defaults: Defaults) {
    /** Whether a trained number is added for each token. */
    @set:JvmName("bias") public var bias: Boolean = false

    /** How a table of their own begins. */
    @set:JvmName("initializer") public var initializer: Initializer = defaults.initializer
}

/** What training makes small. */
@HeddleDsl
public class ObjectiveScope internal constructor() {
    internal val objectives = mutableListOf<Objective>()

    /** The mean of `-log p(label)` over all real labels; see [io.heddle.model.CrossEntropy]. */
    @JvmOverloads
    public fun crossEntropy(logits: Logits, labelSmoothing: Double = 0.0) {
        objectives += CrossEntropy(logits.name, labelSmoothing)
    }
}
