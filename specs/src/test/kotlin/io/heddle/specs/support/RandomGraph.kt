package io.heddle.specs.support

import io.heddle.graph.Function
import io.heddle.graph.Op
import io.heddle.graph.ProductForm
import io.heddle.graph.Value
import kotlin.random.Random

/**
 * Graphs that nobody thought of: some thirty ops, each on values drawn from those made before, with many of the shapes
 * that passes look for. The loss reads the last values; much of the rest is dead.
 */
object RandomGraph {
    private const val OPS = 30
    private const val READ = 3

    fun trial(seed: Int): Trial = TrialBuilder(Random(seed)).run { build(Growing(this).grow(OPS).takeLast(READ)) }

    private class Growing(private val trial: TrialBuilder) {
        private val width = trial.size()
        private val shape = listOf(trial.size(), trial.size(3), width)
        private val randomness = trial.randomness()
        private val values = mutableListOf(trial.real("x", shape), trial.real("y", shape))
        private val vectors = listOf("a", "b", "c").map { trial.real(it, width) }
        private val matrices = listOf("v", "w").map { trial.real(it, width, width) }

        fun grow(count: Int): List<Value> {
            repeat(count) { values += next() }
            return values
        }

        private fun value() = values.takeLast(RECENT).random(trial.random)

        private fun vector() = vectors.random(trial.random)

        private fun constant(number: Double) = trial.first(Op.Constant(number, values.first().type))

        private fun sum(left: Value, right: Value) = trial.first(Op.Add, left, right)

        /** Products are halved and sums normed now and then, so that numbers stay of a size. */
        private fun next(): Value =
            when (trial.random.nextInt(KINDS)) {
                0 -> sum(value(), value())
                1 -> sum(value(), vector())
                2 -> trial.first(Op.Multiply, value(), vector())
                3 -> trial.first(Op.Scale(trial.anyOf(0.5, 1.0, -1.0)), value())
                4 -> trial.first(Op.Scale(0.5), trial.first(Op.Scale(trial.anyOf(0.5, 1.0, 2.0)), value()))
                5 -> trial.first(Op.Activate(activations.random(trial.random)), sum(value(), vector()))
                6 -> trial.first(Op.Activate(activations.random(trial.random)), value())
                7 -> trial.first(Op.LayerNorm(1e-2), sum(value(), value()), vector(), vector())
                8 -> trial.first(Op.RmsNorm(1e-2), sum(value(), value()), vector())
                9 -> norms()
                10 -> trial.first(Op.Dropout(trial.anyOf(0.0, 0.3), trial.anyOf("one", "two")), value(), randomness)
                11 -> sum(value(), constant(trial.anyOf(0.0, 1.0)))
                12 -> sum(constant(trial.anyOf(0.0, 1.0)), trial.anyOf(value(), vector()))
                13 -> trial.first(Op.Multiply, value(), constant(trial.anyOf(0.5, 1.0)))
                14 -> trial.first(Op.Multiply, constant(trial.anyOf(0.5, 1.0)), trial.anyOf(value(), vector()))
                15 -> sum(value(), trial.first(Op.SumLeading(trial.anyOf(0, 1, 2, 3)), value()))
                16 -> trial.first(Op.Softmax, value())
                17 -> trial.first(Op.Apply(Function.Absolute), value())
                18 -> flat()
                19 -> turned()
                20 -> pieces()
                21 -> mixed()
                else -> trial.first(Op.Scale(0.5), product())
            }

        private fun product(): Value {
            val form = trial.anyOf(ProductForm.RowsByRows, ProductForm.RowsByColumns)
            return trial.first(Op.MatMul(form), value(), matrices.random(trial.random))
        }

        private fun back(value: Value) = trial.first(Op.Reshape(TrialBuilder.shape(shape)), value)

        /** In another shape for a while, which may share its memory or not. */
        private fun flat(): Value {
            val x = value()
            val flat = trial.first(Op.Reshape(TrialBuilder.shape(listOf(shape.fold(1, Int::times)))), x)
            return back(trial.anyOf(flat, trial.first(Op.Scale(-1.0), flat)))
        }

        private fun turned(): Value {
            val turned = trial.first(Op.Permute(listOf(1, 0, 2)), value())
            return trial.first(Op.Permute(listOf(1, 0, 2)), trial.anyOf(turned, trial.first(Op.Softmax, turned)))
        }

        /** The end of one and the beginning of another. */
        private fun pieces(): Value {
            val both = trial.first(Op.Concat(1), value(), value())
            return trial.first(Op.Slice(1, dim(trial.random.nextInt(shape[1] + 1)), dim(shape[1])), both)
        }

        /** Rows mixed by how much they have in common. */
        private fun mixed(): Value {
            val common = trial.first(Op.BatchMatMul(ProductForm.RowsByRows), value(), value())
            return trial.first(Op.BatchMatMul(ProductForm.RowsByColumns), trial.first(Op.Softmax, common), value())
        }

        /** Two norms of one sum, whose sum is read as well. */
        private fun norms(): Value {
            val sum = sum(value(), value())
            val first = trial.first(Op.LayerNorm(1e-2), sum, vector())
            return sum(sum(first, trial.first(Op.RmsNorm(1e-2), sum, vector())), sum)
        }
    }

    private const val KINDS = 23
    private const val RECENT = 8
}
