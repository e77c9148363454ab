package io.heddle.report

import kotlin.math.pow

/** From where to where axes of charts go. */
internal object Axes {
    private const val TENTH = 0.1
    private const val FAR = 100.0
    private const val EARLY = 0.1
    private const val ROOM = 0.03
    private const val SMALLEST = 0.01

    /** From the lowest loss to what trials that finished had after a tenth of the way. */
    fun losses(curves: List<Curve>): LineChart.Axis.Linear {
        val whole = whole(curves)
        if (whole.isEmpty()) return LineChart.Axis.Linear(0.0, 1.0)
        val (lowest, highest) = whole.minOf { it.low } to late(curves)
        val room = (highest - lowest).coerceAtLeast(lowest * SMALLEST) * ROOM
        return LineChart.Axis.Linear(lowest - room, highest + room)
    }

    /** All that trials that finished had. */
    fun linear(curves: List<Curve>): LineChart.Axis.Linear {
        val points = whole(curves)
        if (points.isEmpty()) return LineChart.Axis.Linear(0.0, 1.0)
        val room = (points.maxOf { it.high } - points.minOf { it.low }).coerceAtLeast(SMALLEST) * ROOM
        return LineChart.Axis.Linear(points.minOf { it.low } - room, points.maxOf { it.high } + room)
    }

    /** The same in powers of ten, and up to a hundred times more where a trial diverged. */
    fun logarithmic(curves: List<Curve>): LineChart.Axis.Logarithmic {
        val points = whole(curves)
        if (points.isEmpty()) return LineChart.Axis.Logarithmic(TENTH, 1.0)
        val (lowest, highest) = points.minOf { it.low } to points.maxOf { it.high }
        val most = curves.flatMap { it.points }.maxOf { it.high }.coerceIn(highest, highest * FAR)
        val room = (most / lowest).coerceAtLeast(1 + TENTH).pow(ROOM)
        return LineChart.Axis.Logarithmic(lowest / room, most * room)
    }

    private fun whole(curves: List<Curve>): List<CurvePoint> =
        curves.filter { it.end == CurveEnd.Whole }.ifEmpty { curves }.flatMap { it.points }

    private fun late(curves: List<Curve>): Double {
        val whole = whole(curves)
        val begin = whole.maxOf { it.x } * EARLY
        return (whole.filter { it.x >= begin }.ifEmpty { whole }).maxOf { it.high }
    }

    /** What to say of losses that lie outside. */
    fun cut(curves: List<Curve>): String {
        val points = curves.flatMap { it.points }
        return if (points.isEmpty() || points.maxOf { it.high } <= losses(curves).highest) ""
        else " Losses above ${Numbers.fixed(losses(curves).highest, 1)}, most of them of the first steps, lie outside."
    }
}
