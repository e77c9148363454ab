package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.check.ProblemsException
import io.heddle.messages.DescriptionMessages
import io.heddle.messages.ReferenceMessages
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Pool
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.SequenceComponent
import io.heddle.model.TokenInput
import java.util.function.Consumer

/**
 * Where components come and go in a model that is there, and what those that are there are called.
 *
 * What a new piece reads is named before it is described: `val encoder = sequenceNamed("encoder")`.
 */
@HeddleDsl
public sealed class EditPlacesScope(edited: Edited) : EditComponentsScope(edited) {
    /**
     * Puts the components that [describe] says before the one named [name]; heads among them have their usual
     * objectives.
     */
    @JvmSynthetic
    public fun insertComponentsBefore(name: String, describe: ModelScope.() -> Unit): Unit =
        place(name, "insertComponentsBefore", Joining.Before, describe)

    /**
     * Puts the components that [describe] says after the one named [name]; heads among them have their usual
     * objectives.
     */
    @JvmSynthetic
    public fun insertComponentsAfter(name: String, describe: ModelScope.() -> Unit): Unit =
        place(name, "insertComponentsAfter", Joining.After, describe)

    /**
     * Puts the components that [describe] says in the place of the one named [name], whose name one of them may have.
     */
    @JvmSynthetic
    public fun replaceComponent(name: String, describe: ModelScope.() -> Unit): Unit =
        place(name, "replaceComponent", Joining.Instead, describe)

    private fun place(name: String, verb: String, joining: Joining, describe: ModelScope.() -> Unit) {
        val known = edited.model.components.map { it.name }
        if (name !in known) return edited.tellNothing(name, verb, known)
        val origin = Caller.origin("$verb(\"$name\")")
        val model = edited.model
        val defaults = edited.parts.all().firstOrNull()?.let { Defaults.around(it) } ?: Defaults()
        val description = Description(model.name, model.width, model.origins[""], model, defaults)
        ModelScope(description).apply(describe)
        description.tellUnnamed()
        if (joining == Joining.Instead && description.components.isEmpty())
            edited.tell(DescriptionMessages.replacedByNothing(verb, name), name, origin)
        else edited.place(name, description, joining, origin)
    }

    /**
     * The sequence named [name], to be read by what is described.
     *
     * @throws ProblemsException when there is none
     */
    public fun sequenceNamed(name: String): SequenceComponent = named(name)

    /**
     * The tokens named [name], to tie others to.
     *
     * @throws ProblemsException when there are none
     */
    public fun tokensNamed(name: String): TokenInput = named(name)

    /**
     * The pooled vector named [name], to be classified or compared.
     *
     * @throws ProblemsException when there is none
     */
    public fun poolNamed(name: String): Pool = named(name)

    /**
     * The classes named [name], to foretell the length of copies.
     *
     * @throws ProblemsException when there are none
     */
    public fun classifyNamed(name: String): Classify = named(name)

    /**
     * The relative bias named [name], for attentions.
     *
     * @throws ProblemsException when there is none
     */
    public fun relativeBiasNamed(name: String): RelativeBias = named(name)

    /**
     * The relation named [name], for masks.
     *
     * @throws ProblemsException when there is none
     */
    public fun relationNamed(name: String): RelationInput = named(name)

    private inline fun <reified Kind : Component> named(name: String): Kind {
        val known = edited.model.all<Kind>()
        known
            .find { it.name == name }
            ?.let {
                return it
            }
        val origin = Caller.origin("\"$name\"")
        val said = Fact("name", name, origin.says, origin.where)
        // Nothing can be described over what is not there.
        throw ProblemsException(ReferenceMessages.unknown(name, known.map { it.name }).at(edited.model.name, said))
    }

    // The same for Java -------------------------------------------------------------------------------------------

    /** `insertComponentsBefore(name) { describe }`. */
    public fun insertComponentsBefore(name: String, describe: Consumer<ModelScope>): Unit =
        insertComponentsBefore(name) { describe.accept(this) }

    /** `insertComponentsAfter(name) { describe }`. */
    public fun insertComponentsAfter(name: String, describe: Consumer<ModelScope>): Unit =
        insertComponentsAfter(name) { describe.accept(this) }

    /** `replaceComponent(name) { describe }`. */
    public fun replaceComponent(name: String, describe: Consumer<ModelScope>): Unit =
        replaceComponent(name) { describe.accept(this) }
}
