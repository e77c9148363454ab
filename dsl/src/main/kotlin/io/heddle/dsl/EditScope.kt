package io.heddle.dsl

import io.heddle.model.AddNorm
import io.heddle.model.Attention
import io.heddle.model.Component
import io.heddle.model.CrossAttention
import io.heddle.model.FeedForward
import io.heddle.model.Layer
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Part
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.LayerNorm
import io.heddle.terms.Layout
import io.heddle.terms.Norm
import io.heddle.terms.PostNorm

/** What may be changed in a model that is there: each choice holds everywhere in it. */
@HeddleDsl
public class EditScope internal constructor(private var model: Model) {
    /** What the variant is called. */
    public var name: String
        get() = model.name
        @JvmName("name")
        set(value) {
            model = Model(value, model.width, model.components, model.objectives, model.origins, model.findings)
        }

    /** Where the norm sits in every residual of every stack; reads as the first stack's. */
    public var layout: Layout
        get() = model.all<Stack>().firstOrNull()?.layout ?: PostNorm
        @JvmName("layout")
        set(value) = components { component -> if (component is Stack) component.copy(layout = value) else component }

    /** Every norm; reads as the first one's. */
    public var norm: Norm
        get() = parts().filterIsInstance<AddNorm>().firstOrNull()?.norm ?: LayerNorm()
        @JvmName("norm")
        set(value) {
            parts { if (it is AddNorm) it.copy(norm = value) else it }
            components { if (it is NormComponent) it.copy(norm = value) else it }
        }

    /** The rate after every sublayer and at every input; reads as the first residual's. */
    public var dropout: Double
        get() = parts().filterIsInstance<AddNorm>().firstOrNull()?.dropout ?: 0.0
        @JvmName("dropout")
        set(value) {
            parts { if (it is AddNorm) it.copy(dropout = value) else it }
            components { component ->
                when (component) {
                    is TokenInput -> component.copy(dropout = value)
                    is VectorInput -> component.copy(dropout = value)
                    is Logits,
                    is NormComponent,
                    is Stack -> component
                }
            }
        }

    /** The rate of probabilities in every attention; reads as the first one's. */
    public var attentionDropout: Double
        get() = parts().filterIsInstance<Attention>().firstOrNull()?.dropout ?: 0.0
        @JvmName("attentionDropout")
        set(value) = parts { part ->
            when (part) {
                is Attention -> part.copy(dropout = value)
                is CrossAttention -> part.copy(dropout = value)
                is AddNorm,
                is FeedForward -> part
            }
        }

    private fun parts(): List<Part> = model.all<Stack>().flatMap { stack -> stack.layers.flatMap { it.parts } }

    private fun parts(change: (Part) -> Part) = components { component ->
        if (component is Stack) component.copy(layers = component.layers.map { Layer(it.parts.map(change)) })
        else component
    }

    private fun components(change: (Component) -> Component) {
        model =
            Model(
                model.name,
                model.width,
                model.components.map(change),
                model.objectives,
                model.origins,
                model.findings,
            )
    }

    internal fun build(): Model = model
}
