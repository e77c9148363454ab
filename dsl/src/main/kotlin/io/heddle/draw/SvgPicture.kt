package io.heddle.draw

/** Draws a [sketch] as SVG, with places that [placing] finds. */
internal class SvgPicture(private val sketch: Sketch, private val placing: Placing) {
    private val pieces = sketch.pieces.associateBy { it.path }
    private val blocks = sketch.pieces.map { if (it is Tower) TowerInk(it).picture() else BlockInk.of(it as Chain) }
    private val shared = sketch.pieces.filter { it.below.isNotEmpty() }.map { it.tied }.toSet()
    private val read = sketch.pieces.flatMap { it.below }.toSet() + blocks.flatMap { it.reads }.map { it.first }

    fun text(): String {
        val wires = flows() + reads() + ties()
        val placed = placing.place(ordered().map { it.block() }, wires)
        val ink = Ink()
        blocks.forEach { block ->
            val path = block.piece.path
            ink.add(block.at(placed.blocks.getValue(path), path !in read, path in shared), 0.0, 0.0)
        }
        wires.forEach { wire ->
            val stroke = if (wire.to.endsWith(":${BlockInk.TIED}")) Stroke.Dashed else Stroke.Solid
            val inside = pieces[wire.to.substringBefore(':')] is Tower
            val tip = if (inside) Tip.Bare else Tip.Arrow
            ink.lines += Line(placed.wires.getValue(wire.name), stroke, tip)
        }
        ground(ink, placed)
        return written(ink.all)
    }

    private fun written(marks: List<Mark>): String {
        val left = marks.minOf { it.left } - Look.MARGIN
        val top = marks.minOf { it.top } - Look.MARGIN
        val width = marks.maxOf { it.right } + Look.MARGIN - left
        val height = marks.maxOf { it.bottom } + Look.MARGIN - top
        return SvgText(sketch.name, sketch.description).write(marks, left, top, width, height)
    }

    private fun flows(): List<Wire> =
        sketch.pieces.flatMap { piece ->
            piece.below.mapIndexed { number, from ->
                wire(
                    "$from:${BlockInk.OUT}",
                    "${piece.path}:in$number",
                    Way.Up,
                    if (number == 0) Bend.Seldom else Bend.Freely,
                )
            }
        }

    private fun reads(): List<Wire> =
        blocks.flatMap { block ->
            block.reads.map { (from, port) ->
                val name = owner(from)
                val below = pieces.getValue(name).below.isEmpty() || name in under(block.piece.path)
                val out = if (name == from) BlockInk.OUT else BlockInk.exit(from)
                wire("$name:$out", "${block.piece.path}:$port", if (below) Way.Up else Way.Over)
            }
        }

    private fun ties(): List<Wire> =
        sketch.pieces
            .filter { it.tied.isNotEmpty() && it.below.isNotEmpty() }
            .map { wire("${it.tied}:${BlockInk.TABLE}", "${it.path}:${BlockInk.TIED}", Way.Up) }

    /** From left to right: what is read stands before what reads it, and near. */
    private fun ordered(): List<BlockInk> {
        val order = LinkedHashSet<String>()
        fun add(block: BlockInk) {
            if (block.piece.path in order) return
            val sides = block.reads.map { owner(it.first) }.filter { pieces.getValue(it).below.isEmpty() }
            (sides + block.piece.below).forEach { add(named(it)) }
            order += block.piece.path
        }
        blocks.filter { it.piece.below.isNotEmpty() }.forEach { add(it) }
        blocks.forEach { add(it) }
        return order.map { named(it) }
    }

    /** The piece that has what is read at [path]: itself, or a way out of it. */
    private fun owner(path: String) = path.substringBefore('/')

    private fun named(path: String) = blocks.first { it.piece.path == path }

    private fun wire(from: String, to: String, way: Way, bend: Bend = Bend.Freely) =
        Wire("$from > $to", from, to, way, bend)

    /** What leads to [path] from below, by name. */
    private fun under(path: String): Set<String> =
        pieces.getValue(path).below.flatMapTo(mutableSetOf()) { under(it) + it }

    /** Inputs that share a table are joined under the picture, where nothing else is. */
    private fun ground(ink: Ink, placed: Placed) {
        val bottom = ink.all.maxOf { it.bottom }
        sketch.pieces
            .filter { it.tied.isNotEmpty() && it.below.isEmpty() }
            .forEachIndexed { number, piece ->
                val y = bottom + DEEP + number * DEEPER
                val (from, to) = foot(piece.tied, placed) to foot(piece.path, placed)
                ink.line(from, Spot(from.x, y), Spot(to.x, y), to, stroke = Stroke.Dashed)
            }
    }

    private fun foot(path: String, placed: Placed): Spot {
        val block = named(path).block()
        val port = block.ports.first { it.name == BlockInk.TIED }
        val corner = placed.blocks.getValue(path)
        return Spot(corner.x + port.x, corner.y + port.y)
    }

    private companion object {
        const val DEEP = 16.0
        const val DEEPER = 9.0
    }
}
