@file:JvmName("Masks")

package io.heddle.dsl

import io.heddle.model.RelationInput
import io.heddle.terms.Given

/** What [relation] says for each pair: the edges of a graph, for example. */
@Suppress("FunctionName") // Reads as the mask that it makes.
public fun Given(relation: RelationInput): Given = Given(relation.name)
