package io.heddle.dsl

import io.heddle.messages.InputMessages
import io.heddle.model.Classify
import io.heddle.model.CopiesInput
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.LearnedInput
import io.heddle.model.RelationInput
import io.heddle.model.SequenceComponent
import io.heddle.model.SpokenInput
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.PositionTarget
import java.util.function.Consumer

/** What a model reads. */
@HeddleDsl
public sealed class ModelInputs(internal val description: Description) {
    /** How many numbers describe a token where a component does not say otherwise. */
    public val width: Int
        get() = description.width

    private val defaults: Defaults
        get() = description.defaults

    /** Token ids, `[batch, time]`, out of [vocab] different ones, looked up in a table of their own. */
    @JvmSynthetic
    public fun tokens(
        vocab: Int,
        width: Int = this.width,
        configure: TokensScope.() -> Unit = {},
    ): Unnamed<TokenInput> {
        val says = if (width == this.width) "tokens(vocab = $vocab)" else "tokens(vocab = $vocab, width = $width)"
        val scope = TokensScope(defaults).apply(configure)
        return description.unnamed("tokens", says) { scope.input(it, vocab, width, this.width, scope.table()) }
    }

    /**
     * Token ids that are looked up in the table of [tiedTo]; positions, scale, norm and dropout are its own until
     * another is said.
     */
    @JvmSynthetic
    public fun tokens(tiedTo: TokenInput, configure: TokensScope.() -> Unit = {}): Unnamed<TokenInput> {
        val scope = TokensScope(tiedTo, defaults).apply(configure)
        return description.unnamed("tokens", "tokens(tiedTo = ${tiedTo.name})") {
            val cutoffs = scope.cutoffs()
            if (cutoffs.isNotEmpty()) {
                val said = description.fact("adaptive", cutoffs.joinToString(), it)
                description.notes.find(InputMessages.tableIsAnothers(tiedTo.tableOwner()).at(it, said))
            }
            scope.input(it, tiedTo.vocabulary, tiedTo.tableWidth, width, Table.Tied(tiedTo.tableOwner()))
        }
    }

    /** Vectors, `[batch, time, features]`; `project()` brings them to the model's width. */
    @JvmSynthetic
    public fun vectors(features: Int, configure: VectorsScope.() -> Unit = {}): Unnamed<VectorInput> {
        val scope = VectorsScope(defaults).apply(configure)
        return description.unnamed("vectors", "vectors(features = $features)") { scope.input(it, features, width) }
    }

    /** Frames of a signal, `[batch, time, features]`, which `convolve()` makes fewer. */
    @JvmSynthetic
    public fun frames(features: Int, configure: FramesScope.() -> Unit = {}): Unnamed<FrameInput> {
        val scope = FramesScope(defaults).apply(configure)
        return description.unnamed("frames", "frames(features = $features)") { scope.input(it, features, width) }
    }

    /**
     * The frames that were said before, for a decoder that says more, see [io.heddle.model.SpokenInput]; `preNet()` is
     * what they go through first.
     *
     * @param reduction how many frames a position says
     */
    @JvmSynthetic
    public fun spoken(features: Int, reduction: Int = 1, configure: SpokenScope.() -> Unit = {}): Unnamed<SpokenInput> {
        val scope = SpokenScope(defaults).apply(configure)
        return description.unnamed("spoken", "spoken(features = $features, reduction = $reduction)") {
            scope.input(it, features, reduction, width)
        }
    }

    /**
     * Pictures, `[batch, rows, columns, channels]`, which `patches()` cuts.
     *
     * @param size how many pixels a picture has in each row
     * @param rows how many rows of pixels it has; as many where it is left out
     */
    @JvmSynthetic
    public fun image(
        channels: Int,
        size: Int,
        rows: Int = size,
        width: Int = this.width,
        configure: ImageScope.() -> Unit = {},
    ): Unnamed<ImageInput> {
        val scope = ImageScope(defaults).apply(configure)
        return description.unnamed("image", "image(channels = $channels, size = $size)") {
            scope.input(it, channels, rows, size, width)
        }
    }

    /** Features of pictures, `[batch, rows, columns, channels]`, position by position. */
    @JvmSynthetic
    public fun featureMap(channels: Int, configure: FeatureMapScope.() -> Unit = {}): Unnamed<FeatureMapInput> {
        val scope = FeatureMapScope(defaults).apply(configure)
        return description.unnamed("featureMap", "featureMap(channels = $channels)") {
            scope.input(it, channels, width)
        }
    }

    /** [count] trained vectors instead of an input (arXiv 2005.12872, section 3.2). */
    @JvmSynthetic
    public fun learned(
        count: Int,
        to: PositionTarget = PositionTarget.Input,
        configure: LearnedScope.() -> Unit = {},
    ): Unnamed<LearnedInput> {
        val scope = LearnedScope(defaults).apply(configure)
        return description.unnamed("learned", "learned($count)") {
            if (scope.takenBack) {
                val said = description.fact("positions", "none", it)
                description.notes.find(InputMessages.learnedVectorsHavePositions().at(it, said))
            }
            scope.input(it, count, width, to)
        }
    }

    /** What [source] embeds, spread over as many positions as [length] foretells (arXiv 1711.02281, section 3.3). */
    @JvmSynthetic
    public fun copies(
        source: TokenInput,
        length: Classify,
        configure: CopiesScope.() -> Unit = {},
    ): Unnamed<CopiesInput> {
        val scope = CopiesScope(defaults).apply(configure)
        return description.unnamed("copies", "copies(${source.name}, ${length.name})") {
            scope.input(it, source, length.name)
        }
    }

    /** Who of [nodes] is related to whom, `[batch, time, time]`: the edges of a graph, for `mask = Given(edges)`. */
    @JvmSynthetic
    public fun relation(nodes: SequenceComponent): Unnamed<RelationInput> =
        description.unnamed("relation", "relation(${nodes.name})") { RelationInput(it, nodes.name) }

    // The same for Java -------------------------------------------------------------------------------------------

    /** `val name by tokens(vocab) { configure }`. */
    @JvmOverloads
    public fun tokens(name: String, vocab: Int, configure: Consumer<TokensScope> = Consumer {}): TokenInput =
        tokens(vocab) { configure.accept(this) }.named(name)

    /** `val name by tokens(vocab, width) { configure }`. */
    @JvmOverloads
    public fun tokens(
        name: String,
        vocab: Int,
        width: Int,
        configure: Consumer<TokensScope> = Consumer {},
    ): TokenInput = tokens(vocab, width) { configure.accept(this) }.named(name)

    /** `val name by tokens(tiedTo) { configure }`. */
    @JvmOverloads
    public fun tokens(name: String, tiedTo: TokenInput, configure: Consumer<TokensScope> = Consumer {}): TokenInput =
        tokens(tiedTo) { configure.accept(this) }.named(name)

    /** `val name by vectors(features) { configure }`. */
    @JvmOverloads
    public fun vectors(name: String, features: Int, configure: Consumer<VectorsScope> = Consumer {}): VectorInput =
        vectors(features) { configure.accept(this) }.named(name)

    /** `val name by frames(features) { configure }`. */
    @JvmOverloads
    public fun frames(name: String, features: Int, configure: Consumer<FramesScope> = Consumer {}): FrameInput =
        frames(features) { configure.accept(this) }.named(name)

    /** `val name by spoken(features, reduction) { configure }`. */
    @JvmOverloads
    public fun spoken(
        name: String,
        features: Int,
        reduction: Int = 1,
        configure: Consumer<SpokenScope> = Consumer {},
    ): SpokenInput = spoken(features, reduction) { configure.accept(this) }.named(name)

    /** `val name by image(channels, size) { configure }`. */
    @JvmOverloads
    public fun image(
        name: String,
        channels: Int,
        size: Int,
        configure: Consumer<ImageScope> = Consumer {},
    ): ImageInput = image(channels, size) { configure.accept(this) }.named(name)

    /** `val name by image(channels, size, rows, width) { configure }`. */
    @JvmOverloads
    public fun image(
        name: String,
        channels: Int,
        size: Int,
        rows: Int,
        width: Int = this.width,
        configure: Consumer<ImageScope> = Consumer {},
    ): ImageInput = image(channels, size, rows, width) { configure.accept(this) }.named(name)

    /** `val name by featureMap(channels) { configure }`. */
    @JvmOverloads
    public fun featureMap(
        name: String,
        channels: Int,
        configure: Consumer<FeatureMapScope> = Consumer {},
    ): FeatureMapInput = featureMap(channels) { configure.accept(this) }.named(name)

    /** `val name by learned(count, to) { configure }`. */
    @JvmOverloads
    public fun learned(
        name: String,
        count: Int,
        to: PositionTarget = PositionTarget.Input,
        configure: Consumer<LearnedScope> = Consumer {},
    ): LearnedInput = learned(count, to) { configure.accept(this) }.named(name)

    /** `val name by copies(source, length) { configure }`. */
    @JvmOverloads
    public fun copies(
        name: String,
        source: TokenInput,
        length: Classify,
        configure: Consumer<CopiesScope> = Consumer {},
    ): CopiesInput = copies(source, length) { configure.accept(this) }.named(name)

    /** `val name by relation(nodes)`. */
    public fun relation(name: String, nodes: SequenceComponent): RelationInput = relation(nodes).named(name)
}

/** The token input whose table this one uses: itself, or the one that it is tied to. */
internal fun TokenInput.tableOwner(): String =
    when (val table = table) {
        is Table.Own,
        is Table.Adaptive -> name
        is Table.Tied -> table.input
    }
