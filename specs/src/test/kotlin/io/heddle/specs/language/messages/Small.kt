package io.heddle.specs.language.messages

import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.model.Component
import io.heddle.model.Model
import io.heddle.model.Part
import io.heddle.model.Stack

/** A model of text whose only layer is what [describe] says. */
fun layer(width: Int = 8, describe: BlockScope.() -> Unit): Model =
    model("small", width) {
        val text by tokens(vocab = 5)
        val decoder by stack(text, layers = 1) { describe() }
    }

/** The model with other components, as one may be read from a document. */
fun Model.changed(change: (Component) -> Component): Model =
    Model(name, width, components.map(change), objectives, frozen)

/** The model with other parts, as one may be read from a document. */
fun Model.changedParts(change: (Part) -> Part): Model = changed { component ->
    if (component !is Stack) component
    else component.copy(layers = component.layers.map { layer -> layer.copy(parts = layer.parts.map(change)) })
}
