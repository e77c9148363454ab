package io.heddle.describe

import io.heddle.terms.Activation
import io.heddle.terms.BatchNorm
import io.heddle.terms.LayerNorm
import io.heddle.terms.NoNorm
import io.heddle.terms.Norm
import io.heddle.terms.PowerNorm
import io.heddle.terms.RmsNorm
import io.heddle.terms.ScaleNorm

/** A piece of an equation, which [TermText] writes for a terminal and [TermLatex] for a paper. */
internal sealed interface Term {
    /** What has a name: `x`, `alpha`, `embedding`. */
    data class Name(val text: String) : Term

    data class Number(val text: String) : Term

    /** `norm(x)`. */
    data class Call(val function: String, val arguments: List<Term>) : Term

    data class Sum(val terms: List<Term>) : Term

    /** What a [Sum] takes away. */
    data class Minus(val term: Term) : Term

    /** Side by side: a product of matrices, or of a number and a matrix. */
    data class Product(val factors: List<Term>) : Term

    /** Number by number. */
    data class Each(val left: Term, val right: Term) : Term

    data class Fraction(val over: Term, val under: Term) : Term

    data class Root(val of: Term) : Term

    data class Power(val base: Term, val exponent: Term) : Term

    data class Transposed(val matrix: Term) : Term

    /** `W_query`. */
    data class Indexed(val base: Term, val index: String) : Term

    /** `E[source]`: rows of a table. */
    data class Row(val table: Term, val place: Term) : Term

    /** `[a, b]`: side by side in one vector. */
    data class Beside(val terms: List<Term>) : Term

    /** `sum over e: term`. */
    data class Total(val over: String, val term: Term) : Term

    /** In words. */
    data class Words(val text: String) : Term
}

/** `left = right`, and a [note] on it. */
internal data class Equation(val left: Term, val right: Term, val note: String = "")

/** Equations under a title, in [groups] of what belongs together; [remarks] are what no equation says. */
internal data class EquationSection(
    val title: String,
    val groups: List<List<Equation>>,
    val remarks: List<String> = emptyList(),
) {
    companion object {
        /** A section of one group. */
        fun of(title: String, lines: List<Equation>): EquationSection = EquationSection(title, listOf(lines))
    }
}

internal val x: Term = Term.Name("x")

internal fun name(text: String): Term = Term.Name(text)

internal fun number(value: Int): Term = Term.Number(grouped(value))

internal fun number(value: Double): Term = Term.Number(plain(value))

/** A number as one writes it: `1` for `1.0`, `1e-5` for `1.0E-5`. */
internal fun plain(value: Double): String = "$value".removeSuffix(".0").replace(".0E", "e").replace('E', 'e')

internal fun call(function: String, vararg arguments: Term): Term = Term.Call(function, arguments.toList())

internal fun sum(vararg terms: Term): Term =
    Term.Sum(terms.flatMap { if (it is Term.Sum) it.terms else listOf(it) }).let { it.terms.singleOrNull() ?: it }

internal fun product(vararg factors: Term): Term =
    Term.Product(factors.flatMap { if (it is Term.Product) it.factors else listOf(it) })

internal fun weight(of: String): Term = Term.Indexed(name("W"), of)

/** `x W + b`, or without the bias. */
internal fun linear(x: Term, of: String, bias: Boolean): Term {
    val mapped = product(x, weight(of))
    return if (bias) sum(mapped, Term.Indexed(name("b"), of)) else mapped
}

/** `relu(x)`. */
internal fun activated(activation: Activation, x: Term): Term =
    if ("$activation" == "Identity") x else call(function(activation), x)

internal fun function(activation: Activation): String = "$activation".replaceFirstChar { it.lowercase() }

/** `LayerNorm(x)`, with what is not as in `LayerNorm()`: `LayerNorm(x, epsilon 1e-12, no bias)`. */
internal fun normed(norm: Norm, bias: Boolean, x: Term): Term {
    val (epsilon, momentum) = "epsilon" to "momentum"
    fun said(vararg words: String) =
        call(norm.words(), x, *words.filter { it.isNotEmpty() }.map { Term.Words(it) }.toTypedArray())
    fun other(word: String, value: Double, usual: Double) = if (value == usual) "" else "$word ${plain(value)}"
    val biased = if (bias) "" else "no bias"
    return when (norm) {
        is LayerNorm -> said(other(epsilon, norm.epsilon, LayerNorm().epsilon), biased)
        is RmsNorm -> said(other(epsilon, norm.epsilon, RmsNorm().epsilon))
        is ScaleNorm -> said(other(epsilon, norm.epsilon, ScaleNorm().epsilon))
        is BatchNorm -> {
            val usual = BatchNorm()
            said(other(epsilon, norm.epsilon, usual.epsilon), other(momentum, norm.momentum, usual.momentum), biased)
        }
        is PowerNorm -> {
            val usual = PowerNorm()
            said(other(epsilon, norm.epsilon, usual.epsilon), other(momentum, norm.momentum, usual.momentum), biased)
        }
        is NoNorm -> x
    }
}

internal fun dropped(rate: Double, x: Term): Term = if (rate == 0.0) x else call("dropout", x)
