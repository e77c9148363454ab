package io.heddle.specs.support

import io.heddle.graph.Direction
import io.heddle.graph.FrameWindow
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Value

/** One to four dims. */
private fun TrialBuilder.shape(): List<Int> = List(random.nextInt(1, 5)) { size(3) }

/** Indices of this shape, as real numbers that an input is multiplied by. */
internal fun TrialBuilder.weighing(indices: Value): Value =
    first(Op.Multiply, real("weighed", indices.type.shape.bound(emptyMap())), first(Op.Real, indices))

/** Ops that move numbers: of real ones, and of indices where they take them. */
internal fun structureTrials(): List<OpTrial> =
    listOf<Pair<Class<out Op>, TrialBuilder.(List<Int>) -> Op>>(
            Op.Reshape::class.java to { shape -> Op.Reshape(TrialBuilder.shape(listOf(1) + shape.reversed())) },
            Op.Permute::class.java to { shape -> Op.Permute(shape.indices.shuffled(random)) },
            Op.Slice::class.java to
                { shape ->
                    val axis = random.nextInt(shape.size)
                    val size = random.nextInt(1, shape[axis] + 1)
                    Op.Slice(axis, dim(random.nextInt(0, shape[axis] - size + 1)), dim(size))
                },
            Op.Repeat::class.java to { shape -> Op.Repeat(random.nextInt(shape.size + 1), dim(size())) },
        )
        .flatMap { (kind, op) ->
            listOf(
                OpTrial(kind, "${kind.simpleName} of numbers") { shape().let { listOf(first(op(it), real("x", it))) } },
                OpTrial(kind, "${kind.simpleName} of indices") {
                    val shape = shape()
                    listOf(weighing(first(op(shape), index("ids", shape) { random.nextInt(9) })))
                },
            )
        } +
        listOf(
            trial<Op.Reshape>("of a shape into itself and back") {
                val x = real("x", 2, 3)
                val flat = first(Op.Reshape(TrialBuilder.shape(listOf(6))), first(Op.Scale(2.0), x))
                listOf(first(Op.Reshape(x.type.shape), first(Op.Scale(3.0), flat)))
            },
            trial<Op.Pad>("along any axis") {
                val shape = shape()
                val pad = Op.Pad(random.nextInt(shape.size), dim(random.nextInt(3)), dim(random.nextInt(3)))
                listOf(first(pad, real("x", shape)))
            },
            trial<Op.Concat>("of numbers, one of them twice") {
                val shape = shape()
                val axis = random.nextInt(shape.size)
                val parts = List(size(3)) { real("x$it", shape.take(axis) + size(3) + shape.drop(axis + 1)) }
                listOf(first(Op.Concat(axis), *(parts + parts[0]).toTypedArray()))
            },
            trial<Op.Concat>("of indices") {
                val parts = List(2) { index("ids$it", listOf(2, size(), 3)) { random.nextInt(9) } }
                listOf(weighing(first(Op.Concat(1), *parts.toTypedArray())))
            },
            trial<Op.Sum>("over any axis") {
                val shape = shape()
                listOf(first(Op.Sum(random.nextInt(shape.size)), real("x", shape)))
            },
            trial<Op.Gather>("with repeated places, and none") {
                val (before, rows) = leading() to size()
                val places = index("places", before + size()) { random.nextInt(-1, rows) }
                listOf(first(Op.Gather, real("x", before + rows + size()), places))
            },
            trial<Op.Scatter>("with repeated places, and none") {
                val (before, rows) = leading() to size()
                val count = size()
                val places = index("places", before + count) { random.nextInt(-1, rows) }
                listOf(first(Op.Scatter(dim(rows)), real("y", before + count + size()), places))
            },
            trial<Op.Unfold>("of windows that overlap, touch or leave gaps") {
                val (window, time) = window()
                listOf(first(Op.Unfold(window), real("x", size(2), time, size(3))))
            },
            trial<Op.Fold>("of windows that overlap, touch or leave gaps") {
                val (window, time) = window()
                val frames = window.frames(dim(time)).size.toInt()
                listOf(first(Op.Fold(window, dim(time)), real("y", size(2), frames, window.kernel * size(3))))
            },
        )

/** A window, and a time in which it has room. */
private fun TrialBuilder.window(): Pair<FrameWindow, Int> {
    val window = FrameWindow(size(), size(3), random.nextInt(0, 3), random.nextInt(0, 3))
    return window to maxOf(1, window.kernel - window.before - window.after) + random.nextInt(0, 4)
}

/** Products of many matrices. */
internal fun batchTrials(): List<OpTrial> =
    ProductForm.entries.map { form ->
        trial<Op.BatchMatMul>("of $form") {
            val before = leading()
            val (m, n, k) = Triple(size(), size(), size())
            val (left, right) =
                when (form) {
                    ProductForm.RowsByRows -> listOf(m, k) to listOf(n, k)
                    ProductForm.RowsByColumns -> listOf(m, k) to listOf(k, n)
                    ProductForm.ColumnsByColumns -> listOf(k, m) to listOf(k, n)
                }
            listOf(first(Op.BatchMatMul(form), real("x", before + left), real("y", before + right)))
        }
    } +
        Direction.entries.map { direction ->
            trial<Op.CausalProduct>("going $direction") {
                val (before, features) = leading() + size(5) to size()
                val (q, k) = real("q", before + features) to real("k", before + features)
                listOf(first(Op.CausalProduct(direction), q, k, real("v", before + size())))
            }
        }
