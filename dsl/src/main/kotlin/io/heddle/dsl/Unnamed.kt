package io.heddle.dsl

import io.heddle.model.Component
import io.heddle.model.Origin
import kotlin.properties.ReadOnlyProperty
import kotlin.reflect.KProperty

/**
 * A component that waits for its name, which is the property's: `val encoder by stack(...)`.
 *
 * One that nobody names is told as a problem when the model is checked.
 */
public class Unnamed<Kind : Component>
internal constructor(internal val verb: String, internal val origin: Origin, private val name: (String) -> Kind) {
    /** Names the component after [property]. */
    @JvmSynthetic
    public operator fun provideDelegate(owner: Any?, property: KProperty<*>): ReadOnlyProperty<Any?, Kind> {
        val component = named(property.name)
        return ReadOnlyProperty { _, _ -> component }
    }

    /** Names the component [name]; for those that no property holds, such as the ones of a loop. */
    public infix fun named(name: String): Kind = this.name(name)
}
