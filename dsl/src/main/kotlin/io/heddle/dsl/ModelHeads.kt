package io.heddle.dsl

import io.heddle.messages.HeadMessages
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.CopiesInput
import io.heddle.model.Head
import io.heddle.model.InputComponent
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.NormComponent
import io.heddle.model.Pool
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.SequenceComponent
import io.heddle.model.Speech
import io.heddle.model.SpokenInput
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.terms.Pooling
import io.heddle.terms.Temperature
import java.util.function.Consumer

/** What a model is asked. */
@HeddleDsl
public sealed class ModelHeads(description: Description) : ModelInputs(description) {
    private val defaults: Defaults
        get() = description.defaults

    /** Scores over the vocabulary of [tiedTo], whose table is used again. */
    @JvmSynthetic
    public fun logits(
        input: SequenceComponent,
        tiedTo: TokenInput,
        configure: LogitsScope.() -> Unit = {},
    ): Unnamed<Logits> {
        val scope = LogitsScope(defaults, input.outputWidth).apply(configure)
        return description.unnamed("logits", "logits(${input.name}, tiedTo = ${tiedTo.name})") {
            logits(it, input, tiedTo.vocabulary, Table.Tied(tiedTo.tableOwner()), scope)
        }
    }

    /** Scores over [vocab] tokens through a table of their own; without [vocab], those of the input below. */
    @JvmSynthetic
    public fun logits(
        input: SequenceComponent,
        vocab: Int? = null,
        configure: LogitsScope.() -> Unit = {},
    ): Unnamed<Logits> {
        val scope = LogitsScope(defaults, input.outputWidth).apply(configure)
        val vocabulary = vocab ?: vocabularyBelow(input)
        val says = if (vocab == null) "logits(${input.name})" else "logits(${input.name}, vocab = $vocab)"
        return description.unnamed("logits", says) { name ->
            if (vocabulary == null) {
                val facts = listOf(description.fact("vocab", "left out", name))
                description.notes.find(HeadMessages.vocabularyIsUnknown(input.name).at(name, facts))
            }
            logits(name, input, vocabulary ?: 1, Table.Own(scope.initializer), scope)
        }
    }

    private fun logits(name: String, input: SequenceComponent, vocabulary: Int, table: Table, scope: LogitsScope) =
        Logits(
            name,
            input.name,
            vocabulary,
            table,
            scope.transform(),
            scope.scale,
            scope.cap,
            scope.bias,
            scope.copying,
            scope.structure,
        )

    /** One vector for each sequence. */
    @JvmSynthetic
    public fun pool(input: SequenceComponent, pooling: Pooling, configure: PoolScope.() -> Unit = {}): Unnamed<Pool> {
        val scope = PoolScope(defaults, input.outputWidth).apply(configure)
        return description.unnamed("pool", "pool(${input.name}, $pooling)") {
            val transform = scope.transform()
            Pool(it, input.name, transform.widthAfter(input.outputWidth), pooling, transform)
        }
    }

    /** A score for each of [classes], of what [pooling] reads. */
    @JvmSynthetic
    public fun classify(
        input: SequenceComponent,
        pooling: Pooling,
        classes: Int,
        configure: ClassifyScope.() -> Unit = {},
    ): Unnamed<Classify> {
        val scope = ClassifyScope(defaults, input.outputWidth).apply(configure)
        return description.unnamed("classify", "classify(${input.name}, $pooling, classes = $classes)") {
            scope.classify(it, input.name, pooling, classes)
        }
    }

    /** A score for each of [classes], of a vector that was pooled. */
    @JvmSynthetic
    public fun classify(input: Pool, classes: Int, configure: ClassifyScope.() -> Unit = {}): Unnamed<Classify> {
        val scope = ClassifyScope(defaults, input.width).apply(configure)
        return description.unnamed("classify", "classify(${input.name}, classes = $classes)") {
            scope.classify(it, input.name, Pooling.Each, classes)
        }
    }

    /** A box for each position, by [layers] linear maps (arXiv 2005.12872, section 3.2). */
    @JvmSynthetic
    public fun boxes(input: SequenceComponent, layers: Int = 3): Unnamed<Boxes> {
        val said = defaults
        return description.unnamed("boxes", "boxes(${input.name}, layers = $layers)") {
            Boxes(it, input.name, layers, said.initializer)
        }
    }

    /**
     * The frames that each position says, and where they end, see [io.heddle.model.Speech]: as many numbers and frames
     * as the `spoken` input below has.
     */
    @JvmSynthetic
    public fun speech(input: SequenceComponent): Unnamed<Speech> {
        val said = defaults
        return description.unnamed("speech", "speech(${input.name})") {
            val below = bottom(input) as? SpokenInput
            Speech(it, input.name, below?.features ?: 1, below?.reduction ?: 1, said.initializer)
        }
    }

    /** How alike each [left] is to each [right] (arXiv 2103.00020, figure 3). */
    @JvmSynthetic
    public fun contrast(left: Pool, right: Pool, width: Int, temperature: Temperature): Unnamed<Contrast> {
        val said = defaults
        return description.unnamed("contrast", "contrast(${left.name}, ${right.name}, width = $width)") {
            Contrast(it, left.name, right.name, width, temperature, said.initializer)
        }
    }

    /** The input below [input]; null for one that is not there. */
    private fun bottom(input: SequenceComponent): Component? {
        var below: Component? = input
        repeat(description.known.size + 1) {
            below =
                when (val component = below) {
                    is InputComponent -> return component
                    is Stack -> description.find(component.input)
                    is NormComponent -> description.find(component.input)
                    is MergedPatches -> description.find(component.input)
                    is Head,
                    is RelationInput,
                    is RelativeBias,
                    null -> return null
                }
        }
        return null
    }

    private fun vocabularyBelow(input: SequenceComponent): Int? {
        var below: Component? = input
        repeat(description.known.size + 1) {
            below =
                when (val component = below) {
                    is TokenInput -> return component.vocabulary
                    is CopiesInput -> description.find(component.source)
                    is Stack -> description.find(component.input)
                    is NormComponent -> description.find(component.input)
                    is MergedPatches -> description.find(component.input)
                    is InputComponent,
                    is Head,
                    is RelationInput,
                    is RelativeBias,
                    null -> return null
                }
        }
        return null
    }

    // The same for Java -------------------------------------------------------------------------------------------

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

    /** `val name by logits(input, vocab) { configure }`. */
    @JvmOverloads
    public fun logits(
        name: String,
        input: SequenceComponent,
        vocab: Int,
        configure: Consumer<LogitsScope> = Consumer {},
    ): Logits = logits(input, vocab) { configure.accept(this) }.named(name)

    /** `val name by pool(input, pooling) { configure }`. */
    @JvmOverloads
    public fun pool(
        name: String,
        input: SequenceComponent,
        pooling: Pooling,
        configure: Consumer<PoolScope> = Consumer {},
    ): Pool = pool(input, pooling) { configure.accept(this) }.named(name)

    /** `val name by classify(input, pooling, classes) { configure }`. */
    @JvmOverloads
    public fun classify(
        name: String,
        input: SequenceComponent,
        pooling: Pooling,
        classes: Int,
        configure: Consumer<ClassifyScope> = Consumer {},
    ): Classify = classify(input, pooling, classes) { configure.accept(this) }.named(name)

    /** `val name by classify(input, classes) { configure }`. */
    @JvmOverloads
    public fun classify(
        name: String,
        input: Pool,
        classes: Int,
        configure: Consumer<ClassifyScope> = Consumer {},
    ): Classify = classify(input, classes) { configure.accept(this) }.named(name)

    /** `val name by boxes(input, layers)`. */
    @JvmOverloads
    public fun boxes(name: String, input: SequenceComponent, layers: Int = 3): Boxes = boxes(input, layers).named(name)

    /** `val name by speech(input)`. */
    public fun speech(name: String, input: SequenceComponent): Speech = speech(input).named(name)

    /** `val name by contrast(left, right, width, temperature)`. */
    public fun contrast(name: String, left: Pool, right: Pool, width: Int, temperature: Temperature): Contrast =
        contrast(left, right, width, temperature).named(name)
}
