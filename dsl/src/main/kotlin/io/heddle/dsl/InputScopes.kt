package io.heddle.dsl

import io.heddle.model.ClassToken
import io.heddle.model.Convolution
import io.heddle.model.CopiesInput
import io.heddle.model.EmbeddingScale
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.LearnedInput
import io.heddle.model.Position
import io.heddle.model.PreNetLayer
import io.heddle.model.Projection
import io.heddle.model.SpokenInput
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.terms.Activation
import io.heddle.terms.PatchEdge
import io.heddle.terms.PositionTarget
import io.heddle.terms.Relu

/** What may be said of the tokens of an input. */
@HeddleDsl
public class TokensScope internal constructor(defaults: Defaults, dropout: Double = defaults.dropout) :
    RowScope(defaults, dropout) {
    private var scale = EmbeddingScale.None
    private var kinds = 0
    private var projection: Projection = Projection.None
    private var cutoffs: List<Int> = emptyList()
    private var factor = 1

    /** What is said of [tied] holds until something else is said. */
    internal constructor(tied: TokenInput, defaults: Defaults) : this(defaults, tied.dropout) {
        scale = tied.scale
        kinds = tied.segments
        projection = tied.projection
        placed = { tied.position }
        said = tied.norm
    }

    /** Multiplies the rows of the table by the square root of their width (arXiv 1706.03762, section 3.4). */
    public fun scaled() {
        scale = EmbeddingScale.RootWidth
    }

    /** Adds a trained vector for each of [count] kinds of segments, whose numbers come with the tokens. */
    public fun segments(count: Int) {
        kinds = count
    }

    /** Brings rows that are narrower to the model's width by a linear map (arXiv 1909.11942, section 3.1). */
    @JvmOverloads
    public fun project(bias: Boolean = defaults.bias) {
        projection = Projection.Linear(initializer, bias)
    }

    /**
     * Gives rarer tokens narrower rows: a [factor]-th of the width after each of [cutoffs] (arXiv 1809.10853, section
     * 3). Logits tied to them are scored group by group.
     */
    @JvmOverloads
    public fun adaptive(vararg cutoffs: Int, factor: Int = NARROWER) {
        this.cutoffs = cutoffs.toList()
        this.factor = factor
    }

    /** After which tokens rows become narrower; nothing where they do not. */
    internal fun cutoffs(): List<Int> = cutoffs

    internal fun table(): Table =
        if (cutoffs.isEmpty()) Table.Own(initializer) else Table.Adaptive(cutoffs, factor, initializer)

    internal fun input(name: String, vocabulary: Int, tableWidth: Int, width: Int, table: Table) =
        TokenInput(
            name,
            vocabulary,
            if (projection == Projection.None) tableWidth else width,
            table,
            tableWidth,
            scale,
            position(),
            kinds,
            said,
            dropout,
            projection,
        )

    private companion object {
        /** How many times narrower rows become from group to group (arXiv 1809.10853, section 3). */
        const val NARROWER = 4
    }
}

/** What may be said of the vectors of an input. */
@HeddleDsl
public class VectorsScope internal constructor(defaults: Defaults) : RowScope(defaults, defaults.dropout) {
    private var projection: Projection = Projection.None

    /** Brings the vectors to the model's width by a linear map. */
    @JvmOverloads
    public fun project(bias: Boolean = defaults.bias) {
        projection = Projection.Linear(initializer, bias)
    }

    internal fun input(name: String, features: Int, width: Int) =
        VectorInput(name, features, width, projection, position(), said, dropout)
}

/** What may be said of the frames of a signal. */
@HeddleDsl
public class FramesScope internal constructor(defaults: Defaults) : RowScope(defaults, defaults.dropout) {
    private val convolutions = mutableListOf<Convolution>()
    private var projection: Projection = Projection.None

    /** A convolution along time, after those before it; see [io.heddle.model.Convolution]. */
    @JvmOverloads
    public fun convolve(channels: Int, kernel: Int, stride: Int = 1, activation: Activation = Relu) {
        convolutions += Convolution(channels, kernel, stride, activation, defaults.bias, initializer)
    }

    /** Brings what the convolutions give to the model's width by a linear map. */
    @JvmOverloads
    public fun project(bias: Boolean = defaults.bias) {
        projection = Projection.Linear(initializer, bias)
    }

    internal fun input(name: String, features: Int, width: Int) =
        FrameInput(name, features, width, convolutions.toList(), projection, position(), said, dropout)
}

/** What may be said of frames that were said before. */
@HeddleDsl
public class SpokenScope internal constructor(defaults: Defaults) : RowScope(defaults, defaults.dropout) {
    private val preNet = mutableListOf<PreNetLayer>()
    private var projection: Projection = Projection.None

    /** A layer that frames go through first, after those before it; see [io.heddle.model.PreNetLayer]. */
    @JvmOverloads
    public fun preNet(width: Int, dropout: Double = HALF, activation: Activation = Relu) {
        preNet += PreNetLayer(width, activation, dropout, defaults.bias, initializer)
    }

    /** Brings what the pre-net gives to the model's width by a linear map. */
    @JvmOverloads
    public fun project(bias: Boolean = defaults.bias) {
        projection = Projection.Linear(initializer, bias)
    }

    internal fun input(name: String, features: Int, reduction: Int, width: Int) =
        SpokenInput(name, features, reduction, width, preNet.toList(), projection, position(), said, dropout)

    private companion object {
        /** arXiv 1703.10135, table 1. */
        const val HALF = 0.5
    }
}

/** What may be said of pictures. */
@HeddleDsl
public class ImageScope internal constructor(defaults: Defaults) : InputScope(defaults, defaults.dropout) {
    private var side = 1
    private var edge = PatchEdge.Whole
    private var token: ClassToken = ClassToken.None

    /** Whether the map of the patches adds a trained vector. */
    @set:JvmName("bias") public var bias: Boolean = defaults.bias

    /**
     * Cuts pictures into squares of [size] by [size] pixels; pixel by pixel where it is left out. What becomes of
     * pixels that fill no square, [edge] says.
     */
    @JvmOverloads
    public fun patches(size: Int, edge: PatchEdge = PatchEdge.Whole) {
        side = size
        this.edge = edge
    }

    /** A trained vector before the first patch, to gather what a classifier reads (arXiv 2010.11929). */
    public fun classToken() {
        token = ClassToken.Learned(initializer)
    }

    /** Adds a trained vector for each patch, and for the class token. */
    public fun learnedPositions() {
        placed = { initializer -> Position.Learned(length = 0, unused = 0, initializer, PositionTarget.Input) }
    }

    /** Adds sines and cosines of row and column (arXiv 2005.12872, section A.4). */
    @JvmOverloads
    public fun sinusoidal2d(to: PositionTarget = PositionTarget.Input) {
        placed = { Position.Sinusoidal2d(to) }
    }

    internal fun input(name: String, channels: Int, rows: Int, columns: Int, width: Int): ImageInput {
        val map = Projection.Linear(initializer, bias)
        val none = Position.None
        val cut = ImageInput(name, channels, rows, columns, side, edge, width, map, token, none, said, dropout)
        val patches = if (side < 1) 0 else cut.patchRows * cut.patchColumns
        val count = patches + if (token == ClassToken.None) 0 else 1
        return cut.copy(position = position().let { (it as? Position.Learned)?.copy(length = count) ?: it })
    }
}

/** What may be said of features of pictures. */
@HeddleDsl
public class FeatureMapScope internal constructor(defaults: Defaults) : InputScope(defaults, defaults.dropout) {
    private var projection: Projection = Projection.None

    /** Brings the channels to the model's width by a linear map. */
    @JvmOverloads
    public fun project(bias: Boolean = defaults.bias) {
        projection = Projection.Linear(initializer, bias)
    }

    /** Adds sines and cosines of row and column (arXiv 2005.12872, section A.4). */
    @JvmOverloads
    public fun sinusoidal2d(to: PositionTarget = PositionTarget.Input) {
        placed = { Position.Sinusoidal2d(to) }
    }

    internal fun input(name: String, channels: Int, width: Int) =
        FeatureMapInput(name, channels, width, projection, position(), said, dropout)
}

/** What may be said of trained vectors. */
@HeddleDsl
public class LearnedScope internal constructor(defaults: Defaults) : InputScope(defaults, 0.0) {
    internal fun input(name: String, count: Int, width: Int, to: PositionTarget) =
        LearnedInput(name, count, width, Position.Learned(count, 0, initializer, to), said, dropout)
}

/** What may be said of copies of a source. */
@HeddleDsl
public class CopiesScope internal constructor(defaults: Defaults) : RowScope(defaults, defaults.dropout) {
    internal fun input(name: String, source: TokenInput, length: String) =
        CopiesInput(name, source.name, length, source.width, position(), said, dropout)
}
