package io.heddle.draw

/** Draws what follows each other from the ground up, on both sides of x = 0, with boxes of one [width]. */
internal class Spine(val width: Double) {
    val ink = Ink()

    /** What is read from the side. */
    val entries = mutableListOf<Entry>()

    /** What leads out to the side. */
    val outlets = mutableListOf<Outlet>()

    /** The height that was reached. */
    var at = 0.0
        private set

    /** The height at which the line begins that leads on. */
    var since = 0.0
        private set

    private var lanes: Lanes? = null

    /** Leaves [far] free. */
    fun rise(far: Double) {
        at -= far
    }

    fun branch(branch: Branch) {
        val two = lanes
        when {
            branch is Plain -> branch.boxes.forEach { box(it) }
            branch is Residual && two != null -> crossed(branch, two)
            branch is Residual -> residual(branch)
        }
    }

    /** A box on the spine. */
    fun box(box: Box) {
        rise(Look.GAP)
        ink.line(Spot(0.0, since), Spot(0.0, at))
        stand(box, 0.0)
        since = at
    }

    private fun stand(box: Box, middle: Double, entered: Boolean = true) {
        val drawn = BoxInk(box)
        rise(drawn.height)
        ink.boxes += drawn.at(middle - width / 2, at, width)
        if (!entered) return
        box.reads.forEachIndexed { number, read ->
            val y = at + drawn.height * (number + 1) / (box.reads.size + 1)
            entries += Entry(read, y, Spot(middle - width / 2, y))
        }
    }

    private fun residual(branch: Residual) {
        rise(Look.STEM)
        val fork = at
        branch.first.forEach { box(it) }
        if (branch.columns.size == 1) branch.columns.first().forEach { box(it) } else row(branch.columns)
        rise(Look.GAP + Look.RING)
        ink.line(Spot(0.0, since), Spot(0.0, at + Look.RING))
        val lane = half(branch.columns.size) + Look.LANE
        ink.line(Spot(0.0, fork), Spot(lane, fork), Spot(lane, at), Spot(Look.RING, at))
        factor(branch.factor, lane, (fork + at) / 2)
        sum(branch.sum, 0.0)
        branch.after.forEach { box(it) }
    }

    private fun sum(path: String, x: Double) {
        ink.boxes += Plus(x, at, path)
        rise(Look.RING)
        since = at
    }

    private fun factor(words: String, lane: Double, y: Double) {
        if (words.isEmpty()) return
        val x = lane + SPACE
        ink.boxes += Words(x, y + Look.NOTE / 3, words, Look.NOTE, colour = Look.QUIET, anchor = Anchor.Start)
    }

    /** How far boxes side by side reach from the spine. */
    private fun half(columns: Int) = (columns * width + (columns - 1) * Look.LANE) / 2

    private fun row(columns: List<List<Box>>) {
        rise(Look.STEM)
        val split = at
        val ground = split - Look.GAP - columns.drop(1).sumOf { it.sumOf { box -> box.reads.size } } * STEP
        var step = split
        val tops =
            columns.mapIndexed { number, boxes ->
                val middle = -half(columns.size) + width / 2 + number * (width + Look.LANE)
                ink.line(Spot(0.0, since), Spot(0.0, split), Spot(middle, split), Spot(middle, ground))
                at = ground
                boxes.forEachIndexed { place, box ->
                    if (place > 0) follow(middle)
                    stand(box, middle, entered = number == 0)
                    if (number > 0) {
                        box.reads.forEach { read ->
                            step -= STEP
                            val x = middle - width / 2 + STEP * (1 + box.reads.indexOf(read))
                            entries += Entry(read, step, Spot(x, step), Spot(x, ground))
                        }
                    }
                }
                middle to at
            }
        at = tops.minOf { it.second } - Look.STEM
        tops.forEach { (middle, top) -> ink.line(Spot(middle, top), Spot(middle, at), Spot(0.0, at), tip = Tip.Bare) }
        since = at
        at += Look.STEM
    }

    private fun follow(middle: Double) {
        ink.line(Spot(middle, at), Spot(middle, at - Look.GAP))
        rise(Look.GAP)
    }

    /** Two streams begin as one. */
    fun part() {
        val lanes = Lanes(width / 2 + Look.LANE)
        rise(Look.STEM)
        listOf(-lanes.far, lanes.far).forEach { x ->
            ink.line(Spot(0.0, since), Spot(0.0, at), Spot(x, at), tip = Tip.Bare)
        }
        lanes.left = at
        lanes.right = at
        this.lanes = lanes
    }

    /** A branch that reads one stream and is added to the other. */
    private fun crossed(branch: Residual, two: Lanes) {
        val read = two.read
        rise(Look.STEM)
        val begin = Spot(read * two.far, at)
        ink.line(begin, Spot(0.0, at), Spot(0.0, at - Look.GAP))
        var first = true
        branch.boxes.forEach { box ->
            if (first) rise(Look.GAP) else follow(0.0)
            first = false
            stand(box, 0.0)
        }
        val top = at
        rise(Look.STEM + Look.RING / 2)
        ink.line(Spot(0.0, top), Spot(0.0, at), Spot(-read * (two.far - Look.RING), at))
        ink.line(Spot(-read * two.far, two.since(-read)), Spot(-read * two.far, at + Look.RING))
        sum(branch.sum, -read * two.far)
        two.reach(-read, at)
        two.read = -read
    }

    /** What [exit] is a way out of leads to the right; of two streams, both do, as [merged] says. */
    fun outlet(exit: Exit, merged: String) {
        rise(Look.STEM)
        val two = lanes
        val words = listOf(exit.label, merged).filter { it.isNotEmpty() }.joinToString()
        val base = at - Look.NOTE / 3
        ink.boxes += Words(SPACE, base, words, Look.NOTE, colour = Look.QUIET, anchor = Anchor.Start)
        val begun = if (two == null) listOf(Spot(0.0, since), Spot(0.0, at)) else listOf(Spot(-two.far, at))
        outlets += Outlet(exit.path, begun)
    }

    /** Two streams end as one. */
    fun join(merge: Box) {
        val two = lanes ?: return
        rise(Look.GAP)
        stand(merge, 0.0)
        val y = at + BoxInk(merge).height / 2
        listOf(-1, 1).forEach { side ->
            ink.line(Spot(side * two.far, two.since(side)), Spot(side * two.far, y), Spot(side * width / 2, y))
        }
        since = at
        lanes = null
    }

    /**
     * Two streams at [far] from the spine.
     *
     * @property left how high the left one has come, without what is drawn already
     * @property right the same of the right one
     * @property read which is read next: 1 for the right one, -1 for the left one
     */
    private class Lanes(val far: Double, var left: Double = 0.0, var right: Double = 0.0, var read: Int = 1) {
        fun since(side: Int) = if (side < 0) left else right

        fun reach(side: Int, height: Double) {
            if (side < 0) left = height else right = height
        }
    }

    private companion object {
        const val STEP = 9.0
        const val SPACE = 6.0
    }
}

/** A line from the left, at [height], that turns at [corner] and ends at [end]: what the component [read] gives. */
internal data class Entry(val read: String, val height: Double, val corner: Spot, val end: Spot = corner)

/** A line through [corners], then to the right: the way out that [path] names. */
internal data class Outlet(val path: String, val corners: List<Spot>) {
    val height: Double
        get() = corners.last().y
}
