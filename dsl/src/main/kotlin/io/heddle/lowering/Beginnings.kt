package io.heddle.lowering

import io.heddle.model.AddNorm
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.terms.BranchScale
import io.heddle.terms.DeepNorm
import io.heddle.terms.Initializer
import io.heddle.terms.KaimingNormal
import io.heddle.terms.KaimingUniform
import io.heddle.terms.Normal
import io.heddle.terms.TruncatedNormal
import io.heddle.terms.XavierNormal
import io.heddle.terms.XavierUniform
import kotlin.math.pow
import kotlin.math.sqrt

/** How much larger than their initializer says the matrices of a stack begin, as its depth asks for. */
internal class Beginnings(model: Model, private val stack: Stack) {
    private val branches = stack.layers.sumOf { layer -> layer.parts.count { it is AddNorm } }.coerceAtLeast(1)
    private val attended = stack.attended().filter { it.substringBefore('/') != stack.name }
    private val decoders =
        model.all<Stack>().filter { other -> other.attended().any { it.substringBefore('/') == stack.name } }
    private val layers = stack.layers.size.toDouble()

    /** The matrix that a residual branch ends with. */
    fun last(initializer: Initializer): Double =
        inner(initializer) *
            when (initializer.branchScale()) {
                BranchScale.Same,
                BranchScale.Fixup -> 1.0
                BranchScale.ByDepth -> 1.0 / sqrt(branches.toDouble())
                BranchScale.Zero -> 0.0
            }

    /** Value maps, and the first matrices of a feed-forward. */
    fun inner(initializer: Initializer): Double {
        val deep = if (stack.layout is DeepNorm) beta else 1.0
        return if (initializer.branchScale() == BranchScale.Fixup) deep * fixup else deep
    }

    private val fixup: Double
        get() = if (attended.isEmpty()) 0.67 * layers.pow(-0.25) else (9.0 * layers).pow(-0.25)

    /** What the residual of [DeepNorm] is multiplied by (arXiv 2203.00555, figure 2). */
    val alpha: Double
        get() =
            when {
                attended.isNotEmpty() -> (3.0 * layers).pow(0.25)
                decoders.isNotEmpty() -> 0.81 * (layers.pow(4) * decoders.first().layers.size).pow(0.0625)
                else -> (2.0 * layers).pow(0.25)
            }

    /** What the matrices of [DeepNorm] begin with, as many times as large. */
    val beta: Double
        get() =
            when {
                attended.isNotEmpty() -> (12.0 * layers).pow(-0.25)
                decoders.isNotEmpty() -> 0.87 * (layers.pow(4) * decoders.first().layers.size).pow(-0.0625)
                else -> (8.0 * layers).pow(-0.25)
            }

    /** The formula of [alpha], for reading. */
    val alphaWords: String
        get() =
            when {
                attended.isNotEmpty() -> "(3 * $count)^(1/4)"
                decoders.isNotEmpty() -> "0.81 * ($count^4 * ${decoders.first().layers.size})^(1/16)"
                else -> "(2 * $count)^(1/4)"
            }

    /** The formula of [beta], for reading. */
    val betaWords: String
        get() =
            when {
                attended.isNotEmpty() -> "(12 * $count)^(-1/4)"
                decoders.isNotEmpty() -> "0.87 * ($count^4 * ${decoders.first().layers.size})^(-1/16)"
                else -> "(8 * $count)^(-1/4)"
            }

    private val count: Int
        get() = stack.layers.size
}

private fun Initializer.branchScale(): BranchScale =
    when (this) {
        is Normal -> branches
        is TruncatedNormal -> branches
        is XavierNormal -> branches
        is XavierUniform -> branches
        is KaimingNormal,
        is KaimingUniform -> BranchScale.Same
    }
