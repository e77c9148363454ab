package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.model.Model

/** A value of the part at [path], with the words that said it. */
internal fun Model.fact(name: String, value: Any, path: String): Fact {
    val origin = origins[path]
    return Fact(name, "$value", origin.says, origin.where)
}
