package io.heddle.report

import kotlin.math.exp
import kotlin.math.ln

/**
 * A line of a chart.
 *
 * @property panel the title of the panel that it stands in; empty where there is one panel
 * @property variant the place of the variant that it is of
 * @property seeds the trials that it is made of; one that did not finish is a line of its own
 * @property end how it ends
 */
public data class Curve(
    public val panel: String,
    public val variant: Int,
    public val seeds: List<Long>,
    public val points: List<CurvePoint>,
    public val end: CurveEnd,
)

/** What all trials of a curve come to at [x]: from [low] to [high], and [middle] between. */
public data class CurvePoint(
    public val x: Double,
    public val low: Double,
    public val middle: Double,
    public val high: Double,
) {
    internal companion object {
        /** More points than this say no more on a page. */
        private const val POINTS = 200

        /** A point at every x that all of [trials] have, by rising x; of many points some, evenly. */
        fun over(trials: List<List<Pair<Double, Double>>>, middle: Middle): List<CurvePoint> {
            val drawn = trials.map { values -> values.filter { middle == Middle.Arithmetic || it.second > 0 } }
            val measured = drawn.flatten().groupBy({ it.first }, { it.second })
            val common = measured.filterValues { it.size == trials.size }.toSortedMap().toList()
            return thinned(common).map { (x, numbers) ->
                CurvePoint(x, numbers.min(), middle(numbers, middle), numbers.max())
            }
        }

        private fun middle(numbers: List<Double>, middle: Middle): Double =
            when (middle) {
                Middle.Arithmetic -> numbers.average()
                Middle.Geometric -> exp(numbers.map { ln(it) }.average())
            }

        /** The first and the last point are among them. */
        private fun <Point> thinned(points: List<Point>): List<Point> =
            if (points.size <= POINTS) points
            else (0 until POINTS).map { points[(it.toLong() * (points.size - 1) / (POINTS - 1)).toInt()] }
    }
}

/** How a curve ends. */
public sealed interface CurveEnd {
    /** Its trials took all their steps. */
    public data object Whole : CurveEnd

    /** Its trial diverged at [step]. */
    public data class Diverged(public val step: Long) : CurveEnd

    /** Its trial was left off, or stopped. */
    public data object CutShort : CurveEnd
}

/** What a curve's middle is. */
internal enum class Middle {
    /** The mean. */
    Arithmetic,

    /** The exponential of the mean logarithm: for a logarithmic axis. Numbers that are not above 0 are left out. */
    Geometric,
}
