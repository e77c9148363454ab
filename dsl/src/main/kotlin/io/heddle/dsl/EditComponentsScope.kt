package io.heddle.dsl

import io.heddle.check.Fact
import io.heddle.messages.PartMessages
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.InputComponent
import io.heddle.model.LearnedInput
import io.heddle.model.Logits
import io.heddle.model.Pool
import io.heddle.model.SequenceComponent
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.rules.ObjectiveRules
import io.heddle.terms.Initializer
import io.heddle.terms.Pooling
import io.heddle.terms.Temperature
import io.heddle.terms.XavierUniform
import java.util.function.Consumer

/** What may be changed of the components of a model that is there: its inputs, its stacks, what it is asked. */
@HeddleDsl
public sealed class EditComponentsScope(edited: Edited) : EditPartsScope(edited) {
    /** The positions, the norm and the dropout of the input named [path]. */
    @JvmSynthetic
    public fun input(path: String, configure: EditedInputScope.() -> Unit): Unit =
        edited.change<InputComponent>(path, "input", Caller.origin("input(\"$path\")"), { it !is LearnedInput }) {
            EditedInputScope(it).apply(configure).input()
        }

    /**
     * Every stack at [path]; with [layers] it has so many: the last ones go, and those that come are as the last one,
     * or go on in turn where layers take turns.
     */
    @JvmSynthetic
    public fun stack(path: String, layers: Int? = null, configure: EditedStackScope.() -> Unit = {}) {
        val origin = Caller.origin(EditCall.of("stack", path, listOf("layers" to layers)))
        if (layers != null) {
            edited.all<Stack>(path).forEach { edited.settle(setOf(it.name)) }
            edited.deepen(path, minOf(maxOf(layers, 0), MOST_LAYERS), origin)
        }
        edited.change<Stack>(path, "stack", origin) { EditedStackScope(it).apply(configure).stack() }
        if (layers == null || layers <= MOST_LAYERS) return
        val said = Fact("layers", "$layers", origin.says, origin.where)
        edited.find(edited.all<Stack>(path).map { PartMessages.stackHasTooManyLayers(MOST_LAYERS).at(it.name, said) })
    }

    /** Every `logits` at [path]; over [vocab] tokens where they are said. */
    @JvmSynthetic
    public fun logits(path: String, vocab: Int? = null, configure: LogitsScope.() -> Unit = {}) {
        val origin = Caller.origin(EditCall.of("logits", path, listOf("vocab" to vocab)))
        if (vocab != null) edited.all<Logits>(path).forEach { edited.settle(setOf(it.name)) }
        edited.change<Logits>(path, "logits", origin) { head ->
            val begin = (head.table as? Table.Own)?.initializer ?: XavierUniform()
            val scope = LogitsScope(head, begin, width(head.input)).apply(configure)
            head.copy(
                vocabulary = vocab ?: head.vocabulary,
                table = if (head.table is Table.Own) Table.Own(scope.initializer) else head.table,
                transform = scope.transform(),
                scale = scope.scale,
                cap = scope.cap,
                bias = scope.bias,
                copying = scope.copying,
                structure = scope.structure,
            )
        }
    }

    /** Every `pool` at [path]; reads [pooling] where it is said. */
    @JvmSynthetic
    public fun pool(path: String, pooling: Pooling? = null, configure: PoolScope.() -> Unit = {}) {
        val origin = Caller.origin(EditCall.of("pool", path, listOf("pooling" to pooling)))
        edited.change<Pool>(path, "pool", origin) { head ->
            val transform = PoolScope(head, first(), width(head.input)).apply(configure).transform()
            val width = transform.widthAfter(width(head.input))
            head.copy(pooling = pooling ?: head.pooling, transform = transform, width = width)
        }
    }

    /** Every `classify` at [path]; of [classes], of what [pooling] reads, where they are said. */
    @JvmSynthetic
    public fun classify(
        path: String,
        pooling: Pooling? = null,
        classes: Int? = null,
        configure: ClassifyScope.() -> Unit = {},
    ) {
        val origin = Caller.origin(EditCall.of("classify", path, listOf("pooling" to pooling, "classes" to classes)))
        edited.change<Classify>(path, "classify", origin) { head ->
            ClassifyScope(head, width(head.input))
                .apply(configure)
                .classify(head.name, head.input, pooling ?: head.pooling, classes ?: head.classes)
        }
    }

    /** Every `boxes` at [path] has so many [layers]. */
    public fun boxes(path: String, layers: Int): Unit =
        edited.change<Boxes>(path, "boxes", Caller.origin("boxes(\"$path\", layers = $layers)")) {
            it.copy(layers = layers)
        }

    /** Every `contrast` at [path] compares in [width] numbers. */
    public fun contrast(path: String, width: Int): Unit =
        edited.change<Contrast>(path, "contrast", Caller.origin("contrast(\"$path\", width = $width)")) {
            it.copy(width = width)
        }

    /** Every `contrast` at [path] divides by [temperature]. */
    public fun contrast(path: String, temperature: Temperature): Unit =
        edited.change<Contrast>(path, "contrast", Caller.origin("contrast(\"$path\", temperature = $temperature)")) {
            it.copy(temperature = temperature)
        }

    /** What training makes small from now on, instead of what it did. */
    @JvmSynthetic
    public fun objective(describe: ObjectiveScope.() -> Unit) {
        val objectives = ObjectiveScope().apply(describe).objectives.toList()
        edited.set(edited.model.with(objectives = objectives))
        edited.note(Caller.origin("objective { ... }"), listOf(ObjectiveRules.PLACE))
    }

    private fun component(name: String): Component? = edited.model.components.find { it.name == name }

    /** How many numbers what is named [name] has; told by the rules where it is not there. */
    private fun width(name: String): Int =
        when (val below = component(name)) {
            is SequenceComponent -> below.outputWidth
            is Pool -> below.width
            else -> edited.model.width
        }

    /** How maps of heads begin that had none. */
    private fun first(): Initializer =
        edited.parts.all().firstOrNull()?.let { Defaults.around(it).initializer } ?: XavierUniform()

    // The same for Java -------------------------------------------------------------------------------------------

    /** `input(path) { configure }`. */
    public fun input(path: String, configure: Consumer<EditedInputScope>): Unit = input(path) { configure.accept(this) }

    /** `stack(path) { configure }`. */
    public fun stack(path: String, configure: Consumer<EditedStackScope>): Unit = stack(path) { configure.accept(this) }

    /** `stack(path, layers) { configure }`. */
    @JvmOverloads
    public fun stack(path: String, layers: Int, configure: Consumer<EditedStackScope> = Consumer {}): Unit =
        stack(path, layers) { configure.accept(this) }

    /** `logits(path) { configure }`. */
    public fun logits(path: String, configure: Consumer<LogitsScope>): Unit = logits(path) { configure.accept(this) }

    /** `logits(path, vocab) { configure }`. */
    @JvmOverloads
    public fun logits(path: String, vocab: Int, configure: Consumer<LogitsScope> = Consumer {}): Unit =
        logits(path, vocab) { configure.accept(this) }

    /** `pool(path) { configure }`. */
    public fun pool(path: String, configure: Consumer<PoolScope>): Unit = pool(path) { configure.accept(this) }

    /** `pool(path, pooling) { configure }`. */
    @JvmOverloads
    public fun pool(path: String, pooling: Pooling, configure: Consumer<PoolScope> = Consumer {}): Unit =
        pool(path, pooling) { configure.accept(this) }

    /** `classify(path) { configure }`. */
    public fun classify(path: String, configure: Consumer<ClassifyScope>): Unit =
        classify(path) { configure.accept(this) }

    /** `classify(path, pooling, classes) { configure }`. */
    @JvmOverloads
    public fun classify(
        path: String,
        pooling: Pooling,
        classes: Int,
        configure: Consumer<ClassifyScope> = Consumer {},
    ): Unit = classify(path, pooling, classes) { configure.accept(this) }

    /** `objective { describe }`. */
    public fun objective(describe: Consumer<ObjectiveScope>): Unit = objective { describe.accept(this) }

    private companion object {
        const val MOST_LAYERS = 10_000
    }
}
