package io.heddle.draw

import kotlin.math.abs

/** Draws a [Tower] by itself: its spine is at x = 0 and its ground at y = 0. */
internal class TowerInk(private val tower: Tower) {
    private val several = tower.runs.sumOf { it.stories.size } > 1
    private val spine = Spine(maxOf(tower.boxes().maxOf { BoxInk(it).width }, NARROWEST, 2 * labels()))
    private val frames = mutableListOf<Frame>()

    /** A frame around what is between two heights: how many times it comes, and whether it is inside another one. */
    private data class Frame(
        val top: Double,
        val bottom: Double,
        val times: Int,
        val inner: Boolean,
        val words: List<String>,
    )

    /** What the two streams of the stack are to those that read a layer of it. */
    private val merged = (tower.streams as? Streams.Two)?.merge?.title.orEmpty()

    fun picture(): BlockInk {
        val streams = tower.streams
        spine.rise(GROUND)
        if (streams is Streams.Two) {
            spine.part()
            spine.rise(GROUND)
        }
        tower.runs.forEach { run(it) }
        if (streams is Streams.Two) spine.join(streams.merge)
        tower.ending.forEach { spine.box(it) }
        return framed()
    }

    private fun run(run: Run) {
        framed(run.times, inner = false, layers(run.layers)) {
            run.stories.forEach { story(it, run) }
            run.each?.let { spine.outlet(it, merged) }
        }
        run.exit?.let { spine.outlet(it, merged) }
    }

    private fun story(story: Story, run: Run) {
        val inner = if (run.isUnion) story.layers != run.layers else run.stories.size > 1
        val inside = {
            story.branches.forEach { spine.branch(it) }
            story.exit?.let { spine.outlet(it, merged) }
        }
        if (inner) framed(story.times, inner = true, words(story, run)) { inside() } else inside()
    }

    private fun words(story: Story, run: Run) =
        if (run.isUnion) "only in ${layers(story.layers)}" else layers(story.layers)

    /** Room for the words that say which layers a frame is of; they stand to the left of the spine. */
    private fun labels(): Double =
        tower.runs
            .flatMap { run -> run.stories.map { words(it, run) } + layers(run.layers) }
            .filter { several }
            .maxOfOrNull { Letters.width(it, SMALL) }
            ?.coerceAtMost(LABEL) ?: 0.0

    private fun framed(times: Int, inner: Boolean, layers: String, inside: () -> Unit) {
        spine.rise(if (frames.isEmpty() && !inner) 0.0 else BETWEEN)
        val bottom = spine.at
        spine.rise(UNDER)
        inside()
        val words = if (several) Letters.wrapped(phrases(layers), SMALL, spine.width / 2) else emptyList()
        spine.rise(OVER + (words.size - 1).coerceAtLeast(0) * LINE)
        frames += Frame(spine.at, bottom, times, inner, words)
    }

    private fun framed(): BlockInk {
        val ink = spine.ink
        val nested = frames.any { it.inner }
        val innerLabels = frames.filter { it.inner }.maxOfOrNull { label(it.times) } ?: 0.0
        val outerLabels = frames.filter { !it.inner }.maxOf { label(it.times) }
        val innerLeft = ink.all.minOf { it.left } - Look.FRAME
        val innerRight = ink.all.maxOf { it.right } + Look.FRAME
        val runLeft = if (nested) innerLeft - Look.FRAME else innerLeft
        val runRight = if (nested) innerRight + maxOf(innerLabels, Look.FRAME) else innerRight
        val right = runRight + maxOf(outerLabels, Look.FRAME)
        val left = minOf(runLeft - Look.FRAME, -Look.FRAME - GAP - heading())
        frames.forEach { frame ->
            val (from, to) = if (frame.inner) innerLeft to innerRight else runLeft to runRight
            val fill = if (frame.inner) Look.FRAME_FILL else Look.RUN_FILL
            ink.frames += Panel(from, frame.top, to - from, frame.bottom - frame.top, fill, Look.FRAME_EDGE, ROUND)
            if (frame.times > 1) ink.boxes += times(frame, to)
            val x = if (tower.streams is Streams.Two) -spine.width / 2 else from + EDGE
            frame.words.forEachIndexed { number, words ->
                val base = frame.top + OVER - SMALL / 3 + number * LINE
                ink.boxes += Words(x, base, words, SMALL, colour = Look.QUIET, anchor = Anchor.Start)
            }
        }
        ink.frames.sortByDescending { (it as Panel).width }
        val top = header(left)
        val whole = Panel(left, top, right - left, -top, Look.FRAME_FILL, Look.FRAME_EDGE, ROUND + 2)
        ink.frames.add(0, whole)
        return BlockInk(tower, ink, whole, spine.since, spine.entries, spine.outlets)
    }

    private fun times(frame: Frame, right: Double): Mark {
        val middle = clear((frame.top + frame.bottom) / 2) + TIMES / 3
        return Words(right + GAP, middle, "×${frame.times}", TIMES, Weight.Bold, Look.QUIET, Anchor.Start)
    }

    /** The height, or one above it where no line leads out. */
    private fun clear(height: Double): Double =
        generateSequence(height) { it - TIMES / 2 }.first { y -> spine.outlets.none { abs(it.height - y) < TIMES } }

    private fun label(times: Int) = if (times == 1) 0.0 else Letters.width("×$times", TIMES, Weight.Bold) + 2 * GAP

    private fun notes() = Letters.wrapped(tower.notes, Look.NOTE, maxOf(spine.width / 2, HEADING))

    private fun heading() =
        maxOf(
            Letters.width(tower.title, Look.TITLE, Weight.Bold),
            notes().maxOfOrNull { Letters.width(it, Look.NOTE) } ?: 0.0,
        )

    /** Writes what the stack is to the left of its spine, and gives the height of its frame's upper edge. */
    private fun header(left: Double): Double {
        val notes = notes()
        val top = spine.at - 2 * PAD - Look.TITLE_LINE - notes.size * Look.NOTE_LINE
        val base = top + PAD + Look.TITLE
        val marks = mutableListOf<Mark>()
        val x = left + Look.FRAME
        marks += Words(x, base, tower.title, Look.TITLE, Weight.Bold, anchor = Anchor.Start)
        notes.forEachIndexed { number, line ->
            val y = base + 1 + (number + 1) * Look.NOTE_LINE
            marks += Words(x, y, line, Look.NOTE, colour = Look.QUIET, anchor = Anchor.Start)
        }
        spine.ink.boxes += Named(tower.path, marks)
        return top
    }

    private companion object {
        const val GROUND = 14.0
        const val BETWEEN = 14.0
        const val UNDER = 4.0
        const val OVER = 16.0
        const val ROUND = 8.0
        const val TIMES = 15.0
        const val SMALL = 10.0
        const val LINE = 12.0
        const val EDGE = 8.0
        const val LABEL = 130.0
        const val GAP = 10.0
        const val PAD = 9.0
        const val NARROWEST = 150.0
        const val HEADING = 112.0
    }
}

/** Every way out of layers of a stack. */
internal fun Tower.exits(): List<Exit> =
    runs.flatMap { run -> run.stories.mapNotNull { it.exit } + listOfNotNull(run.exit) }

/** Every box of a stack. */
internal fun Tower.boxes(): List<Box> {
    val merge = (streams as? Streams.Two)?.merge
    return runs.flatMap { run -> run.stories.flatMap { story -> story.branches.flatMap { it.boxes } } } +
        listOfNotNull(merge) +
        ending
}
