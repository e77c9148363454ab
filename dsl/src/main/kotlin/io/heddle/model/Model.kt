package io.heddle.model

import io.heddle.check.Problem

/**
 * What a researcher described: an immutable value, equal to another when it computes the same thing under the same
 * names.
 *
 * @property name what it is called
 * @property width how many numbers describe a token where a component does not say otherwise
 * @property components inputs, stacks and heads, each after what it reads
 * @property objectives what training makes small, added up
 * @property frozen the paths of weights that training leaves as they are; `*` stands for one word, `**` for any number
 * @property origins which words of which file said what; not part of the value, and not stored
 * @property findings what was found wrong while it was described; not part of the value, and not stored
 */
public class Model(
    public val name: String,
    public val width: Int,
    public val components: List<Component>,
    public val objectives: List<Objective>,
    public val frozen: List<String>,
    public val origins: Origins,
    public val findings: List<Problem>,
) {
    public constructor(
        name: String,
        width: Int,
        components: List<Component>,
        objectives: List<Objective>,
        frozen: List<String>,
    ) : this(name, width, components, objectives, frozen, Origins.None, emptyList())

    /** The components of one kind, in order. */
    @JvmSynthetic public inline fun <reified Kind : Component> all(): List<Kind> = components.filterIsInstance<Kind>()

    /** The component named [name]; an error for a model that was checked and has none. */
    public fun component(name: String): Component =
        requireNotNull(components.find { it.name == name }) { "${this.name} has no component \"$name\"." }

    /** This model under another [name]: it computes the same. */
    public fun called(name: String): Model = with(name = name)

    /** This model, but for what is given. */
    @JvmSynthetic
    internal fun with(
        components: List<Component> = this.components,
        name: String = this.name,
        objectives: List<Objective> = this.objectives,
        frozen: List<String> = this.frozen,
        origins: Origins = this.origins,
        findings: List<Problem> = this.findings,
    ): Model = Model(name, width, components, objectives, frozen, origins, findings)

    override fun equals(other: Any?): Boolean =
        other is Model &&
            name == other.name &&
            width == other.width &&
            components == other.components &&
            objectives == other.objectives &&
            frozen == other.frozen

    override fun hashCode(): Int = listOf(name, width, components, objectives, frozen).hashCode()

    override fun toString(): String = "Model($name, width = $width, ${components.joinToString { it.name }})"
}
