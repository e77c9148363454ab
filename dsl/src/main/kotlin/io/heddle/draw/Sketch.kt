package io.heddle.draw

/** What a picture of a model shows, before anything has a place: its pieces, inputs first. */
internal data class Sketch(val name: String, val description: String, val pieces: List<Piece>)

/** A component of the model, drawn as one thing that lines lead to and from. */
internal sealed interface Piece {
    val path: String

    /** What it is made of, by name: solid lines from below. */
    val below: List<String>

    /** Whose table it uses, by name; empty for a table of its own. */
    val tied: String

    /** The shape of what it makes; empty where that is none for a reader. */
    val shape: String
}

/** Boxes one above the other: what comes first stands lowest. */
internal data class Chain(
    override val path: String,
    val boxes: List<Box>,
    override val below: List<String>,
    override val tied: String,
    override val shape: String,
) : Piece

/** A stack of layers, [runs] one above the other and [ending] on top. */
internal data class Tower(
    override val path: String,
    val title: String,
    val notes: List<String>,
    val streams: Streams,
    val runs: List<Run>,
    val ending: List<Box>,
    override val below: List<String>,
    override val shape: String,
) : Piece {
    override val tied: String
        get() = ""
}

/** How what a stack computes goes through it. */
internal sealed interface Streams {
    data object One : Streams

    /** Two streams, brought together by [merge] at the end. */
    data class Two(val merge: Box) : Streams
}

/**
 * Neighbouring layers that come [times] times over; [exit] leads out above them. Where each of them has some of its
 * [stories], [each] leads out of each of them.
 */
internal data class Run(
    val path: String,
    val times: Int,
    val stories: List<Story>,
    val each: Exit?,
    val exit: Exit?,
    val isUnion: Boolean,
) {
    val layers: List<Int>
        get() = stories.flatMap { it.layers }.distinct().sorted()
}

/** A layer of a [Run], [times] of it one after the other. It stands for [layers]; [exit] leads out of each of them. */
internal data class Story(
    val path: String,
    val times: Int,
    val layers: List<Int>,
    val branches: List<Branch>,
    val exit: Exit?,
)

/** A piece of a layer. */
internal sealed interface Branch {
    /** Every box of it, lowest first. */
    val boxes: List<Box>

    /** What it has in common with those that differ from it in notes alone. */
    val form: Any
}

/** Boxes without a residual around them. */
internal data class Plain(override val boxes: List<Box>) : Branch {
    override val form: Any
        get() = boxes.map { it.form }
}

/**
 * Boxes with a residual around them: [first], then [columns] side by side, each read by the sum at [sum], then [after].
 *
 * @property factor what the residual is multiplied by; empty for 1
 */
internal data class Residual(
    val sum: String,
    val first: List<Box>,
    val columns: List<List<Box>>,
    val after: List<Box>,
    val factor: String,
) : Branch {
    override val boxes: List<Box>
        get() = first + columns.flatten() + after

    override val form: Any
        get() =
            listOf(
                first.map { it.form },
                columns.map { column -> column.map { it.form } },
                after.map { it.form },
                factor,
            )
}

/**
 * Something that computes.
 *
 * @property path its path in the model, or that of the component it is a step of with a word of its own
 * @property title what it is called
 * @property notes what it is, in phrases
 * @property cells what it holds side by side
 * @property reads what else it reads, by name: lines from the side
 */
internal data class Box(
    val path: String,
    val kind: Kind,
    val title: String,
    val notes: List<String>,
    val cells: List<String> = emptyList(),
    val reads: List<String> = emptyList(),
) {
    /** What it has in common with those that differ from it in notes alone. */
    val form: Any
        get() = listOf(kind, title, cells, reads)
}

/** What sort of thing a [Box] is, which gives it its colour. */
internal enum class Kind(val colour: String) {
    Input("#f6e1e4"),
    Step("#eeeeee"),
    Attention("#fbe5cd"),
    CrossAttention("#f7dcbf"),
    FeedForward("#d9e8f4"),
    Experts("#e3dff0"),
    Norm("#f5f2cf"),
    Factor("#ffffff"),
    Head("#dcebd9"),
}
