package io.heddle.draw

/** How pictures look: sizes in pixels, colours as SVG has them. */
internal object Look {
    const val TITLE = 13.0
    const val NOTE = 11.0
    const val TITLE_LINE = 17.0
    const val NOTE_LINE = 14.0

    /** Around text in a box. */
    const val PADDING = 11.0

    /** Around what is in a frame. */
    const val FRAME = 14.0

    /** Between things that follow each other, with room for an arrowhead. */
    const val GAP = 18.0

    /** Under the place where a residual parts from its branch. */
    const val STEM = 10.0

    /** From a column to the line beside it. */
    const val LANE = 18.0

    /** The radius of a sum's circle. */
    const val RING = 8.0

    /** The radius of a corner. */
    const val ROUND = 6.0

    /** Above what makes something: room for its shape. */
    const val SHAPE = 20.0

    /** Around the picture. */
    const val MARGIN = 20.0

    /** No narrower box, and no wider line of notes. */
    const val NARROWEST = 120.0
    const val WIDEST = 190.0

    const val INK = "#222222"
    const val QUIET = "#666666"
    const val LINE = "#555555"
    const val FAINT = "#999999"
    const val EDGE = "#8a8a8a"
    const val PAPER = "#ffffff"
    const val FRAME_FILL = "#f7f7f7"
    const val FRAME_EDGE = "#c4c4c4"
    const val RUN_FILL = "#ffffff"
}
