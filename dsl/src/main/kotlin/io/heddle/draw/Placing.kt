package io.heddle.draw

/**
 * Finds places for blocks, and ways for the wires between them. Widths, heights and places are in pixels; x grows to
 * the right and y downwards.
 */
public fun interface Placing {
    /** Where all [blocks] of a picture go, and how [wires] run; the same every time. */
    public fun place(blocks: List<Block>, wires: List<Wire>): Placed
}

/** Something of a fixed size, with fixed places for wires to meet it. */
public data class Block(
    public val name: String,
    public val width: Double,
    public val height: Double,
    public val level: Level,
    public val ports: List<Port>,
)

/** How high a block stands. */
public enum class Level {
    /** At the bottom. */
    Ground,

    /** Above all whose wires lead up to it. */
    Free,
}

/** Where a wire meets a block, from the block's upper left corner. */
public data class Port(public val name: String, public val side: PortSide, public val x: Double, public val y: Double)

/** The side of a block that a port is on. */
public enum class PortSide {
    Top,
    Bottom,
    Left,
    Right,
}

/** A way from one port to another; a port is `block:port`. */
public data class Wire(
    public val name: String,
    public val from: String,
    public val to: String,
    public val way: Way,
    public val bend: Bend,
)

/** How gladly a wire bends. */
public enum class Bend {
    /** It is to be straight where that can be: what it joins stands one above the other. */
    Seldom,

    /** It goes wherever there is room. */
    Freely,
}

/** How a wire runs. */
public enum class Way {
    /** Upwards all the way. */
    Up,

    /** Up, and down again between the blocks: from the top of one to the side of another beside it. */
    Over,
}

/** A place in a picture. */
public data class Spot(public val x: Double, public val y: Double)

/** Where blocks have their upper left corners, and the corners of each wire from its beginning to its end. */
public data class Placed(public val blocks: Map<String, Spot>, public val wires: Map<String, List<Spot>>)
