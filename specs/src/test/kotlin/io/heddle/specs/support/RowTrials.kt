package io.heddle.specs.support

import io.heddle.graph.Element
import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.terms.Random
import io.heddle.terms.Softplus

/** Functions of numbers and of rows of numbers. */
internal fun rowTrials(): List<OpTrial> =
    Function.entries.map { function ->
        trial<Op.Apply>("$function") {
            val x = real("x", leading())
            val argument =
                when (function) {
                    Function.Exponential,
                    Function.Absolute -> x
                    Function.Logarithm,
                    Function.Reciprocal,
                    Function.Root -> first(Op.Activate(Softplus), x)
                    Function.Held -> first(Op.Real, index("whole", leading()) { random.nextInt(9) })
                }
            listOf(first(Op.Apply(function), argument))
        }
    } +
        listOf(
            trial<Op.Softmax>("of rows") { listOf(first(Op.Softmax, real("x", leading() + size()))) },
            trial<Op.Softmax>("of rows with holes, some of nothing else") {
                val (heads, keys) = size(2) to size()
                val holes = Op.MaskScores(!Random(keys - 1, 1), heads, 0, dim(keys), dim(size(3)), dim(keys))
                val scores = first(holes, index("offset", 0))
                val x = real("x", listOf(size(2)) + scores.type.shape.bound(emptyMap()))
                listOf(first(Op.Softmax, first(Op.Add, x, scores)))
            },
            trial<Op.Softmax>("of rows of nothing") {
                val scores = first(Op.Constant(Double.NEGATIVE_INFINITY, TrialBuilder.type(Element.Real, listOf(3))))
                listOf(first(Op.Softmax, first(Op.Add, real("x", 2, 3), scores)))
            },
            trial<Op.LogSoftmax>("of rows") { listOf(first(Op.LogSoftmax, real("x", leading() + size()))) },
            trial<Op.Largest>("of rows, by value") {
                val width = size(6)
                listOf(all(Op.Largest(random.nextInt(1, width + 1)), real("x", leading() + width))[0])
            },
            trial<Op.Largest>("of rows with equals, by place") {
                val width = size(6)
                val x = first(Op.Real, index("x", leading() + width) { random.nextInt(3) })
                listOf(weighing(all(Op.Largest(random.nextInt(1, width + 1)), x)[1]))
            },
            trial<Op.Sort>("of rows with equals") {
                val x = first(Op.Real, index("x", leading() + size(9)) { random.nextInt(-2, 3) })
                listOf(weighing(first(Op.Sort, x)))
            },
            trial<Op.Sort>("into an order that rows are fetched in") {
                val keys = fixed("keys", leading() + size())
                val rows = keys.type.shape.bound(emptyMap()) + size(3)
                listOf(first(Op.Gather, real("x", rows), first(Op.Sort, keys)))
            },
            trial<Op.Real>("of indices") { listOf(weighing(index("ids", leading()) { random.nextInt(-3, 4) })) },
            trial<Op.Whole>("of numbers, halves among them") {
                val x =
                    first(Op.Scale(0.5), first(Op.Real, index("doubled", leading() + size()) { random.nextInt(-9, 9) }))
                listOf(weighing(first(Op.Whole, x)))
            },
            trial<Op.Whole>("through which nothing flows") {
                val x = real("x", leading())
                listOf(first(Op.Multiply, x, first(Op.Real, first(Op.Whole, x))))
            },
        )
