package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.model.Component
import io.heddle.model.CrossEntropy
import io.heddle.model.Layer
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Objective
import io.heddle.model.Origin
import io.heddle.model.Origins
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.Initializer
import io.heddle.terms.Layout
import io.heddle.terms.Norm
import java.util.function.BiConsumer
import java.util.function.Consumer
import kotlin.jvm.JvmSynthetic

/**
 * What a model is made of: inputs, stacks, heads, and the choices that hold for all of them.
 *
 * The choices (`layout`, `norm`, `bias`, `dropout`, `attentionDropout`, `initializer`) are said before the first
 * component.
 *
 * @property width how many numbers describe a token where a component does not say otherwise
 */
@HeddleDsl
public class ModelScope internal constructor(private val name: String, public val width: Int, origin: Origin) {
    private var defaults = Defaults()
    private val components = mutableListOf<Component>()
    private val objectives = mutableListOf<Objective>()
    private val unnamed = mutableListOf<Unnamed<*>>()
    private val notes = DescriptionNotes().apply { origin("", origin) }

    /** Where the norm sits in every residual of every stack. */
    public var layout: Layout
        get() = defaults.layout
        @JvmName("layout") set(value) = choose("layout", value) { copy(layout = value) }

    /** The norm of every `addNorm()`. */
    public var norm: Norm
        get() = defaults.norm
        @JvmName("norm") set(value) = choose("norm", value) { copy(norm = value) }

    /** Whether linear maps and layer norms add a trained vector. */
    public var bias: Boolean
        get() = defaults.bias
        @JvmName("bias") set(value) = choose("bias", value) { copy(bias = value) }

    /**
     * The rate at which numbers are dropped after each sublayer and after positions are added (arXiv 1706.03762,
     * section 5.4).
     */
    public var dropout: Double
        get() = defaults.dropout
        @JvmName("dropout") set(value) = choose("dropout", value) { copy(dropout = value) }

    /** The rate at which attention probabilities are dropped. */
    public var attentionDropout: Double
        get() = defaults.attentionDropout
        @JvmName("attentionDropout") set(value) = choose("attentionDropout", value) { copy(attentionDropout = value) }

    /** How weight matrices and tables begin. */
    public var initializer: Initializer
        get() = defaults.initializer
        @JvmName("initializer") set(value) = choose("initializer", value) { copy(initializer = value) }

    private fun choose(choice: String, value: Any, change: Defaults.() -> Defaults) {
        defaults = defaults.change()
        if (components.isEmpty() && unnamed.isEmpty()) return
        val origin = Caller.origin("$choice = $value")
        val facts = listOf(Fact(choice, "$value", origin.says, origin.where))
        val first = components.firstOrNull()?.name ?: unnamed.first().verb
        notes.find(
            Problem(name, "$choice is said too late", facts, "Say $choice before \"$first\", the first component.")
        )
    }

    /** Token ids, `[batch, time]`, out of [vocab] different ones, looked up in a table of their own. */
    @JvmSynthetic
    public fun tokens(
        vocab: Int,
        width: Int = this.width,
        configure: TokensScope.() -> Unit = {},
    ): Unnamed<TokenInput> {
        val says = if (width == this.width) "tokens(vocab = $vocab)" else "tokens(vocab = $vocab, width = $width)"
        val scope = TokensScope(defaults).apply(configure)
        return unnamed("tokens", says) { scope.input(it, vocab, width, Table.Own(scope.initializer)) }
    }

    /**
     * Token ids that are looked up in the table of [tiedTo]; positions, scale and dropout are its own until another is
     * said.
     */
    @JvmSynthetic
    public fun tokens(tiedTo: TokenInput, configure: TokensScope.() -> Unit = {}): Unnamed<TokenInput> {
        val scope = TokensScope(tiedTo, defaults).apply(configure)
        return unnamed("tokens", "tokens(tiedTo = ${tiedTo.name})") {
            scope.input(it, tiedTo.vocabulary, tiedTo.width, Table.Tied(owner(tiedTo)))
        }
    }

    /** Vectors, `[batch, time, features]`; `project()` brings them to the model's width. */
    @JvmSynthetic
    public fun vectors(features: Int, configure: VectorsScope.() -> Unit = {}): Unnamed<VectorInput> {
        val scope = VectorsScope(defaults).apply(configure)
        return unnamed("vectors", "vectors(features = $features)") { scope.input(it, features, width) }
    }

    /** [layers] times what [describe] says, over [input]; the block is told the number of its layer, from 0. */
    @JvmSynthetic
    public fun stack(input: SequenceComponent, layers: Int, describe: BlockScope.(layer: Int) -> Unit): Unnamed<Stack> {
        val blocks =
            List(layers.coerceIn(0, MOST_LAYERS)) { layer ->
                BlockScope(input.width, defaults).apply { describe(layer) }
            }
        val said = defaults
        return unnamed("stack", "stack(${input.name}, layers = $layers)") { stack ->
            if (layers !in 1..MOST_LAYERS) notes.find(uncountable(stack, layers))
            blocks.forEachIndexed { layer, block -> notes.include("$stack/$layer", block.notes) }
            notes.tellShares(input.width, origin(if (input.width == width) "" else input.name))
            Stack(stack, input.name, input.width, said.layout, blocks.map { Layer(it.parts) })
        }
    }

    /** A norm over [input] as a component of its own, for example after a post-norm stack. */
    @JvmSynthetic
    public fun norm(input: SequenceComponent, norm: Norm = this.norm): Unnamed<NormComponent> {
        val said = defaults
        return unnamed("norm", "norm(${input.name})") { NormComponent(it, input.name, input.width, norm, said.bias) }
    }

    /** Scores over the vocabulary of [tiedTo], whose table is used again. */
    @JvmSynthetic
    public fun logits(
        input: SequenceComponent,
        tiedTo: TokenInput,
        configure: LogitsScope.() -> Unit = {},
    ): Unnamed<Logits> {
        val scope = LogitsScope(defaults).apply(configure)
        return unnamed("logits", "logits(${input.name}, tiedTo = ${tiedTo.name})") {
            Logits(it, input.name, tiedTo.vocabulary, Table.Tied(owner(tiedTo)), scope.bias)
        }
    }

    /** Scores over [vocab] tokens through a table of their own; without [vocab], those of the input below. */
    @JvmSynthetic
    public fun logits(
        input: SequenceComponent,
        vocab: Int? = null,
        configure: LogitsScope.() -> Unit = {},
    ): Unnamed<Logits> {
        val scope = LogitsScope(defaults).apply(configure)
        val vocabulary = vocab ?: vocabularyBelow(input)
        val says = if (vocab == null) "logits(${input.name})" else "logits(${input.name}, vocab = $vocab)"
        return unnamed("logits", says) { name ->
            if (vocabulary == null) notes.find(wordless(name, input))
            Logits(name, input.name, vocabulary ?: 1, Table.Own(scope.initializer), scope.bias)
        }
    }

    /** What training makes small; without it, the cross entropy of every `logits`. */
    @JvmSynthetic
    public fun objective(describe: ObjectiveScope.() -> Unit) {
        objectives += ObjectiveScope().apply(describe).objectives
    }

    /** The token input whose table [input] uses: itself, or the one that it is tied to. */
    private fun owner(input: TokenInput): String =
        when (val table = input.table) {
            is Table.Own -> input.name
            is Table.Tied -> table.input
        }

    private fun vocabularyBelow(input: SequenceComponent): Int? {
        val seen = mutableSetOf<SequenceComponent>()
        var below: SequenceComponent? = input
        while (below != null && seen.add(below)) {
            below =
                when (below) {
                    is TokenInput -> return below.vocabulary
                    is Stack -> sequence(below.input)
                    is NormComponent -> sequence(below.input)
                    is VectorInput -> null
                }
        }
        return null
    }

    private fun origin(path: String) = notes.origins[path] ?: Origin.Unknown

    private fun sequence(name: String) = components.find { it.name == name } as? SequenceComponent

    private fun <Kind : Component> unnamed(verb: String, says: String, make: (String) -> Kind): Unnamed<Kind> {
        val origin = Caller.origin(says)
        lateinit var waiting: Unnamed<Kind>
        waiting =
            Unnamed(verb, origin) { given ->
                unnamed.remove(waiting)
                notes.origin(given, origin)
                make(given).also { components += it }
            }
        unnamed += waiting
        return waiting
    }

    internal fun build(): Model {
        unnamed.forEach { notes.find(nameless(it)) }
        val trained = objectives.ifEmpty { components.filterIsInstance<Logits>().map { CrossEntropy(it.name, 0.0) } }
        return Model(name, width, components.toList(), trained.toList(), Origins(notes.origins), notes.findings)
    }

    private fun nameless(component: Unnamed<*>) =
        Problem(
            name,
            "a ${component.verb} has no name",
            listOf(Fact(component.verb, "nameless", component.origin.says, component.origin.where)),
            "Name it with the property that holds it: val encoder by ${component.origin.says}",
        )

    private fun fact(name: String, value: Any, path: String) =
        origin(path).let { Fact(name, "$value", it.says, it.where) }

    private fun uncountable(stack: String, layers: Int): Problem {
        val title = if (layers < 1) "the stack has no layers" else "the stack has too many layers"
        return Problem(stack, title, listOf(fact("layers", layers, stack)), "Say between 1 and $MOST_LAYERS.")
    }

    private fun wordless(name: String, input: SequenceComponent): Problem {
        val mend = "There are no tokens below it to take the vocabulary from. Say logits(${input.name}, vocab = 32)."
        return Problem(name, "over which tokens is not known", listOf(fact("vocab", "left out", name)), mend)
    }

    // The same for Java -------------------------------------------------------------------------------------------

    /** `val name by tokens(vocab) { configure }`. */
    @JvmOverloads
    public fun tokens(name: String, vocab: Int, configure: Consumer<TokensScope> = Consumer {}): TokenInput =
        tokens(vocab) { configure.accept(this) }.named(name)

    /** `val name by tokens(tiedTo) { configure }`. */
    @JvmOverloads
    public fun tokens(name: String, tiedTo: TokenInput, configure: Consumer<TokensScope> = Consumer {}): TokenInput =
        tokens(tiedTo) { configure.accept(this) }.named(name)

    /** `val name by vectors(features) { configure }`. */
    @JvmOverloads
    public fun vectors(name: String, features: Int, configure: Consumer<VectorsScope> = Consumer {}): VectorInput =
        vectors(features) { configure.accept(this) }.named(name)

    /** `val name by stack(input, layers) { describe }`. */
    public fun stack(name: String, input: SequenceComponent, layers: Int, describe: Consumer<BlockScope>): Stack =
        stack(input, layers) { describe.accept(this) }.named(name)

    /** `val name by stack(input, layers) { layer -> describe }`. */
    public fun stack(
        name: String,
        input: SequenceComponent,
        layers: Int,
        describe: BiConsumer<BlockScope, Int>,
    ): Stack = stack(input, layers) { layer -> describe.accept(this, layer) }.named(name)

    /** `val name by norm(input)`. */
    public fun norm(name: String, input: SequenceComponent): NormComponent = norm(input).named(name)

    /** `val name by logits(input, tiedTo) { configure }`. */
    @JvmOverloads
    public fun logits(
        name: String,
        input: SequenceComponent,
        tiedTo: TokenInput,
        configure: Consumer<LogitsScope> = Consumer {},
    ): Logits = logits(input, tiedTo) { configure.accept(this) }.named(name)

    /** `val name by logits(input) { configure }`. */
    @JvmOverloads
    public fun logits(name: String, input: SequenceComponent, configure: Consumer<LogitsScope> = Consumer {}): Logits =
        logits(input) { configure.accept(this) }.named(name)

    /** `objective { describe }`. */
    public fun objective(describe: Consumer<ObjectiveScope>): Unit = objective { describe.accept(this) }

    private companion object {
        const val MOST_LAYERS = 10_000
    }
}
