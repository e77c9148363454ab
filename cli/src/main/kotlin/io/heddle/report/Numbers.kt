package io.heddle.report

import java.math.BigDecimal
import java.math.BigInteger
import java.util.Locale
import kotlin.math.abs
import kotlin.math.roundToLong

/** How numbers are written, alike in every locale. */
internal object Numbers {
    private const val SMALL_P = 0.001
    private const val MINUTE = 60
    private const val HOUR = 3600
    private const val GROUPED_DIGITS = 9
    private const val LONG = 1e6
    private const val MINUS = "−"
    private const val DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

    /** What a cell holds that has no number. */
    const val NONE: String = "–"

    /** `3.2140`, with a minus that is as wide as a plus. */
    fun fixed(value: Double, decimals: Int): String =
        (if (value < 0) MINUS else "") + String.format(Locale.ROOT, "%.${decimals}f", abs(value))

    /** The same with its sign. */
    fun signed(value: Double, decimals: Int): String = (if (value < 0) "" else "+") + fixed(value, decimals)

    /** `3.2140 ± 0.0123`. */
    fun estimate(estimate: Estimate, decimals: Int, number: (Double, Int) -> String = ::fixed): String =
        when (estimate) {
            is Estimate.Nothing -> NONE
            is Estimate.Single -> number(estimate.value, decimals)
            is Estimate.Interval -> "${number(estimate.mean, decimals)} ± ${fixed(estimate.half, decimals)}"
        }

    /** `p < 0.001` or `p = 0.012`. */
    fun p(value: Double): String = if (value < SMALL_P) "p < $SMALL_P" else "p = ${fixed(value, 3)}"

    /** `1,234,567`. */
    fun grouped(count: Long): String = String.format(Locale.ROOT, "%,d", count)

    /** `1,234,567`, and `1.23 × 10¹⁵` where that is too long to read. */
    fun count(count: BigInteger): String {
        val digits = count.toString().length
        return if (digits <= GROUPED_DIGITS) grouped(count.toLong()) else scientific(count.toBigDecimal())
    }

    /** `12.31`, and `1.23 × 10¹⁵` where that is too long to read. */
    fun loss(value: Double): String =
        when {
            value.isNaN() -> "not a number"
            value.isInfinite() -> "infinite"
            abs(value) < LONG -> fixed(value, 2)
            else -> scientific(value.toBigDecimal())
        }

    private fun scientific(value: BigDecimal): String {
        val (mantissa, exponent) = String.format(Locale.ROOT, "%.2e", value).split("e+")
        return "$mantissa × 10${exponent.trimStart('0').map { DIGITS[it.digitToInt()] }.joinToString("")}"
    }

    /** `8.3 s`, `12 min 05 s`, `3 h 07 min`. */
    fun duration(seconds: Double): String {
        val whole = seconds.roundToLong()
        return when {
            seconds < MINUTE -> "${fixed(seconds, 1)} s"
            whole < HOUR -> String.format(Locale.ROOT, "%d min %02d s", whole / MINUTE, whole % MINUTE)
            else -> String.format(Locale.ROOT, "%d h %02d min", whole / HOUR, whole % HOUR / MINUTE)
        }
    }

    /** `12 min 05 s ± 8.3 s`. */
    fun duration(estimate: Estimate): String =
        when (estimate) {
            is Estimate.Nothing -> NONE
            is Estimate.Single -> duration(estimate.value)
            is Estimate.Interval -> "${duration(estimate.mean)} ± ${duration(estimate.half)}"
        }

    /** `1 seed`, `3 seeds`. */
    fun counted(count: Int, what: String): String = "${grouped(count.toLong())} $what${if (count == 1) "" else "s"}"
}
