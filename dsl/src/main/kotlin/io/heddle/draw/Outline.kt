package io.heddle.draw

/** Writes the pieces of a sketch one inside the other, in a language of which only the words differ. */
internal abstract class Outline {
    private val lines = mutableListOf<String>()
    private var depth = 0

    protected fun line(text: String) {
        lines += "  ".repeat(depth) + text
    }

    protected fun inside(begin: String, end: String, content: () -> Unit) {
        line(begin)
        depth++
        content()
        depth--
        line(end)
    }

    /** What was written. */
    protected fun text(): String = lines.joinToString("\n", postfix = "\n")

    protected abstract fun box(box: Box)

    protected abstract fun sum(path: String)

    protected abstract fun group(path: String, title: String, content: () -> Unit)

    protected fun piece(piece: Piece) {
        when (piece) {
            is Chain -> if (piece.boxes.size == 1) box(piece.boxes.single()) else chain(piece)
            is Tower -> tower(piece)
        }
    }

    private fun chain(chain: Chain) {
        group("${chain.path}:steps", "") { chain.boxes.forEach { box(it) } }
    }

    private fun tower(tower: Tower) {
        group(tower.path, "${tower.title} · ${tower.notes.joinToString()}") {
            tower.runs.forEach { run(it) }
            (tower.streams as? Streams.Two)?.let { box(it.merge) }
            tower.ending.forEach { box(it) }
        }
    }

    private fun run(run: Run) {
        group("${run.path}:run", times(run.path, run.times)) {
            run.stories.forEachIndexed { number, story ->
                val inside = { story.branches.forEach { branch(it) } }
                when {
                    run.stories.size == 1 || run.isUnion && story.layers == run.layers -> inside()
                    run.isUnion -> group("${run.path}:part$number", layers(story.layers), inside)
                    else -> group("${story.path}:story", times(story.path, story.times), inside)
                }
            }
        }
    }

    private fun times(path: String, times: Int) = if (times == 1) "layer ${path.substringAfterLast('/')}" else "×$times"

    private fun branch(branch: Branch) {
        when (branch) {
            is Plain -> branch.boxes.forEach { box(it) }
            is Residual -> {
                (branch.first + branch.columns.flatten()).forEach { box(it) }
                sum(branch.sum)
                branch.after.forEach { box(it) }
            }
        }
    }
}
