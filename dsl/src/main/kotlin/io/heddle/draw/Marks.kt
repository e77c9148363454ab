package io.heddle.draw

/** Something on paper; x grows to the right and y downwards, in pixels. */
internal sealed interface Mark {
    /** The same, moved. */
    fun moved(x: Double, y: Double): Mark

    val left: Double
    val right: Double
    val top: Double
    val bottom: Double
}

/** A rectangle with its upper left corner at [x], [y]. */
internal data class Panel(
    val x: Double,
    val y: Double,
    val width: Double,
    val height: Double,
    val fill: String,
    val stroke: String,
    val radius: Double = Look.ROUND,
) : Mark {
    override fun moved(x: Double, y: Double): Mark = copy(x = this.x + x, y = this.y + y)

    override val left: Double
        get() = x

    override val right: Double
        get() = x + width

    override val top: Double
        get() = y

    override val bottom: Double
        get() = y + height
}

/** A line of text on the base line [y]. */
internal data class Words(
    val x: Double,
    val y: Double,
    val text: String,
    val size: Double,
    val weight: Weight = Weight.Plain,
    val colour: String = Look.INK,
    val anchor: Anchor = Anchor.Middle,
) : Mark {
    private val width = Letters.width(text, size, weight)

    override fun moved(x: Double, y: Double): Mark = copy(x = this.x + x, y = this.y + y)

    override val left: Double
        get() = x - width * anchor.before

    override val right: Double
        get() = left + width

    override val top: Double
        get() = y - size

    override val bottom: Double
        get() = y + size / 4
}

/** Which part of a text is at its place; [before] is the share of it that stands before. */
internal enum class Anchor(val word: String, val before: Double) {
    Start("start", 0.0),
    Middle("middle", 0.5),
    End("end", 1.0),
}

/** A line through [corners], level or upright between each two, perhaps with an arrowhead at its end. */
internal data class Line(val corners: List<Spot>, val stroke: Stroke, val tip: Tip) : Mark {
    override fun moved(x: Double, y: Double): Mark = copy(corners = corners.map { Spot(it.x + x, it.y + y) })

    override val left: Double
        get() = corners.minOf { it.x }

    override val right: Double
        get() = corners.maxOf { it.x }

    override val top: Double
        get() = corners.minOf { it.y }

    override val bottom: Double
        get() = corners.maxOf { it.y }
}

/** How a line is drawn. */
internal enum class Stroke {
    /** What flows. */
    Solid,

    /** What is shared. */
    Dashed,
}

/** How a line ends. */
internal enum class Tip {
    Arrow,
    Bare,
}

/** A circle of [radius] around [x], [y], with a sign of addition in it. */
internal data class Plus(val x: Double, val y: Double, val path: String) : Mark {
    override fun moved(x: Double, y: Double): Mark = copy(x = this.x + x, y = this.y + y)

    override val left: Double
        get() = x - Look.RING

    override val right: Double
        get() = x + Look.RING

    override val top: Double
        get() = y - Look.RING

    override val bottom: Double
        get() = y + Look.RING
}

/** Marks that belong to what the model has at [path]. */
internal data class Named(val path: String, val marks: List<Mark>) : Mark {
    override fun moved(x: Double, y: Double): Mark = copy(marks = marks.map { it.moved(x, y) })

    override val left: Double
        get() = marks.minOf { it.left }

    override val right: Double
        get() = marks.maxOf { it.right }

    override val top: Double
        get() = marks.minOf { it.top }

    override val bottom: Double
        get() = marks.maxOf { it.bottom }
}

/** Marks in three layers: frames behind lines behind boxes. */
internal class Ink {
    val frames = mutableListOf<Mark>()
    val lines = mutableListOf<Mark>()
    val boxes = mutableListOf<Mark>()

    val all: List<Mark>
        get() = frames + lines + boxes

    /** Adds what is on [other], moved. */
    fun add(other: Ink, x: Double, y: Double) {
        frames += other.frames.map { it.moved(x, y) }
        lines += other.lines.map { it.moved(x, y) }
        boxes += other.boxes.map { it.moved(x, y) }
    }

    /** Draws a line through [corners]. */
    fun line(vararg corners: Spot, stroke: Stroke = Stroke.Solid, tip: Tip = Tip.Arrow) {
        lines += Line(corners.toList(), stroke, tip)
    }
}
