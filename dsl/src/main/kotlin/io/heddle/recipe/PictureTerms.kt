package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/**
 * Pictures and their classes, in the IDX format of MNIST (yann.lecun.com/exdb/mnist), as it is or compressed by gzip.
 *
 * @property images unsigned bytes, `[pictures, rows, columns]` or `[pictures, rows, columns, channels]`
 * @property labels unsigned bytes, `[pictures]`: the number of each picture's class
 */
@Serializable public data class PictureFiles(public val images: String, public val labels: String)

/** Which pictures are held out. */
@Serializable
public sealed interface HeldOutPictures {
    /** Those of other files. */
    @Serializable @SerialName("files") public data class Files(public val files: PictureFiles) : HeldOutPictures

    /** The last [count] of those to learn from, which are then not learned from. */
    @Serializable @SerialName("last") public data class Last(public val count: Int) : HeldOutPictures
}

/** What the bytes of a picture, 0 to 255, are to a model. */
@Serializable
public sealed interface PixelScaling {
    /** `x / 255`. */
    @Serializable @SerialName("zeroToOne") public data object ZeroToOne : PixelScaling

    /** `(x / 255 - mean) / deviation`. */
    @Serializable
    @SerialName("standardized")
    public data class Standardized(public val mean: Double, public val deviation: Double) : PixelScaling
}

/** How a picture that is learned from is changed. */
@Serializable
public sealed interface Augmentation {
    @Serializable @SerialName("none") public data object None : Augmentation

    /**
     * Moved by a whole number of pixels, uniform in `-pixels` to [pixels], along rows and along columns (arXiv
     * 1512.03385, section 4.2: a random crop of the padded picture). What comes in from outside is 0.
     */
    @Serializable @SerialName("shift") public data class Shift(public val pixels: Int) : Augmentation
}
