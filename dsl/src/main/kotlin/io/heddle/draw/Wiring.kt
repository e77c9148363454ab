package io.heddle.draw

/** What leads from where to where, for pictures whose places others find; [label] may be empty. */
internal data class Arrow(val from: String, val to: String, val label: String, val shared: Boolean = false)

/** The arrows of a [sketch], between the paths of boxes and sums. */
internal class Wiring(private val sketch: Sketch) {
    private val arrows = mutableListOf<Arrow>()

    /** The box that gives what a piece makes, by the piece's path. */
    private val exits = mutableMapOf<String, String>()

    /** What gives what is read of some layers, and which of them it is, by the path of the way out. */
    private val layers = mutableMapOf<String, List<Pair<String, String>>>()

    fun arrows(): List<Arrow> {
        sketch.pieces.forEach { piece ->
            exits[piece.path] =
                when (piece) {
                    is Chain -> chain(piece)
                    is Tower -> tower(piece)
                }
        }
        sketch.pieces.forEach { piece ->
            if (piece is Tower) piece.boxes().forEach { box -> box.reads.forEach { read(box, it) } }
            if (piece.tied.isNotEmpty()) {
                arrows += Arrow(entry(piece.tied), (piece as Chain).boxes.last().path, "", shared = true)
            }
        }
        return arrows
    }

    private fun read(box: Box, path: String) {
        val ways = layers[path] ?: listOf(from(path))
        ways.forEach { arrow(box.path, it) }
    }

    /** What a piece makes, and its shape. */
    private fun from(path: String): Pair<String, String> =
        exits.getValue(path) to sketch.pieces.first { it.path == path }.shape

    private fun entry(path: String) = (sketch.pieces.first { it.path == path } as Chain).boxes.first().path

    private fun arrow(to: String, from: Pair<String, String>) {
        arrows += Arrow(from.first, to, from.second)
    }

    private fun chain(chain: Chain): String {
        chain.below.forEach { arrow(chain.boxes.first().path, from(it)) }
        return follow(chain.boxes.first().path to "", chain.boxes.drop(1)).first
    }

    /** Leads through [boxes], and gives the last. */
    private fun follow(from: Pair<String, String>, boxes: List<Box>): Pair<String, String> =
        boxes.fold(from) { before, box ->
            arrow(box.path, before)
            box.path to ""
        }

    private fun tower(tower: Tower): String {
        var now = from(tower.below.single())
        var other = now
        val two = tower.streams is Streams.Two
        fun note(exit: Exit) {
            val label = listOf(exit.label, tower.shape).joinToString()
            layers[exit.path] = listOf(now, other).map { it.first }.distinct().map { it to label }
        }
        tower.runs.forEach { run ->
            run.stories.forEach { story ->
                story.branches.forEach { branch ->
                    when {
                        branch is Plain -> now = follow(now, branch.boxes)
                        branch is Residual && two -> {
                            val sum = sum(branch, read = now, kept = other)
                            other = now
                            now = sum
                        }
                        branch is Residual -> now = follow(sum(branch, now, now), branch.after)
                    }
                    if (!two) other = now
                }
                story.exit?.let { note(it) }
            }
            listOfNotNull(run.each, run.exit).forEach { note(it) }
        }
        val streams = tower.streams
        if (streams is Streams.Two) {
            arrow(streams.merge.path, other)
            now = follow(now, listOf(streams.merge))
        }
        return follow(now, tower.ending).first
    }

    private fun sum(branch: Residual, read: Pair<String, String>, kept: Pair<String, String>): Pair<String, String> {
        val normed = follow(read, branch.first)
        branch.columns.forEach { column -> arrow(branch.sum, follow(normed, column)) }
        arrows += Arrow(kept.first, branch.sum, branch.factor)
        return branch.sum to ""
    }
}
