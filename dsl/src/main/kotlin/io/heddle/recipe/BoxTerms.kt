package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Where pictures with boxes come from. */
@Serializable
public sealed interface BoxedSource {
    /**
     * Files: annotations as COCO writes them (arXiv 1405.0312, cocodataset.org/#format-data), and a folder with the
     * pictures that they name, PNG or JPEG.
     *
     * Of the annotations are read: of `images` `id`, `file_name`, `width` and `height`; of `annotations` `image_id`,
     * `category_id` and `bbox`, `[left, top, width, height]` in pixels; of `categories` `id` and `name`. Where
     * `iscrowd` is 1, a box is around many objects, and left out.
     *
     * A picture of another size than the model looks at is stretched or shrunk to it, by a weighted mean of near pixels
     * whose weights fall off linearly (Pillow's `BILINEAR`); its boxes move alike. Where the model has one channel, it
     * is `0.299 red + 0.587 green + 0.114 blue` (ITU-R BT.601).
     */
    @Serializable
    @SerialName("coco")
    public data class Coco(public val annotations: String, public val folder: String) : BoxedSource

    /**
     * Shapes that Heddle draws itself: on each of so many [pictures] 1 to [most], uniform. The ground has a grey value
     * `0.4 u`, a shape `0.6 + 0.4 u`, where `u` is uniform in 0 to 1, anew for each; normal noise of deviation [noise]
     * is added to each pixel and channel, and what lies outside 0 to 1 is cut off.
     *
     * The side of a shape is uniform in a fifth to a half of the picture's shorter side, in whole pixels, and so is its
     * place. Boxes do not overlap: where a shape does not fit at the tenth place that is tried, it is left out.
     *
     * @property seed of two sources with the same, one to learn from and one that is held out, pictures differ all the
     *   same
     */
    @Serializable
    @SerialName("shapes")
    public data class Shapes(
        public val pictures: Int,
        public val most: Int,
        public val noise: Double,
        public val seed: Long,
    ) : BoxedSource
}

/**
 * What may be drawn; each fills a square box from side to side.
 *
 * @property word what recipes call it
 */
public enum class DrawnShape(public val word: String) {
    /** All of the box. */
    Square("square"),

    /** The circle that touches its sides. */
    Disc("disc"),

    /** Its lower side, and the middle of the upper one. */
    Triangle("triangle"),

    /** A column and a row, each a third of a side wide. */
    Cross("cross"),
}
