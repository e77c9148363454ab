package io.heddle.describe

import io.heddle.model.Rotary
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling

/** Says which numbers of a head turn together, and how far. */
internal object RotaryEquations {
    fun lines(rotary: Rotary.Turned, headWidth: Int): List<Equation> {
        val turned = (headWidth * rotary.share).toInt()
        val pairs =
            when (rotary.pairs) {
                RotaryPairs.Interleaved -> "2i and 2i + 1"
                RotaryPairs.HalfSplit -> "i and i + ${grouped(turned / 2)}"
            }
        val share = if (turned == headWidth) "" else "the first ${grouped(turned)} of ${grouped(headWidth)} numbers"
        val exponent = Term.Fraction(product(number(2), name("i")), number(turned))
        val angle = Term.Fraction(name("t"), Term.Power(Term.Number(grouped(plain(rotary.base))), exponent))
        return listOf(
            Equation(call("rotate", x), Term.Words("numbers $pairs of each head turned by angle_i"), share),
            Equation(Term.Indexed(name("angle"), "i"), angle, scaling(rotary.scaling)),
        )
    }

    private fun scaling(scaling: RotaryScaling): String =
        when (scaling) {
            is RotaryScaling.None -> ""
            is RotaryScaling.Linear -> "divided by ${number(scaling.factor)}"
            is RotaryScaling.ByFrequency ->
                "divided by ${number(scaling.factor)} below ${number(scaling.low)} turns in " +
                    "${grouped(scaling.length)} positions, by 1 above ${number(scaling.high)}, in proportion between"
        }

    private fun number(value: Double) = grouped(plain(value))
}
